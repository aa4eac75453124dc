import type { Way } from "../route/route.js";
import type { RequestStep } from "../scenario/steps.js";
import type { Topology } from "../topology/topology.js";
import { playCrowd } from "./crowd-run.js";
import type { CrowdStep } from "./crowd-run.js";
import { Watch } from "./expectation.js";
import { modelRequest, pickOf, withDoubts } from "./picks.js";
import type { Played } from "./played.js";
import { sessionCookie } from "./session-cookie.js";
import { Tally } from "./tally.js";
import type { Answer, Pick } from "./trace.js";
import type { BalancerPlace, ScenarioDestination, World } from "./world.js";

/** The requests of one step of several clients. */
export class CrowdRun {
  readonly #topology: Topology;
  readonly #world: World;
  readonly #step: RequestStep;
  readonly #room: number;
  readonly #urls = new Map<string, { readonly url: string; readonly way: Way | undefined }>();

  /** @param room - picks that may still be kept */
  constructor(topology: Topology, world: World, step: RequestStep, room: number) {
    this.#topology = topology;
    this.#world = world;
    this.#step = step;
    this.#room = room;
  }

  /** Plays all requests and adds the first picks to those kept. */
  play({ place, way }: Extract<ScenarioDestination, { kind: "balancer" }>, picks: Pick[]): Played {
    const { host, clients = 1, count = 1, expect } = this.#step;
    const result = playCrowd(place, this.#crowdStep(place, clients, count));
    const { members } = place.states.likeliest.balancer;
    place.states.become(result.states);
    place.calm = undefined;
    this.#world.keepClients(host, result.clients);
    this.#world.passElsewhere(result.elapsed, place);
    const shares = result.shares.map(({ member, ...share }) => ({ member: members[member]?.url ?? null, ...share }));
    const either = shares.map(({ member, status }): Answer => ({ member, status }));
    const tally = new Tally();
    const versions = this.#world.versionDoubts(place.cluster);
    const judge = (pick: Pick): Pick => {
      const known = withDoubts(pick, { judged: versions.length === 0, doubts: versions });
      return way === undefined ? known : withDoubts(known, way);
    };
    for (const [index, outcome] of result.outcomes.entries()) {
      const pick = pickOf(this.#topology, place, { outcomes: [outcome], why: undefined });
      tally.add(pick);
      if (index < this.#room) picks.push(judge(either.length > 1 ? { ...pick, either } : pick));
    }
    const uncertain = either.length > 1 ? count : 0;
    const wrong = expect === undefined ? undefined : new Watch(this.#topology, expect).ofCrowd(shares);
    const failure = wrong === undefined ? undefined : { place: count, message: wrong };
    return { requests: count, answers: tally.answers(), uncertain, shares, failure };
  }

  #crowdStep(place: BalancerPlace, clients: number, requests: number): CrowdStep {
    const { host, jar = false, keepalive = false, every } = this.#step;
    return {
      clients: Array.from({ length: clients }, (_, number) => this.#world.client(host, number)),
      requests,
      think: (every?.milliseconds ?? 0) * 1_000,
      requestOf: (client, now) => {
        if (!keepalive) client.hangUp();
        const cookies = client.cookiesFor(this.#step);
        const { url, way } = this.#urlWith(cookies);
        return modelRequest(place, url, this.#step, { way, cookies, kept: client.isKept(now) });
      },
      answered: (client, { member, status }, now) => {
        client.answered(status, now);
        const cookie = jar && member !== -1 ? sessionCookie(place.cluster, member) : undefined;
        if (cookie !== undefined) client.keep(cookie.name, cookie.value);
      },
    };
  }

  /** Where a request with these cookies goes; the same cookies lead to the same place. */
  #urlWith(cookies: Readonly<Record<string, string>>): { readonly url: string; readonly way: Way | undefined } {
    const key = JSON.stringify(cookies);
    const known = this.#urls.get(key);
    if (known !== undefined) return known;
    const destination = this.#world.destination(this.#step, cookies);
    const found = { url: destination.kind === "balancer" ? destination.url : "", way: destination.way };
    this.#urls.set(key, found);
    return found;
  }
}
