import { modelBalancer, routeOf } from "../model/engine.js";
import type { ModelBalancer } from "../model/engine.js";
import type { Answer } from "../model/trace.js";
import { membersMeant, urlText } from "../scenario/nodes.js";
import type { Step } from "../scenario/scenario.js";
import type { RequestStep } from "../scenario/steps.js";
import { initialStatus } from "../topology/roles.js";
import type { Cluster, Topology } from "../topology/topology.js";
import type { StatusLetter } from "../vocabulary/status.js";
import { readStatus } from "../vocabulary/status.js";
import type { ClusterPromise } from "./promise.js";
import { SessionWatch } from "./session-watch.js";

/** What a step of a scenario came to, in the model or on a real httpd. */
export interface Seen {
  /** One a request: every answer that is possible; on a real httpd there is one. */
  readonly answers: readonly (readonly Answer[])[];
  /** Members, by index, that are out of use after the step (Err before its retry time, HcFl); `failback` needs it. */
  readonly outOfUse?: ReadonlySet<number>;
  /** The same where only some of the states httpd may be in say so. @default - the same members */
  readonly perhapsOut?: ReadonlySet<number>;
}

/** Whether a promise was kept; `perhaps` where one of several possible answers breaks it. */
export type Sighting = "kept" | "perhaps" | "broken";

/** What else counts of an answer. */
interface Circumstances {
  readonly outOfUse: ReadonlySet<number> | undefined;
  /** It is the last request of its step. */
  readonly last: boolean;
  /** httpd may have given no other answer. */
  readonly certain: boolean;
}

const OUT: readonly StatusLetter[] = ["D", "S", "U", "N"];

/**
 * Watches a scenario step by step and says where a promise is broken, from answers alone: it knows nothing of how httpd
 * chooses. It judges what a search found, what a real httpd answered, and what random walks meet.
 */
export class PromiseWatch {
  readonly #topology: Topology;
  readonly #cluster: Cluster;
  readonly #promise: ClusterPromise;
  readonly #slack: number;
  readonly #balancer: ModelBalancer;
  readonly #urls: readonly string[];
  readonly #letters: readonly ReadonlySet<StatusLetter>[];
  readonly #down: boolean[];
  readonly #out: boolean[];
  /** Since when each member accepts connections and is in service, in milliseconds; -Infinity from the start on. */
  readonly #since: number[];
  readonly #returned: boolean[];
  readonly #sessions: SessionWatch;
  /** Requests in a row that each member did not answer though it was back. */
  readonly #missed: number[];
  readonly #counts = new Map<number, number>();
  #total = 0;
  #now = 0;
  /** Members that answered requests of the step under way which may have found their session lost. */
  readonly #lostPerhaps: number[] = [];

  /**
   * @param slack - part of the requests of a step by which a share may be off before it counts
   */
  constructor(topology: Topology, cluster: Cluster, promise: ClusterPromise, slack = 1e-9) {
    this.#topology = topology;
    this.#cluster = cluster;
    this.#promise = promise;
    this.#slack = slack;
    this.#balancer = modelBalancer(cluster, topology);
    this.#urls = cluster.members.map(({ url }) => urlText(url));
    this.#letters = cluster.members.map(initialStatus);
    this.#down = cluster.members.map(() => false);
    this.#out = this.#letters.map(isOut);
    this.#since = cluster.members.map(() => -Infinity);
    this.#returned = cluster.members.map(() => false);
    this.#missed = cluster.members.map(() => 0);
    this.#sessions = new SessionWatch(topology, cluster, this.#balancer);
  }

  /** Takes in a step and what it came to. */
  see(step: Step, { answers, outOfUse, perhapsOut = outOfUse }: Seen): Sighting {
    if ("request" in step) {
      const late = [...(perhapsOut ?? [])].some((m) => this.#isReturned(m));
      const isPlain = this.#routeOf(step.request) === undefined;
      this.#lostPerhaps.length = 0;
      const sighting = this.#requests(step.request, answers, outOfUse);
      return sighting === "kept" && ((late && isPlain) || this.#lostPerhaps.length > 0) ? "perhaps" : sighting;
    }
    this.#missed.fill(0);
    if ("wait" in step) this.#now += step.wait.milliseconds;
    else if ("stop" in step) this.#toggle(step.stop, true);
    else if ("start" in step) this.#toggle(step.start, false);
    else if ("set" in step && step.set.status !== undefined) this.#set(step.set.member ?? "", step.set.status);
    else if ("reload" in step) for (const [m, letters] of this.#letters.entries()) this.#place(m, isOut(letters));
    return "kept";
  }

  /** Of the requests since the last other step, the part that a member answered; undefined without requests. */
  shareOf(member: number): number | undefined {
    return this.#total === 0 ? undefined : (this.#counts.get(member) ?? 0) / this.#total;
  }

  #requests(
    step: RequestStep,
    answers: readonly (readonly Answer[])[],
    outOfUse: ReadonlySet<number> | undefined,
  ): Sighting {
    this.#counts.clear();
    this.#total = 0;
    let worst: Sighting = "kept";
    for (const [place, possible] of answers.entries()) {
      if (place > 0) this.#now += step.every?.milliseconds ?? 0;
      const bad = possible.map((answer) =>
        this.#breaks(step, answer, { outOfUse, last: place === answers.length - 1, certain: possible.length === 1 }),
      );
      const sighting = bad.every(Boolean) ? "broken" : bad.some(Boolean) ? "perhaps" : "kept";
      if (sighting === "broken" || worst === "kept") worst = sighting;
      const [first] = possible;
      this.#total++;
      if (first !== undefined) this.#answered(step, this.#indexOf(first));
    }
    return this.#promise.id === "share" || this.#promise.id === "capacity" ? this.#ofCounts() : worst;
  }

  #breaks(step: RequestStep, answer: Answer, { outOfUse, last, certain }: Circumstances): boolean {
    const member = this.#indexOf(answer);
    const route = this.#routeOf(step);
    switch (this.#promise.id) {
      case "always-served":
        return member === -1 && answer.status >= 500 && this.#down.some((down, m) => !down && this.#out[m] === false);
      case "standby-idle": {
        const { within } = this.#promise;
        const back = (m: number): boolean => !this.#isStandby(m) && this.#isBack(m, within.milliseconds, false);
        return route === undefined && this.#isStandby(member) && this.#down.some((_, m) => back(m));
      }
      case "failback": {
        if (route !== undefined) return false;
        const { requests = Infinity } = this.#promise;
        return this.#down.some(
          (_, m) =>
            this.#isReturned(m) &&
            ((last && outOfUse?.has(m) === true) || (m !== member && (this.#missed[m] ?? 0) + 1 >= requests)),
        );
      }
      case "sessions":
        return this.#losesSession(route, member, certain) || (route !== undefined && this.#isLeftBehind(route, member));
      case "share":
      case "capacity":
        return false;
    }
  }

  /** True when a session is lost for certain; that one may be is noted. */
  #losesSession(route: string | undefined, member: number, certain: boolean): boolean {
    const fate = this.#sessions.fate(route, member, certain);
    if (fate === "perhaps") this.#lostPerhaps.push(member);
    return fate === "broken";
  }

  #ofCounts(): Sighting {
    if (this.#promise.id === "share") return this.#ofShare(this.#promise);
    if (this.#promise.id !== "capacity") return "kept";
    const { requestsPerSecond } = this.#promise;
    const over = this.#cluster.members.some(
      ({ capacity = Infinity }, m) =>
        requestsPerSecond * ((this.shareOf(m) ?? 0) - this.#slack) > capacity * (1 + 1e-9),
    );
    return over ? "broken" : "kept";
  }

  /** A failed member leaves its part to the others: how much more may then be is said by the finding. */
  #ofShare({ about, within, member }: Extract<ClusterPromise, { id: "share" }>): Sighting {
    const index = this.#cluster.members.findIndex(({ name }) => name === member);
    const isGone = (m: number): boolean =>
      this.#down[m] === true || (this.#out[m] === true && !isOut(this.#letters[m] ?? new Set()));
    if (isGone(index)) return "kept";
    const gone = this.#down.filter((_, m) => isGone(m)).length;
    const share = this.shareOf(index) ?? 0;
    if (gone > 1) return "kept";
    if (share < about - within - this.#slack) return "broken";
    if (share <= about + within + this.#slack) return "kept";
    return gone === 0 ? "broken" : "perhaps";
  }

  /** A standby goes on with a session of its own though somebody who is no standby is out of error for sure. */
  #isLeftBehind(route: string, member: number): boolean {
    const { members, settings } = this.#balancer;
    if (!this.#isStandby(member) || settings.routes[member] !== route || !this.#sessions.has(member)) return false;
    return members.some(({ retry }, m) => !this.#isStandby(m) && this.#isBack(m, retry / 1_000, false));
  }

  #isBack(member: number, milliseconds: number, atOnce: boolean): boolean {
    if (this.#down[member] === true || this.#out[member] === true) return false;
    const time = this.#now - (this.#since[member] ?? 0);
    return atOnce ? time >= milliseconds : time > milliseconds;
  }

  #isStandby(member: number): boolean {
    const letters = this.#letters[member];
    return letters?.has("H") === true && !letters.has("R");
  }

  #isActive(member: number): boolean {
    const letters = this.#letters[member];
    return letters?.has("H") === false && !letters.has("R");
  }

  #toggle(words: readonly string[], down: boolean): void {
    const meant = words.flatMap((word) => membersMeant(this.#topology, word));
    for (const { cluster, index } of meant) {
      if (cluster.name !== this.#cluster.name || this.#down[index] === down) continue;
      this.#down[index] = down;
      if (down) this.#sessions.stopped(this.#down);
      else {
        this.#since[index] = this.#now;
        this.#returned[index] = true;
      }
    }
  }

  #set(word: string, status: string): void {
    const { set, clear } = readStatus(status) ?? { set: [], clear: [] };
    for (const { cluster, index } of membersMeant(this.#topology, word)) {
      if (cluster.name !== this.#cluster.name) continue;
      const before = this.#current.get(index) ?? new Set(this.#letters[index]);
      for (const letter of set) before.add(letter);
      for (const letter of clear) before.delete(letter);
      this.#current.set(index, before);
      this.#place(index, isOut(before));
    }
  }

  readonly #current = new Map<number, Set<StatusLetter>>();

  #place(member: number, out: boolean): void {
    if (this.#out[member] === true && !out) {
      this.#since[member] = this.#now;
      this.#returned[member] = true;
    }
    this.#out[member] = out;
  }

  #answered(step: RequestStep, member: number): void {
    this.#counts.set(member, (this.#counts.get(member) ?? 0) + 1);
    if (this.#promise.id !== "failback" || this.#promise.requests === undefined) return;
    const isPlain = this.#routeOf(step) === undefined;
    for (const [m, missed] of this.#missed.entries()) {
      this.#missed[m] = isPlain && m !== member && this.#isReturned(m) ? missed + 1 : 0;
    }
  }

  /** True for an active that has been back for the time that `failback` gives it. */
  #isReturned(member: number): boolean {
    if (this.#promise.id !== "failback" || this.#returned[member] !== true) return false;
    return this.#isActive(member) && this.#isBack(member, this.#promise.within.milliseconds, true);
  }

  #indexOf({ member }: Answer): number {
    return member === null ? -1 : this.#urls.indexOf(member);
  }

  #routeOf({ path = "/", cookies }: RequestStep): string | undefined {
    const pairs = Object.entries(cookies ?? {}).map(([name, value]) => `${name}=${value}`);
    const cookie = pairs.length > 0 ? { cookie: pairs.join("; ") } : {};
    return routeOf(this.#balancer, this.#balancer.settings.sticky, { url: path, ...cookie });
  }
}

function isOut(letters: ReadonlySet<StatusLetter>): boolean {
  return OUT.some((letter) => letters.has(letter));
}
