import type { ClusterReview, PathReview, ReviewedFinding, Risk, UpgradeReview } from "./report.js";
import { behaviourWords, brokenWords, trafficWords } from "./traffic-words.js";

/** What a summary is made of. */
export interface Summarised {
  readonly changed: boolean;
  /** Texts are different. */
  readonly respelled: boolean;
  readonly clusters: readonly ClusterReview[];
  readonly paths: readonly PathReview[];
  /** New ones. */
  readonly findings: readonly ReviewedFinding[];
  readonly changes: readonly string[];
  /** Those changes beside clusters that may decide about requests though no path leads elsewhere. */
  readonly unmodelled: readonly string[];
  readonly upgrades: readonly UpgradeReview[];
}

/** Things that are said before the rest is only counted. */
const MOST_SAID = 4;

/** How much there is to worry about. */
export function riskOf({ clusters, paths, findings, upgrades, unmodelled }: Summarised): Risk {
  const broken = clusters.some(({ promises, kind }) => promises.broken.length > 0 || kind === "removed");
  if (broken || paths.some(({ lost }) => lost) || findings.some(({ severity }) => severity === "error")) return "high";
  const moved = clusters.some(({ affectsTraffic }) => affectsTraffic) || paths.length > 0 || upgrades.some(isWorse);
  if (moved || findings.some(({ severity }) => severity === "warning")) return "some";
  const perhaps = unmodelled.length > 0 || clusters.some((cluster) => cluster.unmodelled !== undefined);
  return perhaps ? "perhaps" : "none";
}

/** One sentence: whether to worry, and what about; the worst first. */
export function summaryOf(review: Summarised): string {
  const { changed, respelled, clusters, paths, findings, changes, upgrades } = review;
  if (!changed) {
    return respelled ? "No effect on traffic: only the spelling changes." : "No effect on traffic: nothing changes.";
  }
  const said = [
    ...clusters.flatMap(brokenWords),
    ...countWords(findings, "error"),
    ...paths.filter(({ lost }) => lost).map(({ path, after }) => `${path} is answered with ${after}`),
    ...clusters.flatMap((cluster) => (cluster.affectsTraffic ? trafficWords(cluster) : [])),
    ...paths
      .filter(({ lost }) => !lost)
      .map(({ path, before, after }) => `${path} leads to ${after}, not to ${before}`),
    ...clusters.flatMap(unmodelledWords),
    ...review.unmodelled,
    ...countWords(findings, "warning"),
  ];
  const quiet = [...clusters.flatMap((cluster) => cluster.changes), ...changes];
  const upgraded = upgrades.flatMap(upgradeWords);
  const all = said.length > 0 || upgrades.some(isWorse) ? [...upgraded, ...said] : [];
  const words = all.length > 0 ? all : quiet.length > 0 ? quiet : ["what changed is not seen by clients"];
  const more = words.length > MOST_SAID ? `; and ${words.length - MOST_SAID} more` : "";
  return `${HEADS[riskOf(review)]}: ${words.slice(0, MOST_SAID).join("; ")}${more}.`;
}

/** What a summary begins with. */
const HEADS: Readonly<Record<Risk, string>> = {
  high: "High risk",
  some: "Traffic changes",
  perhaps: "Traffic may change",
  none: "No effect on traffic",
};

/** What is not said of its traffic already. */
function unmodelledWords(cluster: ClusterReview): readonly string[] {
  const { name, affectsTraffic, unmodelled = [] } = cluster;
  const said = affectsTraffic ? trafficWords(cluster) : [];
  return unmodelled.filter((text) => !said.includes(text)).map((text) => `${text} (${name})`);
}

function isWorse({ behaviours }: UpgradeReview): boolean {
  return behaviours.some(({ effect }) => effect === "worse");
}

/** Another release, and what it does worse. */
function upgradeWords({ from, to, behaviours }: UpgradeReview): readonly string[] {
  const worse = behaviours.filter(({ effect }) => effect === "worse").map(behaviourWords);
  return [`upgrade ${from} → ${to}${worse.length === 0 ? "" : `: ${worse.join("; ")}`}`];
}

function countWords(findings: readonly ReviewedFinding[], severity: "error" | "warning"): readonly string[] {
  const rules = findings.filter((finding) => finding.severity === severity).map(({ rule }) => rule);
  if (rules.length === 0) return [];
  const names = [...new Set(rules)];
  const listed = names.length > 3 ? `${names.slice(0, 3).join(", ")}, …` : names.join(", ");
  return [`${rules.length} new ${severity}${rules.length === 1 ? "" : "s"} (${listed})`];
}
