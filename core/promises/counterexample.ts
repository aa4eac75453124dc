import type { Scenario } from "../scenario/scenario.js";
import type { Cluster, Topology } from "../topology/topology.js";
import { pointerStep } from "../vocabulary/problem.js";
import type { Pointer } from "../vocabulary/problem.js";
import type { Breach } from "./breach.js";
import type { PromiseFinding } from "./finding.js";
import type { Mend } from "./mend.js";
import { toScenario, wordOf } from "./scenario.js";
import { joinedWords, sentence, sentenceText } from "./sentence.js";
import type { Sentence } from "./sentence.js";

/** A scenario whose last request breaks a promise, told of a cluster. */
export interface Counterexample {
  readonly scenario: Scenario;
  /** Events of the scenario: stops, starts, waits, changes and single requests. */
  readonly events: number;
  readonly explanation: string;
  /** The same without what mends it. */
  readonly cause: string;
  /** False when it comes only if a race inside httpd ends one of its ways. */
  readonly sure: boolean;
  /** True when no shorter one exists. */
  readonly shortest: boolean;
  /** The part of the topology at fault. */
  readonly at: Pointer;
}

/** Changes after which a promise holds, as checked, told of a cluster. */
export interface ToldMend {
  readonly changes: readonly { readonly text: string; readonly at: Pointer }[];
  /** States that were looked at to prove it. */
  readonly states: number;
}

/** A finding in the words of one cluster. */
export interface ToldFinding extends Omit<PromiseFinding, "breach" | "race" | "mends"> {
  readonly counterexample?: Counterexample;
  /** A shorter scenario that may break it, when a race inside httpd ends one of its ways. */
  readonly race?: Counterexample;
  /** The smallest changes after which it holds, each checked. */
  readonly mends?: readonly ToldMend[];
}

/** Tells a finding of a cluster of the topology: members get their names; an explanation ends with what mends it. */
export function told(topology: Topology, cluster: Cluster, finding: PromiseFinding): ToldFinding {
  const { breach, race, mends, ...rest } = finding;
  const teller = tellerOf(topology, cluster);
  const why = whyMended(finding);
  return {
    ...rest,
    ...(breach && { counterexample: teller.example(breach, why) }),
    ...(race && { race: teller.example(race) }),
    ...(mends && { mends: mends.map(teller.mend) }),
  };
}

/** How a promise is broken and what mends it, as text; empty where nothing breaks it. */
export function explanationOf(finding: PromiseFinding, nameOf: (member: number) => string): string {
  return sentenceText(whyMended(finding), nameOf);
}

interface Teller {
  readonly example: (breach: Breach, told?: Sentence) => Counterexample;
  readonly mend: (mend: Mend) => ToldMend;
}

function tellerOf(topology: Topology, cluster: Cluster): Teller {
  const base: Pointer = `/clusters${pointerStep(topology.clusters.indexOf(cluster))}`;
  const text = (said: Sentence): string => sentenceText(said, (member) => wordOf(topology, cluster, member));
  return {
    example: ({ events, why, at, ...rest }, told = why) => ({
      scenario: toScenario(topology, cluster, events),
      events: events.length,
      explanation: text(told),
      cause: text(why),
      ...rest,
      at: `${base}${at}`,
    }),
    mend: ({ changes, states }) => ({
      changes: changes.map(({ words, at }) => ({ text: text(words), at: `${base}${at}` as const })),
      states,
    }),
  };
}

function whyMended({ breach, mends = [] }: PromiseFinding): Sentence {
  const why = breach?.why ?? [];
  if (mends.length === 0) return why;
  const ways = mends.map(({ changes }) =>
    joinedWords(
      changes.map(({ words }) => words),
      " and ",
    ),
  );
  const stop = endsIn(why, ".") ? "" : ".";
  return sentence`${why}${stop} What mends it, as checked: ${joinedWords(ways, "; or ")}.`;
}

function endsIn(said: Sentence, text: string): boolean {
  const last = said.findLast((part) => part !== "");
  return typeof last === "string" && last.endsWith(text);
}
