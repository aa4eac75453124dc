import { htmlPage, htmlText } from "../../report/html-page.js";
import { shortName } from "../../topology/short-name.js";
import { yamlOf } from "../../shape/written.js";
import type { ClusterReview, FractionText, PromiseReview, ReviewReport, Risk } from "../report.js";
import { valueOf } from "../traffic.js";
import { trafficPercent, shareText } from "../traffic-words.js";
import { barPicture, drawLanes, lanePicture } from "./pictures.js";
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

/** Clusters that are unfolded. */
const MOST_OPEN = 10;

/** By shape and word, not by colour alone. */
const BADGES: Readonly<Record<Risk, string>> = {
  high: "▲ High risk",
  some: "● Traffic changes",
  perhaps: "◐ Traffic may change",
  none: "✓ No effect on traffic",
};

/** A page by itself, with pictures. */
export function htmlReview(report: ReviewReport): string {
  const { summary, risk, clusters, paths, changes, findings, notes, files, hash } = report;
  const body = [
    `<h1>httpd balancers: <span class="${risk}">${BADGES[risk]}</span></h1>`,
    `<p class="summary">${htmlText(summary)}</p>`,
    `<p class="soft">${htmlText(countsText(report))}</p>`,
    ...notes.map((note) => `<p>Note: ${htmlText(note)}</p>`),
    ...list(upgradeTitle(report), upgradeTexts(report)),
    ...clusters.flatMap((cluster, index) => clusterPart(cluster, index < MOST_OPEN)),
    ...list("Paths that lead elsewhere", paths.map(pathText)),
    ...list("Besides clusters", changes),
    ...list("New findings", findings.new.map(findingText)),
    ...list("Fixed findings", findings.fixed.map(findingText)),
    ...list("Modules", moduleTexts(report)),
    ...list("Terraform", resourceTexts(report)),
    ...files.flatMap(({ path, added, removed, lines }) => [
      `<h2>${htmlText(path)}</h2>`,
      `<p class="soft">${counted(added, "line")} added, ${removed} removed</p>`,
      ...(lines.length === 0 ? [] : folded("the lines", [codeOf(lines)])),
    ]),
    ...sumTexts(report).map((text) => `<p class="soft">${htmlText(text)}</p>`),
    `<p class="soft">${htmlText(releasesText(report))}, hash <code>${hash}</code></p>`,
  ];
  return htmlPage({ title: `httpd balancers: ${summary}`, body });
}

function clusterPart(cluster: ClusterReview, open: boolean): readonly string[] {
  const { name, kind, affectsTraffic, changes, promises, sessions, unsure } = cluster;
  const effect = effectText(cluster);
  const title = `balancer://${htmlText(name)} <span class="soft">(${kind})${effect}</span>`;
  const changed = promises.results.filter(({ before, after }) => before !== after);
  const inner = [
    ...bullets(changes),
    ...changed.flatMap(promisePart),
    ...(affectsTraffic ? trafficPart(cluster) : []),
    ...sessionTexts(cluster).map((text) => `<p>${htmlText(text)}</p>`),
    ...bullets(sessions.why),
    ...(unsure === undefined ? [] : [`<p class="soft">${htmlText(unsure)}</p>`]),
  ];
  if (open) return ["<section>", `<h2>${title}</h2>`, ...inner, "</section>"];
  return [`<details><summary>${title}</summary>`, ...inner, "</details>"];
}

function trafficPart(cluster: ClusterReview): readonly string[] {
  const { name, failover, shares } = cluster;
  return [
    "<h3>Shares of the requests</h3>",
    ...sharesTable(cluster),
    "<h3>Who serves when others fail</h3>",
    '<div class="lanes">',
    lane("before", `${name} before: ${failoverText(failover.before)}`, failover.before, shares.before),
    lane("after", `${name} after: ${failoverText(failover.after)}`, failover.after, shares.after),
    "</div>",
    "<h3>Load of the busiest member with one down</h3>",
    ...outageTable(cluster),
    `<p>Before: ${htmlText(loadText(cluster.load.before))}. After: ${htmlText(loadText(cluster.load.after))}.</p>`,
    ...folded("what the failure of each member costs", [
      "<p>Now:</p>",
      ...bullets(failureTexts(cluster, "after")),
      "<p>Before:</p>",
      ...bullets(failureTexts(cluster, "before")),
    ]),
  ];
}

function sharesTable(cluster: ClusterReview): readonly string[] {
  const { members, shares } = cluster;
  const rows = memberRows(cluster).map(({ member, before, after, changed }, index) => {
    const pair = members[index] ?? {};
    const picture = barPicture(part(shares.before[pair.before ?? ""]), part(shares.after[pair.after ?? ""]));
    const now = changed ? `<strong>${htmlText(after)}</strong>` : htmlText(after);
    return `<tr><th scope="row">${htmlText(member)}${picture}</th><td>${htmlText(before)}</td><td>${now}</td></tr>`;
  });
  return table(["member (outline before, bar after)", "before", "after"], rows);
}

function part(share: FractionText | undefined): number {
  return share === undefined ? 0 : valueOf(share);
}

function lane(
  when: string,
  title: string,
  levels: readonly (readonly string[])[],
  shares: ClusterReview["shares"]["before"],
): string {
  const label = (member: string): string => (shares[member] === undefined ? "" : trafficPercent(part(shares[member])));
  return `<div><p class="soft">${when}</p>${lanePicture(title, drawLanes(levels, label))}</div>`;
}

/** For each member that may fail: the largest part that another one gets then. */
function outageTable({ failures, members }: ClusterReview): readonly string[] {
  const rows = members.flatMap(({ before, after }) => {
    const was = worst(failures.before.find(({ member }) => member === before)?.instead);
    const is = worst(failures.after.find(({ member }) => member === after)?.instead);
    if (was === undefined && is === undefined) return [];
    const picture = barPicture(part(was?.share), part(is?.share));
    const cells = [was, is].map(
      (each) => `<td>${each === undefined ? "–" : htmlText(`${shortName(each.member)} ${shareText(each.share)}`)}</td>`,
    );
    return [
      `<tr><th scope="row">${htmlText(shortName(after ?? before ?? ""))} down${picture}</th>${cells.join("")}</tr>`,
    ];
  });
  return table(["who is down (outline before, bar after)", "before", "after"], rows);
}

function worst(
  shares: ClusterReview["shares"]["before"] = {},
): { readonly member: string; readonly share: FractionText } | undefined {
  const sorted = Object.entries(shares).toSorted(([, one], [, other]) => valueOf(other) - valueOf(one));
  const [first] = sorted;
  return first === undefined ? undefined : { member: first[0], share: first[1] };
}

function promisePart({
  id,
  member,
  before,
  after,
  explanation,
  scenario,
  mends = [],
  acknowledged,
}: PromiseReview): readonly string[] {
  const of = member === undefined ? "" : ` of ${htmlText(member)}`;
  const accepted = acknowledged === undefined ? "" : `, accepted: ${htmlText(acknowledged)}`;
  return [
    `<p>Promise <code>${id}</code>${of}: ${before ?? "not made"} → <strong>${after ?? "not made"}</strong>${accepted}</p>`,
    ...(explanation === undefined ? [] : [`<p>${htmlText(explanation)}</p>`]),
    ...(mends.length === 0 ? [] : [`<p>What mends it: ${htmlText(mends.join("; or "))}</p>`]),
    ...(scenario === undefined
      ? []
      : folded("the scenario, as simulate takes it", [codeOf(yamlOf(scenario).trimEnd().split("\n"))])),
  ];
}

function table(headings: readonly string[], rows: readonly string[]): readonly string[] {
  const head = headings.map((heading) => `<th scope="col">${heading}</th>`).join("");
  return rows.length === 0
    ? []
    : ['<div class="scroll">', "<table>", `<tr>${head}</tr>`, ...rows, "</table>", "</div>"];
}

function codeOf(lines: readonly string[]): string {
  return `<pre tabindex="0"><code>${lines.map(htmlText).join("\n")}</code></pre>`;
}

function folded(title: string, lines: readonly string[]): readonly string[] {
  return [`<details><summary>${title}</summary>`, ...lines, "</details>"];
}

function list(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`<h2>${title}</h2>`, ...bullets(lines)];
}

function bullets(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["<ul>", ...lines.map((line) => `<li>${htmlText(line)}</li>`), "</ul>"];
}
