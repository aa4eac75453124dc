import type { Way } from "../route/route.js";
import { isSentOnce } from "../scenario/method.js";
import type { RequestStep } from "../scenario/steps.js";
import type { Topology } from "../topology/topology.js";
import { without } from "../vocabulary/without.js";
import { takesTime } from "./backend.js";
import { isCalm } from "./calm.js";
import type { Client } from "./client.js";
import { CrowdRun } from "./crowd-step.js";
import { Watch } from "./expectation.js";
import { balancerOutcomes, modelRequest, pickOf, withDoubts } from "./picks.js";
import type { Brought } from "./picks.js";
import type { Played, Playing } from "./played.js";
import { hasSeveral } from "./releases.js";
import { NO_SESSION } from "./request.js";
import { BETWEEN_LOOKS, ConstantRounds, TurnRounds, UncertainRounds } from "./rounds.js";
import type { Rounds } from "./rounds.js";
import { sessionCookie } from "./session-cookie.js";
import { Tally } from "./tally.js";
import type { Pick } from "./trace.js";
import type { BalancerPlace, ScenarioDestination, Reached, World } from "./world.js";

/** Error documents may make one answer of another: such requests are played one by one, up to so many. */
const MOST_ONE_BY_ONE = 100_000;

/** Requests in which a member has two turns in a row, if it ever has. */
const MOST_TURNS = 2_000;

const UNTOLD = "with bybusyness, who answers how often cannot be told (httpd is not deterministic here)";

const ONE_BY_ONE: Rounds = { skip: () => 0 };

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
    const { count = 1, clients = 1 } = this.#step;
    const destination = clients > 1 && count > 0 ? this.#world.destination(this.#step) : undefined;
    if (destination?.kind === "balancer") {
      return new CrowdRun(this.#topology, this.#world, this.#step, this.#playing.room).play(destination, picks);
    }
    const { expect } = this.#step;
    if (expect === undefined && this.#isPlayedAtOnce()) return this.#played(undefined);
    return this.#playInTurn(picks, expect === undefined ? undefined : new Watch(this.#topology, expect));
  }

  #playInTurn(picks: Pick[], watching: Watch | undefined): Played {
    const { count = 1 } = this.#step;
    const one = this.#isDependent() ? this.#dependentPlayer(this.#world.client(this.#step.host, 0)) : this.#player();
    let rounds: Rounds | undefined;
    let watch = watching;
    let failure: Played["failure"];
    for (let place = 1; place <= count; place++) {
      if (place % BETWEEN_LOOKS === 0 && this.#isOver()) return this.#played(failure);
      if (place > 1) this.#passBetween();
      const pick = one();
      this.#tally.add(pick);
      if (place <= this.#playing.room) picks.push(pick);
      const wrong = watch?.next(pick.either ?? [pick], pick.session);
      if (wrong !== undefined) {
        failure = { place, message: withReason(wrong, pick) };
        watch = undefined;
      }
      if (place < this.#playing.room || place === count || this.#isPlayedSingly(place)) continue;
      const untold = this.#untoldAfter(place, watch);
      if (untold !== undefined) {
        failure = untold;
        watch = undefined;
      }
      if (rounds === undefined) rounds = this.#rounds();
      else place += this.#doubting(rounds.skip(count - place, watch));
      if (watch !== undefined || rounds.finish === undefined) continue;
      rounds.finish(this.#doubting(count - place));
      break;
    }
    return this.#ended(failure, watch);
  }

  #ended(failure: Played["failure"], watch: Watch | undefined): Played {
    const { count = 1 } = this.#step;
    const missing = this.#isOver() ? undefined : watch?.end();
    return this.#played(missing === undefined ? failure : { place: count, message: missing });
  }

  /** True when no time is left. */
  #isOver(): boolean {
    return this.#playing.isOver?.() === true;
  }

  /** An expectation that counts what cannot be told from here on. */
  #untoldAfter(place: number, watch: Watch | undefined): Played["failure"] {
    return watch?.counts === true && this.#isUntold() ? { place: place + 1, message: UNTOLD } : undefined;
  }

  #passBetween(): void {
    this.#world.pass((this.#step.every?.milliseconds ?? 0) * 1_000);
  }

  /** Without picks or expectations to look at, nothing but counts is left where nothing can happen. */
  #isPlayedAtOnce(): boolean {
    const { count = 1 } = this.#step;
    if (this.#playing.room > 0 || count === 0) return false;
    const place = this.#loosePlace();
    if (place?.releases.isLoose === false) return false;
    const isDone = this.#rounds().finishCalm?.(count, count - 1) === true;
    if (isDone && place !== undefined && hasSeveral(place.states.likeliest)) this.#tally.doubt(count);
    return isDone;
  }

  #played(failure: Played["failure"]): Played {
    const answers = this.#tally.answers();
    const requests = Object.values(answers).reduce((sum, count) => sum + count, 0);
    return { requests, answers, uncertain: this.#tally.uncertain, failure };
  }

  /** Each request depends on the answers before it. */
  #isDependent(): boolean {
    return this.#step.jar === true || this.#step.keepalive === true;
  }

  #dependentPlayer(client: Client): () => Pick {
    const { jar = false, keepalive = false, expect } = this.#step;
    const got: Brought["got"] = (place, outcomes) => {
      const [{ member } = { member: -1 }, ...others] = outcomes;
      const cookie = jar && member !== -1 ? sessionCookie(place.cluster, member) : undefined;
      if (cookie !== undefined) client.keep(cookie.name, cookie.value);
      if (jar) client.sessions.meet(this.#topology, place.cluster, outcomes);
      if (jar && others.some((other) => other.member !== member)) client.isGuessed = true;
    };
    return () => {
      const wasGuessed = client.isGuessed;
      client.sessions.ask();
      if (!keepalive) client.hangUp();
      const kept = client.isKept(this.#world.now);
      const pick = this.#player({ cookies: client.cookiesFor(this.#step), kept, got })();
      client.answered(pick.status, this.#world.now);
      const { seen } = client.sessions;
      return {
        ...pick,
        ...(wasGuessed && { judged: false }),
        ...(expect?.session !== undefined && seen !== undefined && { session: wasGuessed ? "perhaps" : seen }),
      };
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

  #judgedPlayer(destination: ScenarioDestination, brought: Brought): () => Pick {
    const { way } = destination;
    const play = this.#playerAt(destination, way, brought);
    if (way === undefined || (way.judged && way.errors === undefined && way.error === undefined)) return play;
    return () => withDoubts(this.#withErrors(play(), way, brought), way);
  }

  /**
   * What the client gets in place of an error (`ap_die` of http_request.c): what ProxyErrorOverride takes counts as the
   * first error, also behind another one.
   */
  #withErrors(pick: Pick, way: Way, brought: Brought): Pick {
    const { member, status } = pick;
    const { errors } = way;
    const overridden = member !== null && errors?.overrides(status) === true;
    if (way.error !== undefined && !overridden) return errorDocument(pick, way, way.error);
    if (status === 0 || errors === undefined || (member !== null && !overridden)) return pick;
    const document = errors.document({ status, overridden });
    // What httpd says in the place of a member's answer is httpd's own.
    const own: Pick = member === null ? pick : { ...without(pick, "name"), member: null };
    if (document === undefined) return own;
    const instead = withDoubts(this.#playerAt(this.#world.reached(document), document, brought)(), document);
    if (instead.member !== null) return this.#withErrors(instead, document, brought);
    return { ...own, status: document.error ?? status, ...(instead.judged === false && { judged: false }) };
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
      return pickOf(this.#topology, place, outcomes);
    };
  }

  /** The balancer, where one request may find the one before still under way, see `Releases`. */
  #loosePlace(): BalancerPlace | undefined {
    const destination = this.#world.destination(this.#step);
    if (destination.kind !== "balancer" || this.#step.keepalive === true) return undefined;
    const { place } = destination;
    return place.releases.concerns(place.states.likeliest) ? place : undefined;
  }

  /** True when whose turn it is cannot be told of the next requests. */
  #isUntold(): boolean {
    const place = this.#loosePlace();
    return place?.releases.isLoose === true && place.states.likeliest.candidateCount > 1;
  }

  /** Counts requests as uncertain where whose turn it is cannot be told. */
  #doubting(requests: number): number {
    if (this.#isUntold()) this.#tally.doubt(requests);
    return requests;
  }

  /** Whose turn it is can be told only by a look at each request; beyond some, only where nothing can happen. */
  #isPlayedSingly(requests: number): boolean {
    const place = this.#loosePlace();
    if (place === undefined || requests > MOST_ONE_BY_ONE) return false;
    const state = place.states.likeliest;
    if (!place.releases.isLoose) return requests < MOST_TURNS;
    return state.candidateCount < 2 || !isCalm(state, NO_SESSION, place.backends, this.#step.every !== undefined);
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
    const { isOver } = this.#playing;
    const passElsewhere = (microseconds: number) => {
      this.#world.passElsewhere(microseconds, place);
    };
    const cookies = this.#step.cookies ?? {};
    const request = modelRequest(place, url, this.#step, { way: destination.way, cookies, kept: false });
    return new TurnRounds(
      { state, request, place, every, clockMoves: every > 0 || takes, pass, passElsewhere, ...(isOver && { isOver }) },
      this.#tally,
    );
  }
}

function withReason(message: string, { why }: Pick): string {
  return why === undefined ? message : `${message}: ${why.join("; ")}`;
}

/** An answer in the place of an error: one that fails leaves the error, and others may keep its status. */
function errorDocument(pick: Pick, { keeps }: Way, error: number): Pick {
  if (pick.member === null) return { ...pick, status: error };
  return keeps === undefined || WITHOUT_BODY.includes(pick.status) ? pick : { ...pick, status: keeps };
}

/** Statuses of answers that have no body. */
const WITHOUT_BODY = [204, 304];
