import { shortName } from "../../topology/short-name.js";
import type { ClusterReview, LoadReview, PathReview, ReviewedFinding, ReviewReport } from "../report.js";
import { behaviourWords, secondsText, sharesText, shareText, strayedWords } from "../traffic-words.js";

/** One row of a cluster's table: a member before and after. */
export interface MemberRow {
  readonly member: string;
  readonly before: string;
  readonly after: string;
  readonly changed: boolean;
}

/** Members with their shares before and after, in the order of the head, removed ones last. */
export function memberRows({ members, shares, failover }: ClusterReview): readonly MemberRow[] {
  return members.map(({ before, after }) => {
    const was = before === undefined ? "–" : partText(shares.before, failover.before, before);
    const is = after === undefined ? "–" : partText(shares.after, failover.after, after);
    const name = shortName(after ?? before ?? "");
    const renamed = before !== undefined && after !== undefined && before !== after && shortName(before) !== name;
    return {
      member: renamed ? `${name} (was ${shortName(before)})` : name,
      before: was,
      after: is,
      changed: was !== is,
    };
  });
}

function partText(
  shares: ClusterReview["shares"]["before"],
  failover: readonly (readonly string[])[],
  member: string,
): string {
  const share = shares[member];
  if (share !== undefined) return share === "1/1" ? "all" : shareText(share);
  const level = failover.findIndex((names) => names.includes(member));
  return level > 0 ? "stands by" : "out of service";
}

/** What is said behind the name of a cluster without another traffic; empty where it has one. */
export function effectText({ affectsTraffic, unmodelled }: ClusterReview): string {
  if (affectsTraffic) return "";
  return unmodelled === undefined ? ": no effect on traffic" : ": the shares stay, the rest is not modelled";
}

/** Who serves, who then, and who at last: `node1, node2, then node3`. */
export function failoverText(levels: readonly (readonly string[])[]): string {
  const texts = levels.map((level) => listed(level.map(shortName)));
  return texts.length === 0 ? "nobody" : texts.join(", then ");
}

/** What the failure of each serving member costs, as one sentence each. */
export function failureTexts({ failures }: ClusterReview, side: "before" | "after"): readonly string[] {
  return failures[side].map((cost) => {
    const failed =
      cost.failedRequests === 0 ? "no request fails" : `${cost.failedRequests} of the next 100 requests fail`;
    const refused = cost.firstRefused ? ", the first one with 503" : "";
    const back = cost.backWithinSeconds === 0 ? "at once" : `within ${secondsText(cost.backWithinSeconds)}`;
    return `${shortName(cost.member)} down: ${failed}${refused}; instead ${sharesText(cost.instead)}; back ${back}`;
  });
}

/** The busiest member with everybody up, and with the one down that is missed most. */
export function loadText(load: LoadReview | null): string {
  if (load === null) return "nobody serves";
  const { allUp, oneDown, capacity } = load;
  const up = `at most ${shareText(allUp.share)} at ${shortName(allUp.member)}`;
  const down =
    oneDown === null
      ? "nobody is left with one down"
      : `${shareText(oneDown.share)} at ${shortName(oneDown.member)} without ${shortName(oneDown.down)}`;
  const rate = capacity.oneDown === null ? "" : `; enough for ${rounded(capacity.oneDown)} requests/s with one down`;
  return `${up}, ${down}${rate}`;
}

function rounded(number: number): string {
  return String(Math.floor(number * 100) / 100);
}

/** Which sessions move, and which requests with one in the query string do. */
export function sessionTexts({ name, sessions: { moved, inQuery } }: ClusterReview): readonly string[] {
  return [
    ...(moved === null ? [] : [`Sessions that move: ${shareText(moved)}`]),
    ...(inQuery === undefined ? [] : [strayedWords(name, inQuery)]),
  ];
}

/** Where a path leads, in a sentence. */
export function pathText({ path, host, before, after, judged }: PathReview): string {
  const where = host === undefined ? path : `${path} (${host})`;
  return `${where}: ${way(before)} → ${way(after)}${judged ? "" : "; a line that is not modelled could decide otherwise"}`;
}

function way(text: string): string {
  return /^[0-9]{3}$/.test(text) ? `httpd answers ${text}` : text;
}

/** What there is, in numbers: the second line of every report. */
export function countsText({ clusters, findings }: ReviewReport): string {
  const broken = clusters.reduce((sum, { promises }) => sum + promises.broken.length, 0);
  const mended = clusters.reduce((sum, { promises }) => sum + promises.mended.length, 0);
  const moved = clusters.filter(({ affectsTraffic }) => affectsTraffic).length;
  return [
    `${counted(clusters.length, "cluster")} changed, ${moved} with other traffic`,
    `${counted(broken, "promise")} newly broken, ${mended} mended`,
    `findings: ${findings.new.length} new, ${findings.fixed.length} fixed, ${findings.standing} standing`,
  ].join(" · ");
}

/** `1 cluster`, `2 clusters` */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

const MOST_NAMES = 12;

function listed(names: readonly string[]): string {
  if (names.length <= MOST_NAMES) return names.join(", ");
  return `${names.slice(0, MOST_NAMES).join(", ")} and ${names.length - MOST_NAMES} more`;
}

/** What Terraform does, a line a resource. */
export function resourceTexts({ resources }: ReviewReport): readonly string[] {
  if (resources === undefined) return [];
  const { created, updated, replaced, destroyed } = resources;
  return [
    ...destroyed.map((name) => `destroyed: ${name}`),
    ...replaced.map((name) => `replaced: ${name}`),
    ...updated.map((name) => `updated: ${name}`),
    ...created.map((name) => `created: ${name}`),
  ];
}

/** Modules that are loaded now, and those that are not any more. */
export function moduleTexts({ modules }: ReviewReport): readonly string[] {
  const { added, removed } = modules;
  return [...added.map((name) => `${name} is loaded now`), ...removed.map((name) => `${name} is not loaded any more`)];
}

/** What another release of httpd does to an input, a line each: refusals first, then behaviours, the worst first. */
export function upgradeTexts({ upgrades = [] }: ReviewReport): readonly string[] {
  return upgrades.flatMap(({ from, to, refused, accepted, behaviours }) => [
    ...refused.map(
      (found) => `${to} refuses ${placeText(found)}: ${found.subject}: ${found.found}; to fix: ${found.fix}`,
    ),
    ...accepted.map(
      (found) => `${to} takes what ${from} refuses, ${placeText(found)}: ${found.subject}: ${found.found}`,
    ),
    ...behaviours.map((behaviour) => {
      const { effect, places, source } = behaviour;
      const where = places.map((place) => `${place.subject} (${placeText(place)})`);
      const word = { worse: "worse", better: "better", other: "different" }[effect];
      return `${word}: ${behaviourWords(behaviour)}: ${listed(where)} [${source}]`;
    }),
    ...(refused.length + accepted.length + behaviours.length === 0
      ? [`nothing here depends on what differs between ${from} and ${to}`]
      : []),
  ]);
}

/** `httpd 2.4.52 → 2.4.62`; empty where no release changes. */
export function upgradeTitle({ upgrades = [] }: ReviewReport): string {
  const ways = new Set(upgrades.map(({ from, to }) => `${from} → ${to}`));
  return ways.size === 0 ? "" : `httpd ${[...ways].join(", ")}`;
}

function placeText({ file, line }: { readonly file: string | null; readonly line: number | null }): string {
  if (file === null) return "in the description";
  return line === null ? file : `${file}:${line}`;
}

/** What a report is for, where both sides are for the same. */
export function releasesText({ inputs }: ReviewReport): string {
  const of = new Set(inputs.flatMap(({ httpd: { before, after } }) => [before ?? [], after ?? []].flat()));
  return `for httpd ${[...of].join(", ")}`;
}

/** The sums that deploys can demand, a line an input. */
export function sumTexts({ inputs }: ReviewReport): readonly string[] {
  return inputs.flatMap(({ name, sum }) => (sum === null ? [] : [`SHA-256 of the httpd.conf of ${name}: ${sum}`]));
}

/** A finding of lint in one sentence. */
export function findingText({ severity, rule, subject, found, fix }: ReviewedFinding): string {
  return `${severity} ${rule}: ${subject}: found ${found}; to fix: ${fix}`;
}
