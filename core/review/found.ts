import { PROMISES } from "../promises/promise.js";
import { PROMISE_TEXTS } from "../promises/promise-report.js";
import { fingerprinted } from "../report/fingerprint.js";
import type { Report, ReportedFinding, RuleText } from "../report/report.js";
import { RULE_TEXTS } from "../lint/rule-texts.js";
import { isNewlyBroken } from "./traffic-words.js";
import type { ClusterReview, PromiseReview, ReviewedFinding, ReviewReport } from "./report.js";

/** Everything a review may report as a finding. */
export const REVIEW_TEXTS: readonly RuleText[] = [...PROMISE_TEXTS, ...RULE_TEXTS];

/** A review as findings, for formats that know nothing else: promises that break, and findings that are new. */
export function foundIn(report: ReviewReport): Report {
  const { clusters, findings, inputs } = report;
  const [first] = inputs;
  const input = first?.head ?? first?.base ?? "";
  const results = clusters.flatMap((cluster) =>
    cluster.promises.results.flatMap((result) => {
      if (!isNewlyBroken(result)) return [];
      return [{ ...brokenPromise(cluster, result), reason: result.acknowledged }];
    }),
  );
  const promises = fingerprinted(results);
  return {
    input,
    diagnostics: [...promises.filter(({ reason }) => reason === undefined), ...findings.new.map(reportedFinding)],
    suppressed: promises.flatMap(({ reason, ...found }) => (reason === undefined ? [] : [{ ...found, reason }])),
    passed: clusters.flatMap(({ name, promises: { results: all } }) =>
      all.filter(({ after }) => after === "holds").map(({ id }) => `${id} (${name})`),
    ),
    texts: new Map(),
  };
}

function brokenPromise(
  { name }: ClusterReview,
  { id, explanation = "", mends = [] }: PromiseReview,
): Omit<ReportedFinding, "fingerprint"> {
  return {
    rule: id,
    severity: "error",
    place: undefined,
    length: 1,
    pointer: undefined,
    subject: `promise ${id} of balancer '${name}'`,
    found: `that this change breaks it: ${explanation}`,
    wanted: PROMISES[id].doc,
    fix: mends.length === 0 ? "change the balancer or the promise" : mends.join(", or "),
    repair: undefined,
  };
}

function reportedFinding({ file, line, column, ...finding }: ReviewedFinding): ReportedFinding {
  const place = file === null ? undefined : { file, line: line ?? 1, column: column ?? 1 };
  return { ...finding, place, length: 1, pointer: undefined, repair: undefined };
}
