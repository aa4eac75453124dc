import type { RequestStep } from "../scenario/steps.js";
import type { Topology } from "../topology/topology.js";
import { Chronicle } from "./chronicle.js";
import { Watch } from "./expectation.js";
import type { ModelRequest } from "./request.js";
import { ConstantRounds, TurnRounds, UncertainRounds } from "./rounds.js";
import type { Rounds } from "./rounds.js";
import { routeOf } from "./sticky.js";
import { Tally } from "./tally.js";
import type { Answer, Pick, StepCount } from "./trace.js";
import type { Pointer } from "../vocabulary/problem.js";
import type { Way } from "../route/route.js";
import type { BalancerPlace, Destination, Reached, World } from "./world.js";

/** How a step is played. */
export interface Playing {
  readonly explain: boolean;
  /** Picks that may still be kept. */
  readonly room: number;
}

/** What a step came to. */
export interface Played extends Omit<StepCount, "step"> {
  /** The first request of the step, from 1, that breaks the expectation; place 0 when the step has none. */
  readonly failure: { readonly place: number; readonly message: string } | undefined;
}

/** Error documents may make one answer of another: such requests are played one by one, up to so many. */
const MOST_ONE_BY_ONE = 100_000;

const ONE_BY_ONE: Rounds = { skip: () => 0 };

/** Bytes httpd sends to a backend for a small request, where a scenario does not say. */
const REQUEST_BYTES = 200;

/** The requests of one step. */
export class RequestRun {
  readonly #topology: Topology;
  readonly #world: World;
  readonly #step: RequestStep;
  readonly #playing: Playing;
  readonly #tally = new Tally();

  constructor(topology: Topology, world: World, step: RequestStep, playing: Playing) {
    this.#world = world;
    this.#step = step;
    this.#playing = playing;
    this.#topology = topology;
  }

  /** Plays all requests and adds the first picks to those kept. */
  play(picks: Pick[]): Played {
    const { count = 1, every } = this.#step;
    const one = this.#player();
    let rounds: Rounds | undefined;
    let watch = this.#step.expect === undefined ? undefined : new Watch(this.#topology, this.#step.expect);
    let failure: Played["failure"];
    if (watch === undefined && this.#isPlayedAtOnce()) return this.#played(undefined);
    for (let place = 1; place <= count; place++) {
      if (every !== undefined && place > 1) this.#world.pass(every.milliseconds * 1_000);
      const pick = one();
      this.#tally.add(pick);
      if (place <= this.#playing.room) picks.push(pick);
      const wrong = watch?.next(pick.either ?? [pick]);
      if (wrong !== undefined) {
        failure = { place, message: withReason(wrong, pick) };
        watch = undefined;
      }
      if (place < this.#playing.room) continue;
      if (rounds === undefined) rounds = this.#rounds();
      else place += rounds.skip(count - place, watch);
      if (watch !== undefined || rounds.finish === undefined) continue;
      rounds.finish(count - place);
      break;
    }
    const missing = watch?.end();
    if (missing !== undefined) failure = { place: count, message: missing };
    return this.#played(failure);
  }

  /** Without picks or expectations to look at, nothing but counts is left where nothing can happen. */
  #isPlayedAtOnce(): boolean {
    const { count = 1 } = this.#step;
    if (this.#playing.room > 0 || count === 0) return false;
    return this.#rounds().finishCalm?.(count, count - 1) === true;
  }

  #played(failure: Played["failure"]): Played {
    const { count = 1 } = this.#step;
    return { requests: count, answers: this.#tally.answers(), uncertain: this.#tally.uncertain, failure };
  }

  #player(): () => Pick {
    const destination = this.#world.destination(this.#step);
    const play = this.#judgedPlayer(destination);
    const cluster = destination.kind === "balancer" ? destination.place.cluster : undefined;
    return () => {
      const doubts = this.#world.versionDoubts(cluster);
      return withDoubts(play(), { judged: doubts.length === 0, doubts });
    };
  }

  #judgedPlayer(destination: Destination): () => Pick {
    const { way } = destination;
    const play = this.#playerAt(destination, way);
    if (way === undefined || (way.judged && way.errors === undefined)) return play;
    return () => withDoubts(this.#withErrors(play(), way), way);
  }

  /** What the client gets in place of an error (`ap_die` of http_request.c). */
  #withErrors(pick: Pick, { errors }: Way): Pick {
    const { member, status } = pick;
    if (errors === undefined || (member !== null && !errors.overrides(status))) return pick;
    const document = errors.document(status);
    if (document === undefined) return pick;
    const instead = withDoubts(this.#playerAt(this.#world.reached(document), document)(), document);
    if (instead.member !== null && instead.status < 400) return instead;
    return { ...pick, ...(instead.judged === false && { judged: false }) };
  }

  #playerAt(destination: Reached, way: Way | undefined): () => Pick {
    const { explain } = this.#playing;
    if (destination.kind === "httpd") {
      const { status, why } = destination;
      return () => ({ member: null, status, attempts: 0, ...(explain && { why: [why] }) });
    }
    if (destination.kind === "backend") {
      const { answered, status } = this.#world.backendStatus(destination.url);
      return () => ({ member: answered ? destination.url : null, status, attempts: 1 });
    }
    const { place, url } = destination;
    const request = modelRequest(place, url, this.#step, way);
    return () => balancerPick(place, request, explain);
  }

  #rounds(): Rounds {
    const destination = this.#world.destination(this.#step);
    if (destination.kind !== "balancer") return new ConstantRounds(this.#tally);
    if (destination.way?.errors !== undefined && (this.#step.count ?? 1) <= MOST_ONE_BY_ONE) return ONE_BY_ONE;
    const { place, url } = destination;
    const { states, backends } = place;
    const every = this.#step.every?.milliseconds ?? 0;
    const state = states.settled(backends);
    if (state === undefined || (every > 0 && state.balancer.checked)) {
      return new UncertainRounds(states, this.#tally, every > 0);
    }
    const passTime = (requests: number) => {
      this.#world.pass(every * 1_000 * requests);
    };
    const request = modelRequest(place, url, this.#step, destination.way);
    return new TurnRounds({ state, request, place, ...(every > 0 && { passTime }) }, this.#tally);
  }
}

function modelRequest({ states }: BalancerPlace, url: string, step: RequestStep, way: Way | undefined): ModelRequest {
  const { cookies, bytes = REQUEST_BYTES } = step;
  const { balancer, settings } = states.likeliest;
  const pairs = Object.entries(cookies ?? {}).map(([name, value]) => `${name}=${value}`);
  const sent = way === undefined ? pairs.join("; ") : (way.headers.get("cookie") ?? "");
  return { route: routeOf(balancer, settings.sticky, { url, ...(sent !== "" && { cookie: sent }) }), bytes };
}

/** Whether an answer is certain, and which lines could decide otherwise. */
interface Judged {
  readonly judged: boolean;
  readonly doubts: readonly Pointer[];
}

function withDoubts(pick: Pick, { judged, doubts }: Judged): Pick {
  return judged ? pick : { ...pick, judged: false, doubts: [...new Set([...(pick.doubts ?? []), ...doubts])] };
}

function balancerPick({ cluster, states, backends }: BalancerPlace, request: ModelRequest, explain: boolean): Pick {
  const { members } = states.likeliest.balancer;
  const chronicle = explain ? new Chronicle(states.likeliest.balancer) : undefined;
  const outcomes = states.serve(request, backends, chronicle);
  const answers = outcomes.map(({ member, status }): Answer => ({ member: members[member]?.url ?? null, status }));
  const [likeliest] = outcomes;
  const [answer] = answers;
  if (likeliest === undefined || answer === undefined) throw new Error("a request has no outcome");
  const name = cluster.members[likeliest.member]?.name;
  return {
    ...answer,
    ...(name !== undefined && { name }),
    attempts: likeliest.attempts,
    ...(answers.length > 1 && { either: answers }),
    ...(chronicle && { why: chronicle.sentences() }),
  };
}

function withReason(message: string, { why }: Pick): string {
  return why === undefined ? message : `${message}: ${why.join("; ")}`;
}
