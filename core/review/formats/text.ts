import { harmless } from "../../report/harmless.js";
import type { ClusterReview, ReviewReport } from "../report.js";
import {
  countsText,
  effectText,
  failoverText,
  failureTexts,
  loadText,
  memberRows,
  moduleTexts,
  pathText,
  resourceTexts,
  sessionTexts,
  sumTexts,
  upgradeTexts,
  upgradeTitle,
} from "./sentences.js";

const WIDTH = 80;

/** Clusters that are shown before the rest is only named. */
const MOST_CLUSTERS = 20;

/** For a terminal of 80 columns. */
export function textReview(report: ReviewReport): string {
  const { summary, clusters, paths, changes, findings, notes } = report;
  const more = clusters.slice(MOST_CLUSTERS);
  return [
    ...wrapped(summary, ""),
    ...wrapped(countsText(report), ""),
    ...notes.flatMap((note) => wrapped(`Note: ${note}`, "", "  ")),
    ...block(upgradeTitle(report), upgradeTexts(report)),
    ...clusters.slice(0, MOST_CLUSTERS).flatMap(clusterLines),
    ...(more.length === 0 ? [] : ["", ...wrapped(`and ${more.length} more clusters; --format json has them`, "")]),
    ...block("Paths", paths.map(pathText)),
    ...block("Besides clusters", changes),
    ...block(
      "New findings",
      findings.new.map(({ severity, rule, subject, found }) => `${severity} ${rule}: ${subject}: ${found}`),
    ),
    ...block(
      "Fixed findings",
      findings.fixed.map(({ rule, subject, found }) => `${rule}: ${subject}: ${found}`),
    ),
    ...block("Modules", moduleTexts(report)),
    ...block("Terraform", resourceTexts(report)),
    "",
    ...sumTexts(report).flatMap((text) => wrapped(text, "")),
    `hash ${report.hash}`,
    "",
  ]
    .map(harmless)
    .join("\n");
}

function clusterLines(cluster: ClusterReview): readonly string[] {
  const { name, kind, changes, failover, promises, sessions, load, affectsTraffic, unsure } = cluster;
  const rows = memberRows(cluster);
  const width = Math.min(32, Math.max(...rows.map(({ member }) => member.length), 6));
  const effect = effectText(cluster);
  return [
    "",
    ...wrapped(`balancer://${name} (${kind})${effect}`, ""),
    ...changes.flatMap((change) => wrapped(change, "  - ", "    ")),
    ...(affectsTraffic
      ? [
          `  ${"".padEnd(width)}  ${"before".padEnd(20)}  after`,
          ...rows.map(({ member, before, after }) =>
            `  ${cut(member, width)}  ${before.padEnd(20)}  ${after}`.trimEnd(),
          ),
          ...wrapped(`order before: ${failoverText(failover.before)}`, "  ", "    "),
          ...wrapped(`order after: ${failoverText(failover.after)}`, "  ", "    "),
          ...failureTexts(cluster, "after")
            .slice(0, 8)
            .flatMap((text) => wrapped(text, "  ", "    ")),
          ...wrapped(`load before: ${loadText(load.before)}`, "  ", "    "),
          ...wrapped(`load after: ${loadText(load.after)}`, "  ", "    "),
        ]
      : []),
    ...sessionTexts(cluster).flatMap((text) => wrapped(text, "  ", "    ")),
    ...sessions.why.flatMap((why) => wrapped(why, "    ", "    ")),
    ...(unsure === undefined ? [] : wrapped(unsure, "  ", "    ")),
    ...promises.results.flatMap(({ id, member, before, after, explanation, acknowledged }) => {
      if (before === after) return [];
      const of = member === undefined ? "" : ` (${member})`;
      const accepted = acknowledged === undefined ? "" : `, accepted: ${acknowledged}`;
      const line = `promise ${id}${of}: ${before ?? "not made"} → ${after ?? "not made"}${accepted}`;
      return [
        ...wrapped(line, "  ", "    "),
        ...(explanation === undefined ? [] : wrapped(explanation, "    ", "    ")),
      ];
    }),
  ];
}

function block(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", title, ...lines.flatMap((line) => wrapped(line, "  ", "    "))];
}

function cut(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width);
}

/** A sentence in lines of at most 80 characters; a word that is longer than a line is cut. */
function wrapped(sentence: string, indent: string, further = indent): readonly string[] {
  const lines: string[] = [];
  let line = indent;
  let fresh = true;
  const room = WIDTH - further.length;
  const words = sentence
    .split(/\s+/)
    .filter((word) => word !== "")
    .flatMap((word) => word.match(new RegExp(`.{1,${room}}`, "gsu")) ?? []);
  for (const word of words) {
    if (!fresh && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = further;
      fresh = true;
    }
    line += fresh ? word : ` ${word}`;
    fresh = false;
  }
  return [...lines, line];
}
