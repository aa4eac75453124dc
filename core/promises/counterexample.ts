import type { Scenario } from "../scenario/scenario.js";
import type { Cluster, Topology } from "../topology/topology.js";
import { pointerStep } from "../vocabulary/problem.js";
import type { Pointer } from "../vocabulary/problem.js";
import { causeOf } from "./cause.js";
import type { Cause } from "./cause.js";
import { toldLate } from "./replay.js";
import { searchLayout } from "./search/layout.js";
import type { SearchLayout } from "./search/layout.js";
import { toScenario, wordOf } from "./scenario.js";
import type { Violation } from "./verdict.js";

/** A scenario whose last request breaks a promise. */
export interface Counterexample {
  readonly scenario: Scenario;
  /** Events of the scenario: stops, starts, waits, changes and single requests. */
  readonly events: number;
  readonly explanation: string;
  /** False when it comes only if a race inside httpd ends one of its ways. */
  readonly sure: boolean;
  /** True when no shorter one exists. */
  readonly shortest: boolean;
  /** The part of the topology at fault. */
  readonly at: Pointer;
}

/** Shows how a request comes to be refused, and which setting is at fault. */
export function explainRefusal(topology: Topology, cluster: Cluster, violation: Violation): Counterexample {
  const { sure, shortest } = violation;
  const layout = searchLayout(topology, cluster);
  const events = toldLate(layout, violation.events);
  const scenario = toScenario(topology, cluster, events);
  const cause = causeOf(layout, events);
  const up = membersUp(layout, violation).map((member) => wordOf(topology, cluster, member));
  const fault = faultOf(topology, cluster, layout, cause);
  const length = shortest
    ? ""
    : ` (a shorter scenario may exist; none has fewer than ${violation.atLeast ?? 1} events)`;
  const race = sure ? "" : " It is a race inside httpd (retry=0): the request may also be served.";
  const explanation =
    `After ${describeEvents(topology, cluster, events)} httpd itself answers 503 although ${listed(up)} ` +
    `${up.length === 1 ? "accepts" : "accept"} connections: ${fault.sentence}.${race}${length}`;
  return { scenario, events: events.length, explanation, sure, shortest, at: fault.at };
}

function membersUp(layout: SearchLayout, { events }: Violation): readonly number[] {
  const downs = new Set<number>();
  const out = new Set(layout.members.flatMap(({ condition }, m) => (condition === 0 ? [] : [m])));
  for (const event of events) {
    if (event.kind === "stop") downs.add(event.member);
    else if (event.kind === "start") downs.delete(event.member);
    else if (event.kind === "set" && event.on) out.add(event.member);
    else if (event.kind === "set") out.delete(event.member);
  }
  return layout.members.flatMap((_, m) => (downs.has(m) || out.has(m) ? [] : [m]));
}

interface Fault {
  readonly sentence: string;
  readonly at: Pointer;
}

function faultOf(topology: Topology, cluster: Cluster, layout: SearchLayout, cause: Cause | undefined): Fault {
  const base: Pointer = `/clusters${pointerStep(topology.clusters.indexOf(cluster))}`;
  const named = (members: readonly number[]): string => listed(members.map((m) => wordOf(topology, cluster, m)));
  const parameter = (name: string): Pointer => `${base}/parameters/${name}`;
  if (cause === undefined) return { sentence: "nobody it tried or could try was usable", at: base };
  const tries = cause.tried.length === 0 ? "it tries nobody" : `it tries ${named(cause.tried)}`;
  switch (cause.kind) {
    case "tries": {
      const set = cluster.parameters.maxattempts === undefined ? "the default, members minus 1" : "as configured";
      const why = `${tries}, and maxattempts=${layout.furtherTries} (${set}) allows no further try`;
      return { sentence: why, at: parameter("maxattempts") };
    }
    case "not-recovered":
      return {
        sentence: `${tries}, the others are in error, and forcerecovery is off`,
        at: parameter("forcerecovery"),
      };
    case "nofailover":
      return { sentence: `${tries}, and nofailover=On keeps the session from moving`, at: parameter("nofailover") };
    case "ignored": {
      const member = cause.tried.at(-1) ?? 0;
      const sentence = `${tries}, which ignores errors (status=+I), so there is no second try`;
      return { sentence, at: `${base}/members${pointerStep(member)}/parameters/status` };
    }
    case "suppressed": {
      const [member = 0] = cause.by;
      const sentence =
        `${tries}, everybody who could serve is in error, and ${named(cause.by)}, which ` +
        `${cause.by.length === 1 ? "is" : "are"} not in error but ${whyIdle(layout, member)}, ` +
        "keeps httpd from recovering them by force before their retry time has passed";
      const everybody = cause.tried.length === 0 && cause.by.length === layout.members.length;
      const idle = `it tries nobody: ${named(cause.by)} ${whyIdle(layout, member)}`;
      return {
        sentence: everybody ? idle : sentence,
        at: `${base}/members${pointerStep(member)}/parameters/status`,
      };
    }
  }
}

function whyIdle(layout: SearchLayout, index: number): string {
  const member = layout.members[index];
  if (member?.condition === 0 && member.place === "spare") return "a spare that no ordinary member of its set lets in";
  return "administratively out (status)";
}

function describeEvents(topology: Topology, cluster: Cluster, events: Violation["events"]): string {
  const word = (member: number): string => wordOf(topology, cluster, member);
  const words = events.slice(0, -1).map((event) => {
    switch (event.kind) {
      case "request":
        return event.route === undefined ? "a request" : `a request of a session of route '${event.route}'`;
      case "wait":
        return `${event.milliseconds / 1_000} s`;
      case "restart":
        return "a restart of httpd";
      case "set":
        return `${event.on ? "" : "the end of "}${event.action === "drain" ? "draining" : "disabling"} ${word(event.member)}`;
      case "stop":
      case "start":
        return `${event.kind} ${word(event.member)}`;
    }
  });
  if (words.length === 0) return "the start";
  return words.length > 24 ? `${words.slice(0, 20).join(", ")}, ... (${words.length} events)` : words.join(", ");
}

function listed(words: readonly string[]): string {
  if (words.length > 8) return `${words.slice(0, 6).join(", ")} and ${words.length - 6} more`;
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
}
