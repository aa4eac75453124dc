import { takesTime } from "./backend.js";
import type { Client } from "./client.js";
import { CrowdPlay } from "./crowd.js";
import type { Pace } from "./crowd.js";
import { crowdSharesOf } from "./crowd-shares.js";
import type { CrowdShare } from "./crowd-shares.js";
import type { ModelRequest } from "./model-request.js";
import { randomOf } from "./random.js";
import type { Outcome } from "./request.js";
import { cloneState } from "./state.js";
import type { BalancerState } from "./state.js";
import type { BalancerPlace } from "./world.js";

/** Requests of several clients to one balancer. */
export interface CrowdStep {
  readonly clients: readonly Client[];
  readonly requests: number;
  /** Microseconds between an answer and the client's next request. */
  readonly think: number;
  /** The next request of a client, when it is sent. */
  readonly requestOf: (client: Client, now: number) => ModelRequest;
  /** Told what a client got, and when. */
  readonly answered: (client: Client, outcome: Outcome, now: number) => void;
}

/** What came of them. */
export interface CrowdResult {
  /** One a request, in the order in which members were first chosen, of the first play. */
  readonly outcomes: readonly Outcome[];
  readonly shares: readonly CrowdShare[];
  /** What the balancer may be left in, the first play's first. */
  readonly states: readonly BalancerState[];
  /** The clients after the first play. */
  readonly clients: readonly Client[];
  /** Microseconds the first play took, where time passes in it at all. */
  readonly elapsed: number;
}

/** Microseconds a request spends in httpd beside what the member takes; only its relation to the others matters. */
const INSIDE = 400;

/** From clients that are back at once to those whose way takes four times as long; farther ones are given with `every`. */
const OUTSIDE = [400, 100, 1_600] as const;

/** Requests that all plays of a pace come to, at most and at least. */
const MOST_PLAYED = 50_000;
const MOST_PLAYS = 16;
const LEAST_PLAYS = 4;

/**
 * Plays the requests of several clients again and again, each time with other moments, as it is these that decide who is
 * chosen: how long httpd and the client's way take is not known, so that several paces are played.
 */
export function playCrowd({ states, backends }: BalancerPlace, step: CrowdStep): CrowdResult {
  const takes = backends.some(takesTime) || step.think > 0;
  const plays = Math.max(LEAST_PLAYS, Math.min(MOST_PLAYS, Math.floor(MOST_PLAYED / Math.max(1, step.requests))));
  const paces = OUTSIDE.map((outside, which) =>
    Array.from({ length: plays }, (_, play) => {
      const start = states.all[play % states.all.length] as BalancerState;
      return playOnce(cloneState(start), step, {
        backends,
        seed: which * MOST_PLAYS + play,
        pace: { inside: INSIDE, outside, clockMoves: takes },
      });
    }),
  );
  const played = paces.flat();
  const [first] = played;
  if (first === undefined) throw new Error("a crowd was not played");
  return {
    ...first,
    shares: crowdSharesOf(paces.map((own) => own.map(({ outcomes }) => outcomes))),
    states: played.map(({ state }) => state),
  };
}

interface PlayOptions {
  readonly backends: BalancerPlace["backends"];
  readonly seed: number;
  readonly pace: Pace;
}

function playOnce(state: BalancerState, step: CrowdStep, { backends, seed, pace }: PlayOptions) {
  const clients = step.clients.map((client) => client.copy());
  const crowd = {
    ...{ clients: clients.length, requests: step.requests, think: step.think, backends },
    requestOf: (number: number, now: number) => step.requestOf(clients[number] as Client, now),
    answered: (number: number, outcome: Outcome, now: number) => {
      step.answered(clients[number] as Client, outcome, now);
    },
  };
  const play = new CrowdPlay(state, crowd, randomOf(seed), pace);
  const outcomes = play.play();
  return { outcomes, state, clients, elapsed: play.elapsed };
}
