import { asFarAs } from "../report/decided-by.js";
import type { SourcePlace } from "../vocabulary/place.js";
import type { Pointer } from "../vocabulary/problem.js";
import { detourLines } from "./approach-text.js";
import type { Approach } from "./approach.js";
import type { Explanation, IdleMember } from "./explain.js";
import type { FailoverCost } from "./failover.js";
import { sharesBetweenResets } from "./child-resets.js";
import { fractionText, percentText } from "./fraction.js";
import type { Share, Spread } from "./share.js";
import { shortName } from "../topology/short-name.js";

/** Names listed before the rest is only counted. */
const MOST_NAMES = 12;

/** Picks of a round that are written out. */
const MOST_PICKS = 40;

/** Where lines are written: for naming them. */
export interface WrittenNames {
  /** The input's file. */
  readonly input: string;
  readonly locate: (at: Pointer) => SourcePlace | undefined;
}

const NOWHERE: WrittenNames = { input: "", locate: () => undefined };

/**
 * A balancer explained in plain sentences, one a line.
 *
 * @param written - @default - lines are named by their pointers
 */
export function explanationText(explanation: Explanation, written: WrittenNames = NOWHERE): string {
  const { balancer, approach } = explanation;
  const name = (member: number) => shortName(balancer.members[member]?.name ?? "");
  const from = approachText(approach, written);
  const head = `balancer://${balancer.name} (${balancer.settings.lbmethod}, ${counted(balancer.members.length, "member")}): ${from}`;
  const lines = [
    ...detourLines(approach, (at) => placeOf(written, at)),
    ...unhandledLines(explanation, name),
    ...normalLines(explanation, name),
    ...resetLines(explanation, name, written),
    ...failoverLines(explanation, name),
    ...explanation.idle.slice(0, MOST_NAMES).map((idle) => idleText(idle, name)),
    ...costLines(explanation, name),
  ];
  return [head, ...lines.map((line) => `  ${line}`)].join("\n");
}

function approachText({ reached, paths, doubts }: Approach, { input, locate }: WrittenNames): string {
  const clause = asFarAs(doubts, input, locate);
  const end = clause === "" ? "" : `, ${clause}`;
  if (paths.length > 0) return `serves ${paths.join(", ")}${end}`;
  return reached === "no" ? "no path leads to it" : `${reached === "yes" ? "no mount of its own" : "perhaps"}${end}`;
}

function placeOf({ locate }: WrittenNames, at: Pointer): string {
  const place = locate(at);
  return place === undefined ? at : `${place.file}:${place.line}`;
}

type Naming = (member: number) => string;

function unhandledLines({ unhandled = new Map() }: Explanation, name: Naming): readonly string[] {
  return [...unhandled].map(
    ([member, { status }]) =>
      `Requests that are given to ${name(member)} get ${status}, whoever else is up: no module that is loaded handles its scheme.`,
  );
}

function normalLines({ spread, balancer, failover }: Explanation, name: Naming): readonly string[] {
  const [first = []] = failover;
  if (first.length === 0) return ["Nobody serves: httpd answers every request with 503."];
  if (balancer.settings.lbmethod === "heartbeat") {
    return [
      `Members are drawn at random by the idle slots their servers report: ${listed(balancer.members.map((_, member) => name(member)))}.`,
    ];
  }
  const when =
    balancer.settings.lbmethod === "bybusyness" ? "While all are up, for one client at a time" : "While all are up";
  const lines = [`${when}: ${sharesText(spread.shares, name)}.`];
  if (balancer.settings.lbmethod === "bybusyness") return [...lines, ...busyLines(spread)];
  if (balancer.settings.lbmethod === "bytraffic")
    lines.push("The shares are shares of bytes; they hold for requests if all are of equal size.");
  return [...lines, ...roundLines(spread, name)];
}

/** What becomes of the shares where new child processes set the counters back. */
function resetLines({ spread, resets }: Explanation, name: Naming, written: WrittenNames): readonly string[] {
  if (resets === undefined || spread.shares.length < 2) return [];
  const bounds = sharesBetweenResets(spread, resets);
  const why = `Each new child process sets the counters back, one after ${counted(resets.connections, "connection")} (${placeOf(written, resets.at)})`;
  if (bounds === undefined) return [`${why}: what the shares are then is not known.`];
  const parts = bounds
    .slice(0, MOST_NAMES)
    .map(({ member, least, most }) => `${name(member)} ${percentText(least)} to ${percentText(most)}`);
  return [`${why}, so that the shares may be: ${listed(parts)}. Those that load or a reload brings do so, too.`];
}

/** With several clients load factors decide only between members with equally many requests under way (measured). */
function busyLines({ shares }: Spread): readonly string[] {
  if (shares.length < 2) return [];
  return [
    "With several clients at once whoever has fewer requests under way is asked first: the longer answers take, the less load factors count.",
    "How many each one then answers, 'clients: 8' of a request in a scenario tells (simulate).",
  ];
}

function roundLines({ period, round, longestRun }: Spread, name: Naming): readonly string[] {
  if (period === undefined || period === 1) return [];
  if (round === undefined || longestRun === undefined) return [`The order repeats every ${period} requests.`];
  const picks = round.slice(0, MOST_PICKS).map(name).join(" ");
  const more = round.length > MOST_PICKS ? " ..." : "";
  return [
    `The order repeats every ${period} requests: ${picks}${more}`,
    `At most ${counted(longestRun.length, "request")} in a row ${longestRun.length === 1 ? "goes" : "go"} to one member (${name(longestRun.member)}).`,
  ];
}

function failoverLines({ failover, unhandled }: Explanation, name: Naming): readonly string[] {
  if (unhandled !== undefined) return [];
  const steps = failover.slice(1).map((level, index) => {
    const before = listed((failover[index] ?? []).map(name));
    return `When ${before} ${index === 0 ? "cannot serve" : "cannot serve either"}: ${listed(level.map(name))}.`;
  });
  const last = failover.at(-1);
  if (last === undefined) return steps;
  const which = failover.length === 1 ? listed(last.map(name)) : "these";
  return [...steps, `When ${which} cannot serve${failover.length === 1 ? "" : " either"}: nobody, httpd answers 503.`];
}

function costLines({ costs, left, unhandled }: Explanation, name: Naming): readonly string[] {
  if (unhandled !== undefined) return [];
  const lines = costs.slice(0, MOST_NAMES).flatMap((cost) => costText(cost, name));
  const more = Math.max(0, costs.length - MOST_NAMES);
  return [
    ...lines,
    ...(more > 0 ? [`The failures of ${more} more members are left out here; --json has them.`] : []),
    ...(left > 0
      ? [`The failures of ${left} members were not looked at: there are too many, or the time was over.`]
      : []),
  ];
}

function costText(cost: FailoverCost, name: Naming): readonly string[] {
  const failed = failedText(cost);
  const delay = secondsText(cost.firstDelay);
  const instead = cost.instead.length === 0 ? "Nobody serves instead." : `Instead serve: ${insteadText(cost, name)}.`;
  const again = cost.probeEvery === 0 ? "Every request" : `Every ${secondsText(cost.probeEvery)} one request`;
  const back =
    cost.backWithin === 0
      ? "It serves at once on its return."
      : `It serves at most ${secondsText(cost.backWithin)} after its return.`;
  return [
    `When ${name(cost.member)} fails:`,
    `  ${failed} ${instead}`,
    `  The request that meets it first waits up to ${delay} if its machine is gone, not at all if only its port is closed${cost.firstRefused ? ", and gets 503" : ""}.`,
    cost.checked
      ? `  Health checks take it out, so that soon no request tries it. ${back}`
      : `  ${again} tries it again and ${cost.probesRefused ? "gets 503" : "pays the same"}. ${back}`,
    hangText(cost),
    ...sessionLines(cost, name),
  ];
}

/** Shares of bybusyness are those of one client only. */
function insteadText({ instead, isByBusyness }: FailoverCost, name: Naming): string {
  return isByBusyness ? listed(instead.map(({ member }) => name(member))) : sharesText(instead, name);
}

/** A member that takes requests and never answers is another matter than one that is gone. */
function hangText({ hang: { status, after, isOut } }: FailoverCost): string {
  const ends = status === 200 ? "is answered by another member" : `gets ${status}`;
  const then = isOut ? "then it is in error as above" : "and it goes on getting its turns";
  return `  If it hangs instead, a request that meets it ${ends} after ${secondsText(after)}, ${then}.`;
}

function idleText({ member, status, checkedInVain }: IdleMember, name: Naming): string {
  return checkedInVain
    ? `${name(member)} gets no requests once its health checks have failed: they do although it answers (${status}).`
    : `${name(member)} gets no new requests, whatever fails: ${status}.`;
}

/** What is refused, in the first sentence: sessions too. */
function failedText({ failedRequests, sessions }: FailoverCost): string {
  const plain = failedRequests === 0 ? undefined : `${failedRequests} of the first 100 requests fail.`;
  if (sessions.kind !== "refused") return plain ?? "No request fails.";
  const refused = "Its sessions get 503 until it is back (nofailover)";
  return plain === undefined ? `${refused}; no other request fails.` : `${refused}. ${plain}`;
}

function sessionLines({ sessions }: FailoverCost, name: Naming): readonly string[] {
  switch (sessions.kind) {
    case "none":
    case "refused":
      return [];
    case "redirected":
      return [`  Its sessions move to ${name(sessions.member)}; they are lost unless they are replicated.`];
    case "spread":
      return ["  Its sessions are spread over those that serve; they are lost unless they are replicated."];
  }
}

function sharesText(shares: readonly Share[], name: Naming): string {
  const texts = shares.map(({ member, share }) => `${name(member)} ${fractionText(share)}`);
  return listed(texts);
}

function listed(texts: readonly string[]): string {
  if (texts.length <= MOST_NAMES) return texts.join(", ");
  return `${texts.slice(0, MOST_NAMES).join(", ")} and ${texts.length - MOST_NAMES} more`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function secondsText(microseconds: number): string {
  const seconds = microseconds / 1e6;
  return `${Number.isInteger(seconds) ? seconds : seconds.toFixed(3)} s`;
}
