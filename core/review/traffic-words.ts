import { shortName } from "../topology/short-name.js";
import { isSchemeName, SCHEMES } from "../vocabulary/schemes.js";
import type { BehaviourReview, ClusterReview, FailureReview, FractionText, PromiseReview, Shares } from "./report.js";
import { valueOf } from "./traffic.js";

/** `5/6 (83.3 %)`; nothing for who serves nothing. */
export function shareText(share: FractionText | undefined): string {
  if (share === undefined) return "nothing";
  return share === "1/1" ? "everything" : `${share} (${trafficPercent(valueOf(share))})`;
}

/** `83.3 %` */
export function trafficPercent(part: number): string {
  return `${(100 * part).toFixed(1)} %`;
}

/** Promises that a change breaks. */
export function brokenWords({ name, promises }: ClusterReview): readonly string[] {
  return promises.results.filter(isNewlyBroken).map(({ id, member, acknowledged }) => {
    const which = member === undefined ? id : `${id} of ${shortName(member)}`;
    return acknowledged === undefined
      ? `${name} no longer keeps ${which}`
      : `${name} breaks ${which}, which is accepted`;
  });
}

/** Broken after the change, and not before. */
export function isNewlyBroken({ before, after }: PromiseReview): boolean {
  return after === "broken" && before !== "broken";
}

/** What is different in a cluster's traffic, each in a few words, the most important first. */
export function trafficWords(cluster: ClusterReview): readonly string[] {
  const { name, kind, failover, sessions } = cluster;
  if (kind === "added") return [`cluster ${name} is new`];
  if (kind === "removed") return [`cluster ${name} is removed`];
  const moved = sessions.moved ?? "0/1";
  const words = [
    ...(failover.after.length === 0 ? [`nobody serves ${name}`] : []),
    ...lastResortWords(cluster),
    ...shareWords(cluster),
    ...(moved === "0/1" ? [] : [movedWords(name, moved, sessions.why)]),
    ...(sessions.inQuery === undefined ? [] : [strayedWords(name, sessions.inQuery)]),
    ...addressWords(cluster),
    ...failureWords(cluster),
  ];
  return words.length > 0 ? words : cluster.changes.slice(0, 2);
}

/** Sessions that move, and the first cause of it. */
function movedWords(name: string, moved: FractionText, why: readonly string[]): string {
  const who = moved === "1/1" ? "all" : `${shareText(moved)} of the`;
  const [cause = ""] = why[0]?.split(";") ?? [];
  const more = why.length > 1 ? ` (and ${why.length - 1} more)` : "";
  return `${who} sessions of ${name} move${cause === "" ? "" : `: ${cause}${more}`}`;
}

/** What becomes of sessions in the query string that httpd sees no more, or sees again. */
export function strayedWords(name: string, part: FractionText): string {
  return `${shareText(part)} of the requests with a session in the query string of ${name} go to another member`;
}

/** What httpd does from another release on, or up to it: `no longer: a session in the query string is not seen`. */
export function behaviourWords({ change, doc }: BehaviourReview): string {
  const sentence = doc.replace(/\.$/, "").replace(/^[A-Z](?=[a-z ])/, (letter) => letter.toLowerCase());
  return change === "begins" ? sentence : `no longer: ${sentence}`;
}

/** Shares of members that get another one, the largest difference first; the two largest are said. */
function shareWords({ name, shares, members }: ClusterReview): readonly string[] {
  const rows = members.map(({ before = "", after = "" }) => ({
    member: after === "" ? before : after,
    was: shares.before[before],
    is: shares.after[after],
  }));
  const changed = rows.filter(({ was, is }) => was !== is);
  const sorted = changed.toSorted(
    (one, other) => difference(other) - difference(one) || partOf(other.is) - partOf(one.is),
  );
  const [first] = sorted;
  if (first === undefined) return [];
  const more = sorted.length > 2 ? ` (and ${sorted.length - 1} others change)` : "";
  return [
    `${shortName(first.member)} gets ${shareText(first.is)} of ${name} instead of ${shareText(first.was)}${more}`,
  ];
}

/** In thousandths of a percent, so that equal ones are equal. */
function difference({
  was,
  is,
}: {
  readonly was: FractionText | undefined;
  readonly is: FractionText | undefined;
}): number {
  return Math.round(1e5 * Math.abs(partOf(is) - partOf(was)));
}

function partOf(share: FractionText | undefined): number {
  return share === undefined ? 0 : valueOf(share);
}

/** Who stood in when those before had failed, and does not any more; and who is new there. */
function lastResortWords({ name, failover, members }: ClusterReview): readonly string[] {
  const [before, after] = [failover.before.slice(1).flat(), failover.after.slice(1).flat()];
  const now = (member: string): string => members.find((pair) => pair.before === member)?.after ?? member;
  const serving = new Set(failover.after.flat());
  const lost = before.filter((member) => !serving.has(now(member)));
  const won = after.filter((member) => !failover.before.flat().map(now).includes(member));
  const list = (names: readonly string[]): string => names.slice(0, 3).map(shortName).join(", ");
  return [
    ...(lost.length === 0
      ? []
      : [
          `${list(lost)} no longer stands in when others of ${name} fail${failover.after.length === 1 ? ": then nobody serves" : ""}`,
        ]),
    ...(won.length === 0 ? [] : [`${list(won)} stands in now when others of ${name} fail`]),
  ];
}

function addressWords({ members }: ClusterReview): readonly string[] {
  const moved = members.flatMap(({ after = "", address }) => (address === undefined ? [] : [{ after, address }]));
  const [first] = moved;
  if (first === undefined) return [];
  const more = moved.length === 1 ? "" : ` (and ${moved.length - 1} more)`;
  const open = isEncrypted(first.address.before) && !isEncrypted(first.address.after);
  const name = shortName(first.after);
  const subject = open ? `requests to ${name} are no longer encrypted: it` : name;
  return [`${subject} is at ${first.address.after}, not at ${first.address.before}${more}`];
}

function isEncrypted(url: string): boolean {
  const [scheme = ""] = url.toLowerCase().split(":");
  return isSchemeName(scheme) && SCHEMES[scheme].tls;
}

function failureWords({ failures, members }: ClusterReview): readonly string[] {
  return failures.after.flatMap((cost) => {
    const was = members.find(({ after }) => after === cost.member)?.before;
    const old = failures.before.find(({ member }) => member === was);
    return old === undefined ? [] : costWords(old, cost);
  });
}

/** What the failure of a member costs now that it did not, and the other way round. */
function costWords(old: FailureReview, young: FailureReview): readonly string[] {
  const name = shortName(young.member);
  const failed =
    old.failedRequests === young.failedRequests
      ? []
      : [`the failure of ${name} costs ${young.failedRequests} of the next 100 requests, not ${old.failedRequests}`];
  const back =
    old.backWithinSeconds === young.backWithinSeconds
      ? []
      : [
          `${name} serves again ${secondsText(young.backWithinSeconds)} after its return, not ${secondsText(old.backWithinSeconds)}`,
        ];
  return [...failed, ...back];
}

/** `10 s` */
export function secondsText(seconds: number): string {
  return `${Number.isInteger(seconds) ? seconds : seconds.toFixed(3)} s`;
}

/** Shares in one line, largest first. */
export function sharesText(shares: Shares): string {
  const rows = Object.entries(shares).toSorted(([, one], [, other]) => valueOf(other) - valueOf(one));
  return rows.map(([member, share]) => `${shortName(member)} ${shareText(share)}`).join(", ") || "nobody";
}
