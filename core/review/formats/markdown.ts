import { codeBlock, codeSpan, markdownText } from "../../report/markdown-text.js";
import { yamlOf } from "../../shape/written.js";
import type { ClusterReview, FileReview, PromiseReview, ReviewReport, Risk } from "../report.js";
import { mermaidOf } from "./mermaid.js";
import {
  counted,
  countsText,
  effectText,
  failoverText,
  failureTexts,
  findingText,
  loadText,
  memberRows,
  moduleTexts,
  pathText,
  releasesText,
  resourceTexts,
  sessionTexts,
  sumTexts,
  upgradeTexts,
  upgradeTitle,
} from "./sentences.js";

/** The first line of every comment, by which the one that is there already is found. */
export const MARKER = "<!-- httpd-balancer review -->";

/** Most bytes of a comment: GitHub takes 65,536 characters, GitLab more. */
export const MOST_BYTES = 65_536;

/** How much of each kind is shown; the rest is counted. */
interface Detail {
  readonly clusters: number;
  readonly list: number;
  readonly diffLines: number;
  readonly folded: boolean;
}

/** From everything to hardly anything: the first that fits is taken, so that nothing is cut in the middle. */
const DETAILS: readonly Detail[] = [
  { clusters: 200, list: 200, diffLines: 2_000, folded: true },
  { clusters: 100, list: 100, diffLines: 200, folded: true },
  { clusters: 50, list: 50, diffLines: 0, folded: true },
  { clusters: 25, list: 25, diffLines: 0, folded: true },
  { clusters: 25, list: 10, diffLines: 0, folded: false },
  { clusters: 8, list: 5, diffLines: 0, folded: false },
  { clusters: 1, list: 1, diffLines: 0, folded: false },
  { clusters: 0, list: 0, diffLines: 0, folded: false },
];

/** A comment for a pull request, in Markdown of GitHub and GitLab. */
export function markdownReview(report: ReviewReport, mostBytes: number = MOST_BYTES): string {
  let text = "";
  for (const detail of DETAILS) {
    text = comment(report, detail);
    if (new TextEncoder().encode(text).length <= mostBytes) return text;
  }
  return text;
}

const TITLES: Readonly<Record<Risk, string>> = {
  high: "high risk",
  some: "traffic changes",
  perhaps: "traffic may change",
  none: "no effect on traffic",
};

function comment(report: ReviewReport, detail: Detail): string {
  const { summary, risk, changed, clusters, paths, changes, findings, files, notes, hash } = report;
  const head = [
    MARKER,
    `### httpd balancers: ${TITLES[risk]}`,
    "",
    markdownText(short(summary, 2_000)),
    "",
    markdownText(countsText(report)),
    ...notes.slice(0, detail.list).flatMap((note) => ["", `> ${markdownText(note)}`]),
  ];
  const shown = [...clusters].sort(worstFirst).slice(0, detail.clusters);
  const rest = clusters.length - shown.length;
  const body = [
    ...list(upgradeTitle(report), upgradeTexts(report), detail),
    ...shown.flatMap((cluster) => clusterPart(cluster, detail)),
    ...(rest === 0 ? [] : ["", `${counted(rest, "more cluster")} changed; the JSON and HTML reports have them.`]),
    ...list("Paths that lead elsewhere", paths.map(pathText), detail),
    ...list("Besides clusters", changes, detail),
    ...list("New findings", findings.new.map(findingText), detail),
    ...fold(
      `${counted(findings.fixed.length, "finding")} fixed`,
      bullets(findings.fixed.map(findingText), detail),
      detail,
    ),
    ...list("Modules", moduleTexts(report), detail),
    ...list("Terraform", resourceTexts(report), detail),
    ...diffPart(files, detail),
  ];
  const sums = sumTexts(report)
    .slice(0, detail.list)
    .map((text) => `<sub>${markdownText(short(text, 400))}</sub>  `);
  const foot = ["", ...sums, `<sub>${markdownText(releasesText(report))}, hash ${codeSpan(hash)}</sub>`, ""];
  const quiet = !changed || (risk === "none" && body.length > 0);
  return [...head, ...(quiet ? fold("what changed", body, detail) : body), ...foot].join("\n");
}

function worstFirst(one: ClusterReview, other: ClusterReview): number {
  const rank = ({ promises, affectsTraffic }: ClusterReview): number =>
    2 * promises.broken.length + Number(affectsTraffic);
  return rank(other) - rank(one);
}

function clusterPart(cluster: ClusterReview, detail: Detail): readonly string[] {
  const { name, changes, affectsTraffic, failover, load, sessions, promises, unsure } = cluster;
  const rows = memberRows(cluster);
  const changed = promises.results.filter(({ before, after }) => before !== after);
  return [
    "",
    `#### ${codeSpan(name)}${effectText(cluster)}`,
    "",
    ...bullets(changes, detail),
    ...(affectsTraffic
      ? [
          "",
          "| member | before | after |",
          "| --- | --- | --- |",
          ...rows.slice(0, Math.max(2, detail.list)).map(({ member, before, after, changed: bold }) => {
            const now = markdownText(after, { cell: true });
            return `| ${markdownText(member, { cell: true })} | ${markdownText(before, { cell: true })} | ${bold ? `**${now}**` : now} |`;
          }),
          ...moreRows(rows.length, Math.max(2, detail.list)),
          "",
          ...sides("Order of failover", failoverText(failover.before), failoverText(failover.after)),
          ...sides("Busiest member", loadText(load.before), loadText(load.after)),
          ...sessionTexts(cluster).map((text) => `- ${markdownText(text)}`),
          ...sessions.why.slice(0, detail.list).map((why) => `  - ${markdownText(why)}`),
          ...(unsure === undefined ? [] : [`- ${markdownText(unsure)}`]),
        ]
      : []),
    ...changed.flatMap((result) => promisePart(result, detail)),
    ...(affectsTraffic ? costPart(cluster, detail) : []),
  ];
}

function sides(what: string, before: string, after: string): readonly string[] {
  if (before === after) return [`- ${what}: ${markdownText(after)} (as before)`];
  return [`- ${what}: **${markdownText(after)}**`, `  - before: ${markdownText(before)}`];
}

function moreRows(count: number, shown: number): readonly string[] {
  return count > shown ? [`| and ${count - shown} more | | |`] : [];
}

function costPart(cluster: ClusterReview, detail: Detail): readonly string[] {
  const [before, after] = [failureTexts(cluster, "before"), failureTexts(cluster, "after")];
  return fold(
    "what the failure of each member costs",
    [
      "Now:",
      "",
      ...bullets(after, detail),
      "",
      "Before:",
      "",
      ...bullets(before, detail),
      "",
      ...codeBlock(mermaidOf(cluster), "mermaid"),
    ],
    detail,
  );
}

function promisePart(result: PromiseReview, detail: Detail): readonly string[] {
  const { id, member, before, after, explanation, scenario, mends = [], acknowledged } = result;
  const who = member === undefined ? "" : ` of ${markdownText(member)}`;
  const verdict = `${before ?? "not made"} → **${after ?? "not made"}**`;
  return [
    "",
    `Promise \`${id}\`${who}: ${verdict}${acknowledged === undefined ? "" : `, accepted: ${markdownText(acknowledged)}`}`,
    ...(explanation === undefined ? [] : ["", markdownText(explanation)]),
    ...(mends.length === 0 ? [] : ["", `What mends it: ${mends.map((mend) => markdownText(mend)).join("; or ")}`]),
    ...(scenario === undefined
      ? []
      : fold(
          "the scenario, as `simulate` takes it",
          codeBlock(yamlOf(scenario).trimEnd().split("\n"), "yaml"),
          detail,
        )),
  ];
}

function list(title: string, lines: readonly string[], detail: Detail): readonly string[] {
  return lines.length === 0 ? [] : ["", `**${title}**`, "", ...bullets(lines, detail)];
}

function bullets(lines: readonly string[], { list: most }: Detail): readonly string[] {
  const more = lines.length - most;
  const shown = lines.slice(0, most).map((line) => `- ${markdownText(short(line, 1_000))}`);
  return more > 0 ? [...shown, `- and ${more} more`] : shown;
}

function fold(title: string, lines: readonly string[], { folded }: Detail): readonly string[] {
  if (!folded || lines.length === 0) return [];
  return ["", "<details>", `<summary>${title}</summary>`, "", ...lines, "", "</details>"];
}

function diffPart(files: readonly FileReview[], detail: Detail): readonly string[] {
  return files.flatMap(({ path, added, removed, lines }) => {
    const counts = `${codeSpan(path)}: ${counted(added, "line")} added, ${removed} removed`;
    if (lines.length === 0 || lines.length > detail.diffLines) return ["", counts];
    return ["", counts, ...fold("the lines", codeBlock(lines, "diff"), detail)];
  });
}

/** A text of at most so many characters, its end left out by words. */
function short(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most).replace(/\S*$/, "")}…`;
}
