import { setMaxListeners } from "node:events";
import { isIP } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Scenario, Step } from "../core/scenario/scenario.js";
import { methodOf, saysLength } from "../core/scenario/method.js";
import type { RequestStep, RespondStep, SetStep } from "../core/scenario/steps.js";
import { clusterNamed } from "../core/topology/seen-cluster.js";
import type { Cluster, Topology } from "../core/topology/topology.js";
import { membersMeant, nodesMeant, plainBackends, urlText } from "../core/scenario/nodes.js";
import { makeChange } from "./change.js";
import { send } from "./client.js";
import { KeptConnection } from "./kept-connection.js";
import type { ClientAnswer } from "./answer-reader.js";
import type { ReloadKind } from "./httpd.js";
import { paddingFor } from "./padding.js";
import { UnreadyError } from "./program.js";
import { WORKER_HEADER } from "./played-conf.js";
import type { Stage } from "./stage.js";
import { memberOrigin } from "../core/conf/rewire/origin.js";
import { STUB_HEADER } from "./stub-node.js";
import type { StubNode } from "./stub-node.js";

/** Who answered a request on the real httpd. */
export interface RealPick {
  /** URL as configured; absent when httpd answered itself. */
  readonly member?: string;
  readonly status: number;
  /** Index of the step. */
  readonly step: number;
  /** When it was sent: milliseconds since the play began. */
  readonly sent: number;
  /** When the answer was complete. */
  readonly answered: number;
}

/** What came of a play. */
export interface RealTrace {
  /** One a request, in order. */
  readonly picks: readonly RealPick[];
  /** When each step began: milliseconds since the play began. */
  readonly steps: readonly number[];
}

/** What a play may be given. */
export interface PlayOptions {
  /** Ends the play; it then throws the signal's reason. */
  readonly signal?: AbortSignal;
  /** Told before each step. */
  readonly onStep?: (step: number) => void;
  /** Reloads. @default - the httpd of the stage; plays that share a stage agree on one reload */
  readonly reload?: (kind: ReloadKind) => Promise<void>;
  /** Sends a request when its turn comes. @default - at once; plays that share a stage take turns */
  readonly inTurn?: <T>(send: () => Promise<T>) => Promise<T>;
}

/** What a play has at hand. */
interface Play extends PlayOptions {
  readonly stage: Stage;
  readonly began: number;
  readonly clients: Map<string, PlayClient>;
}

/** A client of a play: its connection and its cookies. */
interface PlayClient {
  readonly connection: KeptConnection;
  readonly jar: Map<string, string>;
}

/** Most requests of one rehearsal: about ten minutes. */
const MOST_REQUESTS = 1_000_000;

/**
 * Plays a scenario on a stage, in real time, as one sequential client unless a step asks for several.
 *
 * @throws UnreadyError when a step cannot be played on a real httpd
 */
export async function play(stage: Stage, scenario: Scenario, options: PlayOptions = {}): Promise<RealTrace> {
  if (options.signal !== undefined) setMaxListeners(0, options.signal);
  const playing: Play = { ...options, stage, began: performance.now(), clients: new Map() };
  const requests = scenario.steps.reduce((sum, step) => sum + ("request" in step ? (step.request.count ?? 1) : 0), 0);
  if (requests > MOST_REQUESTS) {
    throw new UnreadyError(`${requests} requests are too many to rehearse; send at most ${MOST_REQUESTS}`);
  }
  const picks: RealPick[] = [];
  const steps: number[] = [];
  try {
    for (const [index, step] of scenario.steps.entries()) {
      options.signal?.throwIfAborted();
      options.onStep?.(index);
      steps.push(performance.now() - playing.began);
      if ("request" in step) await request(playing, step.request, index, picks);
      else await act(playing, step);
    }
  } finally {
    for (const { connection } of playing.clients.values()) connection.close();
  }
  return { picks, steps };
}

async function act(playing: Play, step: Exclude<Step, { readonly request: RequestStep }>): Promise<void> {
  const { stage, signal } = playing;
  if ("wait" in step) await sleep(step.wait.milliseconds, undefined, signal === undefined ? {} : { signal });
  else if ("stop" in step) await Promise.all(stubsNamed(playing, step.stop).map((stub) => stub.stop()));
  else if ("start" in step) await Promise.all(stubsNamed(playing, step.start).map((stub) => stub.start()));
  else if ("respond" in step) respond(playing, step.respond);
  else if ("set" in step) await change(playing, step.set);
  else await (playing.reload ?? stage.httpd.reload)(step.reload);
}

/** The requests of a step, of one client or of several; picks are in the order in which they were sent. */
async function request(playing: Play, step: RequestStep, index: number, picks: RealPick[]): Promise<void> {
  const { clients = 1, count = 1 } = step;
  const own: RealPick[] = [];
  let left = count;
  const take = (): boolean => left-- > 0;
  await Promise.all(
    Array.from({ length: Math.min(clients, count) }, (_, number) =>
      requestsOf(playing, { step, index, client: clientOf(playing, step, number), picks: own, take }),
    ),
  );
  picks.push(...own.sort((left, right) => left.sent - right.sent));
}

/** The requests of one client among those of a step. */
interface ClientTask {
  readonly step: RequestStep;
  readonly index: number;
  readonly client: PlayClient;
  readonly picks: RealPick[];
  /** Takes the next request; false when there is none left. */
  readonly take: () => boolean;
}

async function requestsOf(playing: Play, { step, index, client, picks, take }: ClientTask): Promise<void> {
  const { signal, began } = playing;
  let due = performance.now();
  for (let done = 0; take(); done++) {
    signal?.throwIfAborted();
    if (done > 0 && step.every !== undefined) {
      const now = performance.now();
      due = nextDue(due, now, step.every.milliseconds);
      await sleep(due - now, undefined, signal === undefined ? {} : { signal });
    }
    const inTurn = playing.inTurn ?? atOnce;
    await inTurn(async () => {
      const sent = performance.now() - began;
      const answer = await ask(playing, step, client);
      const member = answererOf(playing, answer);
      const { status } = answer;
      const answered = performance.now() - began;
      picks.push({ ...(member === undefined ? {} : { member }), status, step: index, sent, answered });
    });
  }
}

/**
 * When the next request of a row is due, in milliseconds: what sending and answering took is no part of the time between
 * two, or a rate would fall behind; an answer that let it wait longer than that has taken time in the model, too.
 */
function nextDue(due: number, now: number, every: number): number {
  return (now - due < every ? due : now) + every;
}

function atOnce<T>(send: () => Promise<T>): Promise<T> {
  return send();
}

/** The client of that number that calls a step's host. */
function clientOf({ clients }: Play, { host }: RequestStep, number: number): PlayClient {
  const key = `${number} ${host ?? ""}`;
  const client = clients.get(key) ?? { connection: new KeptConnection(), jar: new Map<string, string>() };
  clients.set(key, client);
  return client;
}

async function ask({ stage, signal }: Play, step: RequestStep, client: PlayClient): Promise<ClientAnswer> {
  const { topology, workerAuthority } = stage;
  const { address, port, host, tls } = stage.called(step.host);
  const { jar = false, keepalive = false, body = 0 } = step;
  if (jar)
    for (const [name, value] of Object.entries(step.cookies ?? {})) client.jar.set(name, client.jar.get(name) ?? value);
  const cookies = (jar ? [...client.jar] : Object.entries(step.cookies ?? {})).map(
    ([name, value]) => `${name}=${value}`,
  );
  const headers = cookies.length === 0 ? {} : { Cookie: cookies.join("; ") };
  const padding = paddingFor(topology, step, { authority: workerAuthority, headers, host });
  const request = {
    ...{
      address,
      port,
      ...(tls && { tls: { servername: nameOf(host), rejectUnauthorized: false } }),
      method: methodOf(step),
      path: step.path ?? "/",
      body: "x".repeat(body),
    },
    headers: { Host: host, ...headers, ...padding, ...lengthHeader(step) },
  };
  const options = signal === undefined ? {} : { signal };
  if (!keepalive) client.connection.close();
  const answer = keepalive ? await client.connection.ask(request, options) : await send(request, options);
  if (jar) for (const [name, value] of answer.cookies) client.jar.set(name, value);
  return answer;
}

/** The name that is asked for in TLS: none for an address. */
function nameOf(host: string): string {
  const name = host.replace(/:[0-9]+$/, "");
  return isIP(name) === 0 ? name : "";
}

/** How long the body is, also where a method could have one and has none. */
function lengthHeader(step: RequestStep): Readonly<Record<string, string>> {
  return saysLength(step) ? { "Content-Length": String(step.body ?? 0) } : {};
}

/** A backend names itself; where several members are one backend, httpd says which one it chose. */
function answererOf({ stage }: Play, { headers }: ClientAnswer): string | undefined {
  const origin = headers.get(STUB_HEADER);
  if (origin === undefined) return undefined;
  const { topology } = stage;
  const isIts = (url: string): boolean => memberOrigin(url) === origin;
  const members = topology.clusters.flatMap((cluster) => cluster.members.map(({ url }) => urlText(url))).filter(isIts);
  const plain = plainBackends(topology).filter(isIts);
  const worker = headers.get(WORKER_HEADER);
  const chosen = worker === undefined ? undefined : members.find((url) => stage.workerUrl(url) === worker);
  return chosen ?? (worker === undefined ? members[0] : plain[0]) ?? plain[0] ?? members[0] ?? origin;
}

function respond(playing: Play, { member, status, body, delay, failure }: RespondStep): void {
  for (const stub of stubsNamed(playing, [member])) {
    if (failure === undefined) {
      stub.behave({
        ...(status === undefined ? {} : { status }),
        ...(body === undefined ? {} : { bodyBytes: body }),
        ...(delay === undefined ? {} : { delay: delay.milliseconds }),
      });
    } else if (failure !== "lost" && failure !== "unresolvable") stub.behave({ failure });
    else throw new UnreadyError(`'failure: ${failure}' of ${member} cannot be rehearsed; take the step out`);
  }
}

async function change({ stage }: Play, set: SetStep): Promise<void> {
  const { clusters } = stage.topology;
  const cluster = clusters.find(({ name }) => set.balancer?.toLowerCase() === name.toLowerCase()) ?? clusters[0];
  const placed = set.member === undefined ? undefined : membersMeant(stage.topology, set.member);
  const member = placed?.find((one) => one.cluster === cluster);
  if (cluster === undefined || (placed !== undefined && member === undefined)) {
    throw new UnreadyError(`no balancer fits the change ${JSON.stringify(set)}`);
  }
  const target = { balancer: cluster.name };
  if (member !== undefined) {
    await makeChange({ ...target, manager: stage.managerOf(cluster.scope), member: member.index }, set);
    return;
  }
  // Members are shared by all virtual hosts, but each host has a balancer of its own around them.
  for (const host of hostsThatSee(stage.topology, cluster)) {
    await makeChange({ ...target, manager: stage.managerOf(host) }, set);
  }
}

/** The scope a cluster is defined in, and the virtual hosts that inherit it. */
function hostsThatSee(topology: Topology, cluster: Cluster): readonly (string | undefined)[] {
  const [server] = topology.servers;
  if (server === undefined || cluster.scope !== undefined) return [cluster.scope];
  const at = topology.clusters.indexOf(cluster);
  const heirs = server.virtualHosts.filter((host) => clusterNamed(topology, cluster.name, { server, host })?.at === at);
  return [undefined, ...heirs.map(({ name }) => name)];
}

function stubsNamed({ stage }: Play, words: readonly string[]): readonly StubNode[] {
  return words.flatMap((word) => {
    const stubs = nodesMeant(stage.topology, word).flatMap((url) => stage.stubs.get(memberOrigin(url)) ?? []);
    if (stubs.length === 0) throw new UnreadyError(`the scenario names ${word}, which is no member of a cluster`);
    return stubs;
  });
}
