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

/** Promises that were checked as a report: broken ones are findings, those that hold have passed. */
export function promiseReport(
  input: string,
  results: readonly PromiseResult[],
  locate: (at: Pointer) => SourcePlace | undefined,
): Report {
  const broken = results.filter(({ holds }) => !holds);
  const findings = fingerprinted(broken.map((result) => ({ ...findingOf(result, locate), ...reasonOf(result) })));
  return {
    input,
    diagnostics: findings.filter(({ reason }) => reason === undefined),
    suppressed: findings.flatMap(({ reason, ...found }) => (reason === undefined ? [] : [{ ...found, reason }])),
    passed: results.filter(({ holds }) => holds).map(({ id, cluster }) => `${id} (${cluster})`),
    texts: new Map(),
  };
}

function reasonOf({ acknowledged }: PromiseResult): { readonly reason?: string } {
  return acknowledged === undefined ? {} : { reason: acknowledged };
}

function findingOf(
  { id, cluster, at, verdict, depth = 0, counterexample, race, note, mends = [] }: PromiseResult,
  locate: (at: Pointer) => SourcePlace | undefined,
): Omit<ReportedFinding, "fingerprint"> {
  const example = counterexample ?? race;
  const pointer = example?.at ?? at;
  const unproven =
    verdict === "bounded" ? `no scenario of up to ${depth} events breaks it` : `not judged: ${note ?? ""}`;
  const changes = mends.map((mend) => mend.changes.map(({ text }) => text).join(" and "));
  return {
    rule: id,
    severity: verdict === "broken" ? "error" : "warning",
    place: locate(pointer),
    length: 1,
    pointer,
    subject: `promise ${id} of balancer '${cluster}'`,
    found: example?.explanation ?? unproven,
    wanted: PROMISES[id].doc,
    fix: changes.length === 0 ? "change the balancer or the promise" : changes.join(", or "),
    repair: undefined,
  };
}
