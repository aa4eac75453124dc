import type { Cluster, Topology } from "../topology/topology.js";
import { pointerStep } from "../vocabulary/problem.js";
import type { Pointer } from "../vocabulary/problem.js";
import type { Breach } from "./breach.js";
import { causeOf } from "./cause.js";
import type { Cause } from "./cause.js";
import { toldLate } from "./replay.js";
import type { SearchEvent } from "./search/machine.js";
import { ADMINISTRATIVE } from "./search/condition.js";
import { searchLayout } from "./search/layout.js";
import type { SearchLayout } from "./search/layout.js";
import { joinedWithAnd, joinedWords, listed, named, sentence } from "./sentence.js";
import type { Sentence } from "./sentence.js";
import type { Violation } from "./verdict.js";

/**
 * Shows how a request comes to be refused, and which setting is at fault.
 *
 * @param asFound - events stay in the order of the search, instead of the one that is easiest to follow
 */
export function explainRefusal(
  topology: Topology,
  cluster: Cluster,
  violation: Violation,
  { asFound = false }: { readonly asFound?: boolean } = {},
): Breach {
  const { sure, shortest } = violation;
  const layout = searchLayout(topology, cluster);
  const events = asFound ? violation.events : toldLate(layout, violation.events);
  const cause = causeOf(layout, events);
  const up = membersUp(layout, violation).map((member) => [named(member)]);
  const fault = faultOf(cluster, layout, cause);
  const length = shortest ? "" : ` (a shorter scenario may exist${leastText(violation)})`;
  const race = sure ? "" : " It is a race inside httpd (retry=0): the request may also be served.";
  const accept = up.length === 1 ? "accepts" : "accept";
  const told = sentence`After ${describeEvents(events)}, httpd itself answers 503 although ${listed(up)} ${accept}`;
  const why = sentence`${told} connections: ${fault.sentence}.${race}${length}`;
  return { events, why, sure, shortest, at: fault.at };
}

function leastText({ atLeast = 1 }: Violation): string {
  return atLeast > 1 ? `; none has fewer than ${atLeast} events` : "";
}

function membersUp(layout: SearchLayout, { events }: Violation): readonly number[] {
  const downs = new Set<number>();
  const out = new Set(layout.members.flatMap(({ condition }, m) => ((condition & ADMINISTRATIVE) === 0 ? [] : [m])));
  for (const event of events) {
    if (event.kind === "stop") downs.add(event.member);
    else if (event.kind === "start") downs.delete(event.member);
    else if (event.kind === "set" && event.on) out.add(event.member);
    else if (event.kind === "set") out.delete(event.member);
  }
  return layout.members.flatMap((_, m) => (downs.has(m) || out.has(m) ? [] : [m]));
}

interface Fault {
  readonly sentence: Sentence;
  /** Below the cluster. */
  readonly at: Pointer;
}

function faultOf(cluster: Cluster, layout: SearchLayout, cause: Cause | undefined): Fault {
  const all = (members: readonly number[]): Sentence => listed(members.map((member) => [named(member)]));
  const parameter = (name: string): Pointer => `/parameters/${name}`;
  if (cause === undefined) return { sentence: unusableText(layout), at: "" };
  const tries = cause.tried.length === 0 ? ["it tries nobody"] : sentence`it tries ${all(cause.tried)}`;
  switch (cause.kind) {
    case "tries": {
      const set = cluster.parameters.maxattempts === undefined ? "the default, members minus 1" : "as configured";
      const why = sentence`${tries}, and maxattempts=${layout.furtherTries} (${set}) allows no further try`;
      return { sentence: why, at: parameter("maxattempts") };
    }
    case "not-recovered":
      return {
        sentence: sentence`${tries}, the others are in error, and forcerecovery is off`,
        at: parameter("forcerecovery"),
      };
    case "nofailover":
      return {
        sentence: sentence`${tries}, and nofailover=On keeps the session from moving`,
        at: parameter("nofailover"),
      };
    case "ignored": {
      const member = cause.tried.at(-1) ?? 0;
      const why = sentence`${tries}, which ignores errors (status=+I), so there is no second try`;
      return { sentence: why, at: `/members${pointerStep(member)}/parameters/status` };
    }
    case "suppressed": {
      const [member = 0] = cause.by;
      const idleOnes = all(cause.by);
      const why = whyIdle(layout, member);
      const are = cause.by.length === 1 ? "is" : "are";
      const told = sentence`${tries}, everybody who could serve is in error, and ${idleOnes}, which ${are} not in error`;
      const kept = "keeps httpd from recovering them by force before their retry time has passed";
      const everybody = cause.tried.length === 0 && cause.by.length === layout.members.length;
      return {
        sentence: everybody ? sentence`it tries nobody: ${idleOnes} ${why}` : sentence`${told} but ${why}, ${kept}`,
        at: `/members${pointerStep(member)}/parameters/status`,
      };
    }
  }
}

/** What only the model knows: somebody is up and out of use all the same. */
function unusableText(layout: SearchLayout): Sentence {
  const inVain = layout.members.flatMap(({ failsChecks }, m) => (failsChecks ? [[named(m)]] : []));
  const nobody = "nobody it tried or could try was usable";
  return inVain.length === 0 ? [nobody] : sentence`${nobody}; the health checks of ${listed(inVain)} fail all the same`;
}

function whyIdle(layout: SearchLayout, index: number): string {
  const member = layout.members[index];
  if (member?.condition === 0 && member.place === "spare") return "a spare that no ordinary member of its set lets in";
  return "administratively out (status)";
}

/** Most events that a sentence tells; of longer scenarios it tells the first ones. */
const MOST_TOLD = 24;
const FIRST_TOLD = 20;

/** What comes before the request that is refused, as a person says it: "2 requests, stopping a, a request and starting a". */
function describeEvents(events: Violation["events"]): Sentence {
  const before = events.slice(0, -1);
  if (before.length === 0) return ["the start"];
  if (before.length <= MOST_TOLD) return joinedWithAnd(runsOf(before).map(describeRun));
  const first = runsOf(before.slice(0, FIRST_TOLD)).map(describeRun);
  return sentence`${joinedWords(first, ", ")} and ${before.length - FIRST_TOLD} more events`;
}

/** Some equal events in a row. */
interface EventRun {
  readonly event: SearchEvent;
  readonly count: number;
}

function runsOf(events: readonly SearchEvent[]): readonly EventRun[] {
  return events.reduce<readonly EventRun[]>((runs, event) => {
    const last = runs.at(-1);
    const same = last !== undefined && event.kind === "request" && isSameRequest(last.event, event);
    return same ? [...runs.slice(0, -1), { event, count: last.count + 1 }] : [...runs, { event, count: 1 }];
  }, []);
}

function isSameRequest(one: SearchEvent, other: SearchEvent): boolean {
  return one.kind === "request" && other.kind === "request" && one.route === other.route;
}

function describeRun({ event, count }: EventRun): Sentence {
  switch (event.kind) {
    case "request": {
      const many = count === 1 ? "a request" : `${count} requests`;
      return [event.route === undefined ? many : `${many} of a session of route '${event.route}'`];
    }
    case "wait":
      return [`${event.milliseconds / 1_000} s`];
    case "restart":
      return ["a restart of httpd"];
    case "set":
      return sentence`${event.on ? "" : "the end of "}${event.action === "drain" ? "draining" : "disabling"} ${named(event.member)}`;
    case "stop":
      return sentence`stopping ${named(event.member)}`;
    case "start":
      return sentence`starting ${named(event.member)}`;
  }
}
