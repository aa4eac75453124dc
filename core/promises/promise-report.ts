import { asFarAs } from "../report/decided-by.js";
import { fingerprinted } from "../report/fingerprint.js";
import type { Report, ReportedFinding, RuleText } from "../report/report.js";
import type { SourcePlace } from "../vocabulary/place.js";
import type { Pointer } from "../vocabulary/problem.js";
import type { PromiseResult } from "./check.js";
import { PROMISES } from "./promise.js";

/** Every promise, as formats list their rules. */
export const PROMISE_TEXTS: readonly RuleText[] = Object.entries(PROMISES).map(([id, { doc }]) => ({
  id,
  severity: "error",
  wanted: doc,
  why: doc,
  group: "promise",
}));

/**
 * Promises that were checked as a report: broken ones are findings, those that hold have passed; of those that hold as
 * far as some lines do not decide otherwise it is remarked, at the first of the lines.
 */
export function promiseReport(input: string, results: readonly PromiseResult[], locate: Locate): Report {
  const broken = results.filter(({ holds }) => !holds);
  const holding = results.filter(({ holds }) => holds);
  const findings = fingerprinted(
    broken.map((result) => ({ ...findingOf(result, input, locate), ...reasonOf(result) })),
  );
  return {
    input,
    diagnostics: findings.filter(({ reason }) => reason === undefined),
    suppressed: findings.flatMap(({ reason, ...found }) => (reason === undefined ? [] : [{ ...found, reason }])),
    passed: holding.map((result) => nameOf(result, input, locate)),
    remarks: fingerprinted(holding.flatMap((result) => remarkOf(result, input, locate))),
    texts: new Map(),
  };
}

type Locate = (at: Pointer) => SourcePlace | undefined;

function nameOf({ id, cluster, approach: { doubts } }: PromiseResult, input: string, locate: Locate): string {
  const clause = asFarAs(doubts, input, locate);
  return `${id} (${cluster})${clause === "" ? "" : `, ${clause}`}`;
}

function remarkOf(
  { id, cluster, at, approach: { doubts } }: PromiseResult,
  input: string,
  locate: Locate,
): readonly Omit<ReportedFinding, "fingerprint">[] {
  const [pointer = at] = doubts;
  if (doubts.length === 0) return [];
  return [
    {
      rule: id,
      severity: "note",
      place: locate(pointer),
      length: 1,
      pointer,
      subject: `promise ${id} of balancer '${cluster}'`,
      found: `that it holds, ${asFarAs(doubts, input, locate)}`,
      wanted: PROMISES[id].doc,
      fix: "try these lines with rehearse, which plays them on a real httpd",
      repair: undefined,
    },
  ];
}

function reasonOf({ acknowledged }: PromiseResult): { readonly reason?: string } {
  return acknowledged === undefined ? {} : { reason: acknowledged };
}

function findingOf(
  { id, cluster, at, verdict, depth = 0, counterexample, race, note, mends = [], approach }: PromiseResult,
  input: string,
  locate: Locate,
): Omit<ReportedFinding, "fingerprint"> {
  const example = counterexample ?? race;
  const clause = asFarAs(approach.doubts, input, locate);
  const pointer = example?.at ?? at;
  const unproven = {
    broken: note ?? "",
    bounded: `no scenario of up to ${depth} events breaks it`,
    unjudged: `not judged: ${note ?? ""}`,
    holds: "",
  }[verdict];
  const changes = mends.map((mend) => mend.changes.map(({ text }) => text).join(" and "));
  return {
    rule: id,
    severity: verdict === "broken" ? "error" : "warning",
    place: locate(pointer),
    length: 1,
    pointer,
    subject: `promise ${id} of balancer '${cluster}'`,
    found: `${example?.explanation ?? unproven}${clause === "" ? "" : `, ${clause}`}`,
    wanted: PROMISES[id].doc,
    fix: changes.length === 0 ? "change the balancer or the promise" : changes.join(", or "),
    repair: undefined,
  };
}
