import { Client, keepAliveOf } from "./client.js";
import type { Way } from "../route/route.js";
import type { Cluster, Topology } from "../topology/topology.js";
import { healthCheckedClusters } from "../topology/usage.js";
import { membersMeant, nodesMeant, urlText } from "../scenario/nodes.js";
import type { RequestStep, RespondStep, SetStep } from "../scenario/steps.js";
import { ANSWERS, answering, REFUSES } from "./backend.js";
import type { Backend } from "./backend.js";
import type { Calm } from "./calm.js";
import { modelBalancer } from "./balancer.js";
import { BITS, isUsable, statusText } from "./bits.js";
import type { ModelBalancer, Surroundings } from "./balancer.js";
import { entryOf, wayOf } from "./entry.js";
import { failureHandled, isUnmeasured, protocolOf } from "./failures.js";
import type { Attempt } from "./failures.js";
import { restarted, setBalancer, setMember, viewedAs } from "./manage.js";
import { statusWithoutBalancer, workerOf } from "./plain-worker.js";
import { PossibleStates } from "./possible.js";
import { serverSettingsOf } from "./server-settings.js";
import { initialState } from "./state.js";
import { Releases } from "./releases.js";
import { synchronise } from "./synchronise.js";
import { unhandledMembers } from "./unhandled.js";
import { versionDoubtsOf } from "./version-doubts.js";
import type { VersionDoubts } from "./version-doubts.js";
import type { Pointer } from "../vocabulary/problem.js";

/** Where a request of a scenario goes. */
export type ScenarioDestination = Reached & {
  /** How it came there; absent where the topology was not read from an httpd.conf. */
  readonly way?: Way;
};

/** What stands at the end of a request's way. */
export type Reached =
  | { readonly kind: "balancer"; readonly place: BalancerPlace; readonly url: string }
  | { readonly kind: "backend"; readonly url: string }
  | { readonly kind: "httpd"; readonly status: number; readonly why: string };

/** A balancer of a running httpd and what stands behind its members. */
export interface BalancerPlace {
  readonly cluster: Cluster;
  readonly states: PossibleStates;
  /** Brought up to date when a node changes. */
  backends: readonly Backend[];
  /** What is known of its turns, kept from step to step. */
  calm: Calm | undefined;
  /** What is known of when its requests are over. */
  readonly releases: Releases;
  /** The parameters it is seen with: a virtual host may have its own. */
  view: string;
  /** Changes of the balancer since the start, which every host's view has taken. */
  changes: readonly SetStep[];
}

/** What else is known of a world. */
export interface WorldOptions extends Pick<Surroundings, "hostSent"> {
  /** Its clients wait until httpd has closed their connection, as those of a rehearsal do. @default false */
  readonly isPatient?: boolean;
}

/** What came of a request to a backend without a balancer. */
export interface BackendAnswer {
  /** False when httpd answered in its place. */
  readonly answered: boolean;
  /** 0 when the client's connection was closed without an answer. */
  readonly status: number;
  /** It failed in a way that nobody has measured in its protocol. */
  readonly unmeasured: boolean;
}

interface Node {
  readonly up: boolean;
  readonly answer: Backend;
}

const RUNNING: Node = { up: true, answer: ANSWERS };

/** One httpd and the nodes behind it while a scenario runs: what steps other than requests change. */
export class World {
  readonly #topology: Topology;
  /** Of clusters that something concerned, and of those with health checks, which time alone changes. */
  readonly #places = new Map<Cluster, BalancerPlace>();
  readonly #nodes = new Map<string, Node>();
  readonly #clients = new Map<string, Client>();
  readonly #hostSent: Surroundings["hostSent"];
  readonly #isPatient: boolean;
  #now = 0;
  readonly #doubts: VersionDoubts | undefined;
  #reloadedGracefully = false;

  constructor(topology: Topology, { hostSent, isPatient = false }: WorldOptions = {}) {
    this.#topology = topology;
    this.#isPatient = isPatient;
    this.#hostSent = hostSent;
    this.#doubts = versionDoubtsOf(topology);
    for (const cluster of healthCheckedClusters(topology)) this.#placeOf(cluster);
  }

  /** Microseconds since the start. */
  get now(): number {
    return this.#now;
  }

  /** The client of that number that calls a host; it lives as long as the world. */
  client(host: string | undefined, number: number): Client {
    const key = `${number} ${host ?? ""}`;
    const known = this.#clients.get(key);
    if (known !== undefined) return known;
    const client = new Client(keepAliveOf(this.#topology.servers[0]));
    this.#clients.set(key, client);
    return client;
  }

  /** Where a request goes; without any server described, to the first cluster. */
  destination(step: RequestStep, cookies = step.cookies ?? {}): ScenarioDestination {
    const { path = "/" } = step;
    const way = wayOf(this.#topology, { ...step, cookies });
    if (way !== undefined) return { ...this.reached(way), way: electing(way) };
    const [first] = this.#topology.clusters;
    if (this.#topology.servers.length === 0 && first !== undefined) {
      return this.#toBalancer(first, `balancer://${first.name}${path}`);
    }
    return { kind: "httpd", status: 404, why: "no server is described" };
  }

  /** The clients of a host as they are after what they did. */
  keepClients(host: string | undefined, clients: readonly Client[]): void {
    for (const [number, client] of clients.entries()) this.#clients.set(`${number} ${host ?? ""}`, client);
  }

  /** What stands at the end of a way. */
  reached(way: Way): Reached {
    const entry = entryOf(this.#topology, way);
    if (entry.kind === "httpd") return { ...entry, why: "httpd answers itself" };
    if (entry.kind === "cluster") {
      const { cluster, at } = entry.seen;
      return this.#toBalancer(this.#topology.clusters[at] ?? cluster, entry.url, cluster);
    }
    const to = workerOf(this.#topology, entry.url);
    const status = to === undefined ? BITS.init : statusWithoutBalancer(to);
    if (!isUsable(status)) return { kind: "httpd", status: 503, why: `the backend is ${statusText(status)}` };
    return { kind: "backend", url: to === undefined ? entry.url : urlText(to.url) };
  }

  /** What a backend without a balancer answers: such workers ignore errors, so nothing is ever remembered. */
  backendAnswer(url: string, attempt: Omit<Attempt, "pinged">): BackendAnswer {
    const backend = this.#backend(url);
    if (backend.kind === "answers") {
      this.pass(backend.delay ?? 0);
      return { answered: true, status: backend.status, unmeasured: false };
    }
    if (backend.kind === "unhandled") return { answered: false, status: backend.status, unmeasured: true };
    const protocol = protocolOf(url);
    const { access, drops = false } = failureHandled(backend.kind, protocol, { ...attempt, pinged: false });
    return { answered: false, status: drops ? 0 : access, unmeasured: isUnmeasured(backend.kind, protocol) };
  }

  stop(words: readonly string[]): void {
    this.#changeNodes(words, (node) => ({ ...node, up: false }));
    for (const { sessions } of this.#clients.values()) sessions.stopped((url) => this.#nodes.get(url)?.up === false);
  }

  start(words: readonly string[]): void {
    this.#changeNodes(words, (node) => ({ ...node, up: true }));
  }

  respond(step: RespondStep): void {
    const { member, failure } = step;
    this.#changeNodes([member], (node) => {
      const before = node.answer.kind === "answers" ? node.answer : ANSWERS;
      const answer: Backend = failure === undefined ? answering(before, step) : { kind: failure };
      return { ...node, answer };
    });
  }

  /** @param microseconds - 0 or more */
  pass(microseconds: number): void {
    if (microseconds === 0) return;
    this.#now += microseconds;
    for (const { states, backends } of this.#places.values()) states.pass(microseconds, backends);
  }

  /** Time that a request to one balancer took passes for everything else too. */
  passElsewhere(microseconds: number, place: BalancerPlace): void {
    if (microseconds === 0) return;
    this.#now += microseconds;
    for (const other of this.#places.values()) if (other !== place) other.states.pass(microseconds, other.backends);
  }

  set(change: SetStep): void {
    const wanted = change.balancer?.toLowerCase();
    for (const cluster of this.#topology.clusters) {
      if (wanted !== undefined && cluster.name.toLowerCase() !== wanted) continue;
      const place = this.#placeOf(cluster);
      const { states } = place;
      const { member } = change;
      if (member === undefined) place.changes = [...place.changes, change];
      if (change.loadfactor !== undefined || change.lbmethod !== undefined) place.releases.forget();
      const meant = member === undefined ? [] : membersMeant({ ...this.#topology, clusters: [cluster] }, member);
      states.change((state) => {
        synchronise(state);
        if (member === undefined) setBalancer(state, change);
        for (const { index } of meant) setMember(state, index, change);
        return state;
      });
    }
  }

  /** What this version of httpd leaves open about the next request to a cluster. */
  versionDoubts(cluster: Cluster | undefined): readonly Pointer[] {
    const doubts = this.#doubts;
    if (doubts === undefined) return [];
    const ring = cluster === undefined ? undefined : doubts.rings.get(cluster);
    const reload = this.#reloadedGracefully ? doubts.reload : undefined;
    return [ring, doubts.children, reload].filter((at) => at !== undefined);
  }

  reload(kind: "graceful" | "restart"): void {
    if (kind === "graceful") this.#reloadedGracefully = true;
    for (const cluster of this.#topology.clusters) {
      const place = this.#placeOf(cluster);
      place.states.change(restarted);
      if (place.states.likeliest.balancer.persist) continue;
      place.changes = [];
      place.releases.forget();
    }
  }

  #toBalancer(cluster: Cluster, url: string, seen = cluster): Reached {
    const place = this.#placeOf(cluster);
    const view = viewOf(seen);
    if (view !== place.view) {
      const balancer = this.#modelOf(seen);
      place.states.change((state) => viewedAs(state, balancer, place.changes));
      place.view = view;
      place.calm = undefined;
    }
    return { kind: "balancer", place, url };
  }

  #changeNodes(words: readonly string[], change: (node: Node) => Node): void {
    for (const word of words) {
      for (const url of nodesMeant(this.#topology, word)) {
        this.#nodes.set(url, change(this.#nodes.get(url) ?? RUNNING));
        const backend = this.#backend(url);
        for (const { cluster, index } of membersMeant(this.#topology, url)) {
          const place = this.#placeOf(cluster);
          if (place.backends[index]?.kind === "unhandled") continue;
          place.backends = place.backends.with(index, backend);
        }
      }
    }
  }

  /** Time is all that has passed for one that nothing concerned yet. */
  #placeOf(cluster: Cluster): BalancerPlace {
    const known = this.#places.get(cluster);
    if (known !== undefined) return known;
    const place = this.#newPlace(cluster);
    place.states.pass(this.#now, place.backends);
    this.#places.set(cluster, place);
    return place;
  }

  #newPlace(cluster: Cluster): BalancerPlace {
    const states = new PossibleStates(initialState(this.#modelOf(cluster)));
    const unhandled = unhandledMembers(this.#topology, cluster);
    const backends = cluster.members.map((_, index) => unhandled.get(index) ?? ANSWERS);
    const releases = new Releases(this.#isPatient);
    return { cluster, states, backends, releases, calm: undefined, view: viewOf(cluster), changes: [] };
  }

  #modelOf(cluster: Cluster): ModelBalancer {
    const settings = serverSettingsOf(this.#topology, cluster);
    return modelBalancer(cluster, { ...this.#topology, settings, hostSent: this.#hostSent });
  }

  #backend(url: string): Backend {
    const node = this.#nodes.get(url) ?? RUNNING;
    return node.up ? node.answer : REFUSES;
  }
}

function viewOf({ parameters }: Cluster): string {
  return JSON.stringify(parameters);
}

/** Whether a balancer has a member to ask, and what the election changes, is not followed where none can be asked. */
function electing(way: Way): Way {
  return way.to.kind === "proxy" && way.to.halfEncoded === true ? { ...way, judged: false, doubts: way.by } : way;
}
