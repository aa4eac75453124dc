import { isSentOnce } from "../scenario/method.js";
import type { RequestStep } from "../scenario/steps.js";
import type { Cluster, Topology } from "../topology/topology.js";
import type { Pointer } from "../vocabulary/problem.js";
import { takesTime } from "./backend.js";
import { Chronicle } from "./chronicle.js";
import type { Client } from "./client.js";
import { Watch } from "./expectation.js";
import type { ModelRequest } from "./model-request.js";
import type { Outcome } from "./request.js";
import { ConstantRounds, TurnRounds, UncertainRounds } from "./rounds.js";
import type { Rounds } from "./rounds.js";
import { sessionCookie } from "./session-cookie.js";
import { routeOf } from "./sticky.js";
import { Tally } from "./tally.js";
import type { Answer, Pick, StepCount } from "./trace.js";
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

/** Bytes httpd sends to a backend for the head of a small request, where a scenario does not say. */
const HEAD_BYTES = 200;

/** What a client brings to one request. */
interface Brought {
  readonly cookies: Readonly<Record<string, string>>;
  /** Its connection has carried a request before. */
  readonly kept: boolean;
  /** The member whose answer it got, for its jar. */
  readonly got?: (place: BalancerPlace, outcomes: readonly Outcome[]) => void;
}

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
    const one = this.#isDependent() ? this.#dependentPlayer(this.#world.client(this.#step.host, 0)) : this.#player();
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

  /** Each request depends on the answers before it. */
  #isDependent(): boolean {
    return this.#step.jar === true || this.#step.keepalive === true;
  }

  #dependentPlayer(client: Client): () => Pick {
    const { jar = false, keepalive = false } = this.#step;
    const got: Brought["got"] = (place, outcomes) => {
      const [{ member } = { member: -1 }, ...others] = outcomes;
      const cookie = jar && member !== -1 ? sessionCookie(place.cluster, member) : undefined;
      if (cookie !== undefined) client.keep(cookie.name, cookie.value);
      if (jar && others.some((other) => other.member !== member)) client.isGuessed = true;
    };
    return () => {
      const wasGuessed = client.isGuessed;
      if (!keepalive) client.hangUp();
      const kept = client.isKept(this.#world.now);
      const pick = this.#player({ cookies: client.cookiesFor(this.#step), kept, got })();
      client.answered(pick.status, this.#world.now);
      return wasGuessed ? { ...pick, judged: false } : pick;
    };
  }

  #player(brought: Brought = { cookies: this.#step.cookies ?? {}, kept: false }): () => Pick {
    const destination = this.#world.destination(this.#step, brought.cookies);
    const play = this.#judgedPlayer(destination, brought);
    const cluster = destination.kind === "balancer" ? destination.place.cluster : undefined;
    return () => {
      const doubts = this.#world.versionDoubts(cluster);
      return withDoubts(play(), { judged: doubts.length === 0, doubts });
    };
  }

  #judgedPlayer(destination: Destination, brought: Brought): () => Pick {
    const { way } = destination;
    const play = this.#playerAt(destination, way, brought);
    if (way === undefined || (way.judged && way.errors === undefined)) return play;
    return () => withDoubts(this.#withErrors(play(), way, brought), way);
  }

  /** What the client gets in place of an error (`ap_die` of http_request.c). */
  #withErrors(pick: Pick, { errors }: Way, brought: Brought): Pick {
    const { member, status } = pick;
    if (status === 0 || errors === undefined || (member !== null && !errors.overrides(status))) return pick;
    const document = errors.document(status);
    if (document === undefined) return pick;
    const instead = withDoubts(this.#playerAt(this.#world.reached(document), document, brought)(), document);
    if (instead.member !== null && instead.status < 400) return instead;
    return { ...pick, ...(instead.judged === false && { judged: false }) };
  }

  #playerAt(destination: Reached, way: Way | undefined, brought: Brought): () => Pick {
    const { explain } = this.#playing;
    if (destination.kind === "httpd") {
      const { status, why } = destination;
      return () => ({ member: null, status, attempts: 0, ...(explain && { why: [why] }) });
    }
    if (destination.kind === "backend") {
      const attempt = { once: isSentOnce(this.#step), kept: brought.kept };
      return () => {
        const { answered, status, unmeasured } = this.#world.backendAnswer(destination.url, attempt);
        const pick = { member: answered ? destination.url : null, status, attempts: 1 };
        return unmeasured ? { ...pick, judged: false } : pick;
      };
    }
    const { place, url } = destination;
    const request = modelRequest(place, url, this.#step, { way, ...brought });
    return () => {
      const before = place.states.likeliest.now;
      const outcomes = balancerOutcomes(place, request, explain);
      this.#world.passElsewhere(place.states.likeliest.now - before, place);
      brought.got?.(place, outcomes.outcomes);
      return this.#pickOf(place, outcomes);
    };
  }

  #pickOf({ cluster, states }: BalancerPlace, { outcomes, why }: Outcomes): Pick {
    const { members } = states.likeliest.balancer;
    const answers = outcomes.map(({ member, status }): Answer => ({ member: members[member]?.url ?? null, status }));
    const [likeliest] = outcomes;
    const [answer] = answers;
    if (likeliest === undefined || answer === undefined) throw new Error("a request has no outcome");
    const name = cluster.members[likeliest.member]?.name;
    const unmeasured = outcomes.flatMap((outcome) => outcome.unmeasured ?? []);
    const doubts = [...new Set(unmeasured)].map((member) => memberPointer(this.#topology, cluster, member));
    return {
      ...answer,
      ...(name !== undefined && { name }),
      attempts: likeliest.attempts,
      ...(answers.length > 1 && { either: answers }),
      ...(doubts.length > 0 && { judged: false, doubts }),
      ...(why && { why }),
    };
  }

  #rounds(): Rounds {
    const destination = this.#world.destination(this.#step);
    if (destination.kind !== "balancer") return new ConstantRounds(this.#tally);
    if (destination.way?.errors !== undefined && (this.#step.count ?? 1) <= MOST_ONE_BY_ONE) return ONE_BY_ONE;
    const { place, url } = destination;
    const { states, backends } = place;
    if (this.#isDependent()) return ONE_BY_ONE;
    const every = (this.#step.every?.milliseconds ?? 0) * 1_000;
    const takes = backends.some(takesTime);
    const state = states.settled(backends);
    if (state === undefined || ((every > 0 || takes) && state.balancer.checked)) {
      return new UncertainRounds(states, this.#tally, every > 0 || takes);
    }
    const pass = (microseconds: number) => {
      this.#world.pass(microseconds);
    };
    const passElsewhere = (microseconds: number) => {
      this.#world.passElsewhere(microseconds, place);
    };
    const cookies = this.#step.cookies ?? {};
    const request = modelRequest(place, url, this.#step, { way: destination.way, cookies, kept: false });
    return new TurnRounds(
      { state, request, place, every, clockMoves: every > 0 || takes, pass, passElsewhere },
      this.#tally,
    );
  }
}

function modelRequest(
  { states }: BalancerPlace,
  url: string,
  step: RequestStep,
  { way, cookies, kept }: Omit<Brought, "got"> & { readonly way: Way | undefined },
): ModelRequest {
  const { body = 0, bytes = HEAD_BYTES + body } = step;
  const { balancer, settings } = states.likeliest;
  const pairs = Object.entries(cookies).map(([name, value]) => `${name}=${value}`);
  const sent = way === undefined ? pairs.join("; ") : (way.headers.get("cookie") ?? "");
  const route = routeOf(balancer, settings.sticky, { url, ...(sent !== "" && { cookie: sent }) });
  return { route, bytes, body, once: isSentOnce(step), kept };
}

/** Whether an answer is certain, and which lines could decide otherwise. */
interface Judged {
  readonly judged: boolean;
  readonly doubts: readonly Pointer[];
}

function withDoubts(pick: Pick, { judged, doubts }: Judged): Pick {
  return judged ? pick : { ...pick, judged: false, doubts: [...new Set([...(pick.doubts ?? []), ...doubts])] };
}

/** What came of a request to a balancer, the likeliest first, and why where that was asked. */
interface Outcomes {
  readonly outcomes: readonly Outcome[];
  readonly why: readonly string[] | undefined;
}

function balancerOutcomes({ states, backends }: BalancerPlace, request: ModelRequest, explain: boolean): Outcomes {
  const chronicle = explain ? new Chronicle(states.likeliest.balancer) : undefined;
  return { outcomes: states.serve(request, backends, chronicle), why: chronicle?.sentences() };
}

function memberPointer({ clusters }: Topology, cluster: Cluster, member: number): Pointer {
  return `/clusters/${clusters.indexOf(cluster)}/members/${member}`;
}

function withReason(message: string, { why }: Pick): string {
  return why === undefined ? message : `${message}: ${why.join("; ")}`;
}
