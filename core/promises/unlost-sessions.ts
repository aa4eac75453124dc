import { copiesHeld, holdersOf } from "../topology/session-holders.js";
import type { Cluster, Topology } from "../topology/topology.js";
import type { PromiseFinding } from "./finding.js";
import type { PossibleAnswers } from "./search/abstract-space.js";
import type { SearchLimits } from "./search/classes.js";
import { modelOnly } from "./search/layout.js";
import type { SearchLayout } from "./search/layout.js";
import type { RequestFound } from "./search/predicate.js";
import type { Maker } from "./session-makers.js";
import { bounded, unjudged } from "./unbroken.js";

/** What was looked at of the sessions of a cluster. */
interface Sessions {
  readonly makers: readonly Maker[];
  readonly searched: readonly RequestFound[];
  readonly strangers: readonly { readonly result?: RequestFound }[];
  readonly states: number;
  readonly answers: PossibleAnswers | undefined;
  /** Members of which it was not looked at whether they make sessions, because there are many. */
  readonly unseen: number;
}

/** What is said when no suspicion came true. */
export function unlostSessions(
  topology: Topology,
  cluster: Cluster,
  layout: SearchLayout,
  limits: SearchLimits,
  { makers, searched, strangers, states, answers, unseen }: Sessions,
): PromiseFinding {
  if (unseen > 0) return unjudged(states, `the sessions of ${unseen} more members were not looked at`);
  const few = makers.some(({ member }) => {
    const copies = copiesHeld(topology, cluster, member);
    return copies <= limits.failures && copies < holdersOf(cluster, member).length;
  });
  if (few) return unjudged(states, "a session may have all of its copies on members that are down");
  const managed = (limits.actions ?? []).length > 0;
  const why =
    modelOnly(layout) ?? (managed ? "what operators do to sessions is played for some scenarios only" : undefined);
  if (why !== undefined) {
    const safe =
      makers.length > 0 &&
      answers !== undefined &&
      makers.every((maker) => isSafe(cluster, layout, limits, maker, answers));
    return safe ? { verdict: "holds", states, proof: "abstraction" } : unjudged(states, why);
  }
  const left = strangers.some(({ result }) => result?.kind === "found");
  const [first] = makers;
  const holders = first === undefined ? [] : holdersOf(cluster, first.member);
  const untied = makers.some(({ tied }) => !tied) && makers.some(({ member }) => !holders.includes(member));
  if (left || untied) {
    return unjudged(states, "a member without a copy may answer, but no scenario that was played loses a session");
  }
  if (layout.nofailover && layout.sticky && limits.failures > 0 && makers.some(({ tied }) => tied)) {
    return unjudged(states, "nofailover may refuse sessions, but no scenario that was played does");
  }
  const depths = searched.flatMap((result) => (result.kind === "bounded" ? [result.depth] : []));
  if (depths.length > 0) return bounded(states, Math.min(...depths));
  return { verdict: "holds", states, proof: "search" };
}

/**
 * True where nothing can lose a session, by what the abstraction says who may ever answer: it is tied to its member, no
 * standby made it, only members with a copy answer it, some of them are always up, and httpd refuses nobody.
 */
function isSafe(
  cluster: Cluster,
  layout: SearchLayout,
  { failures }: SearchLimits,
  maker: Maker,
  answers: PossibleAnswers,
): boolean {
  if (layout.nofailover) return false;
  if (layout.members[maker.member]?.place === "standby") return false;
  return holdersOf(cluster, maker.member).length > failures && onlyHoldersAnswer(cluster, layout, maker, answers);
}

/** True where a session that is tied to its member is never answered by a member without a copy. */
export function onlyHoldersAnswer(
  cluster: Cluster,
  layout: SearchLayout,
  { member, tied }: Maker,
  answers: PossibleAnswers | undefined,
): boolean {
  if (answers === undefined || !tied) return false;
  const holders = holdersOf(cluster, member);
  const answering = answers.ofRoute.get(layout.members[member]?.route ?? "") ?? new Set<number>();
  return [...answering].every((other) => holders.includes(other));
}
