import { mountsInOrder } from "../topology/mounts.js";
import { entryOf, wayOf } from "./entry.js";
import type { Way } from "../route/route.js";
import type { Mount, Server, Topology } from "../topology/topology.js";
import { shown } from "../vocabulary/shown.js";
import { pointerStep } from "../vocabulary/problem.js";
import type { Pointer, Problem } from "../vocabulary/problem.js";
import { suggestion } from "../vocabulary/suggest.js";
import { membersMeant, nodesMeant, wordProblem } from "../scenario/nodes.js";
import type { Scenario, Step } from "../scenario/scenario.js";
import type { Expectation, RequestStep, SetStep } from "../scenario/steps.js";

/** Where a step stands, and what a message calls it. */
interface StepPlace {
  readonly at: Pointer;
  readonly subject: string;
}

/**
 * What is wrong with a scenario for a topology: unknown members, stopping what is stopped, starting what runs, and where
 * nothing but mounts decides, paths that no mount serves, unless the scenario expects just that.
 */
export function checkScenario(topology: Topology, scenario: Scenario): readonly Problem[] {
  const stopped = new Set<string>();
  return scenario.steps.flatMap((step, index) => {
    const place: StepPlace = { at: `/steps${pointerStep(index)}`, subject: `step ${index + 1}` };
    return stepProblems(topology, step, place, stopped);
  });
}

function stepProblems(
  topology: Topology,
  step: Step,
  { at, subject }: StepPlace,
  stopped: Set<string>,
): readonly Problem[] {
  const wordAt = (word: string, where: Pointer) => wordProblem(topology, word, where, `member of ${subject}`);
  if ("stop" in step) return switchProblems(topology, step.stop, { at: `${at}/stop`, subject }, stopped, "stop");
  if ("start" in step) return switchProblems(topology, step.start, { at: `${at}/start`, subject }, stopped, "start");
  if ("respond" in step) return some(wordAt(step.respond.member, `${at}/respond/member`));
  if ("set" in step) return setProblems(topology, step.set, { at: `${at}/set`, subject });
  return "request" in step ? requestProblems(topology, step.request, { at: `${at}/request`, subject }) : [];
}

/** Members switched on or off twice. `stopped` is what is off before this step; it is brought up to date. */
function switchProblems(
  topology: Topology,
  words: readonly string[],
  { at, subject }: StepPlace,
  stopped: Set<string>,
  action: "stop" | "start",
): readonly Problem[] {
  return words.flatMap((word, index) => {
    const place: Pointer = `${at}${pointerStep(index)}`;
    const unknown = wordProblem(topology, word, place, `member of ${subject}`);
    if (unknown !== undefined) return [unknown];
    const node = nodesMeant(topology, word)[0] ?? word;
    const isStopped = stopped.has(node);
    if (action === "stop") stopped.add(node);
    else stopped.delete(node);
    if (isStopped === (action === "start")) return [];
    const state = isStopped ? "stopped" : "running";
    return [
      {
        at: place,
        subject: `'${action}' of ${subject}`,
        found: `${shown(word)}, which is ${state} already`,
        allowed: action === "stop" ? "a member that is running" : "a member that is stopped",
        fix: "leave it out, or correct the steps before",
      },
    ];
  });
}

function setProblems(topology: Topology, set: SetStep, { at, subject }: StepPlace): readonly Problem[] {
  const clusters = topology.clusters.map(({ name }) => name);
  if (set.balancer === undefined && clusters.length > 1) {
    const allowed = clusters.join(", ");
    return [{ at, subject: `'set' of ${subject}`, found: "no 'balancer'", allowed, fix: "name the balancer" }];
  }
  const wanted = (set.balancer ?? clusters[0] ?? "").toLowerCase();
  const cluster = topology.clusters.find(({ name }) => name.toLowerCase() === wanted);
  if (cluster === undefined) {
    const found = shown(set.balancer ?? "nothing");
    const fix = suggestion(set.balancer ?? "", clusters);
    return [{ at: `${at}/balancer`, subject: `balancer of ${subject}`, found, allowed: clusters.join(", "), fix }];
  }
  const { member } = set;
  if (member === undefined) return [];
  const inCluster = membersMeant({ ...topology, clusters: [cluster], servers: [] }, member);
  if (inCluster.length > 0) return [];
  const place: Pointer = `${at}/member`;
  return some(wordProblem({ ...topology, clusters: [cluster], servers: [] }, member, place, `member of ${subject}`));
}

function requestProblems(topology: Topology, request: RequestStep, { at, subject }: StepPlace): readonly Problem[] {
  const expected = request.expect;
  return [
    ...pathProblems(topology, request, { at, subject }),
    ...(expected === undefined ? [] : expectProblems(topology, expected, { at: `${at}/expect`, subject })),
  ];
}

function pathProblems(topology: Topology, request: RequestStep, { at, subject }: StepPlace): readonly Problem[] {
  const [server] = topology.servers;
  const way = wayOf(topology, request);
  if (server === undefined || way === undefined || !hasOnlyMounts(server)) return [];
  const path = request.path ?? "/";
  const entry = entryOf(topology, way);
  if (entry.kind !== "httpd" || entry.status === request.expect?.status) return [];
  // A module that is not loaded is no matter of the path.
  if (way.to.kind === "answer" && way.to.status === 500) return [];
  const where: Pointer = request.path === undefined ? at : `${at}/path`;
  const mounts = mountsMet(server, way);
  const known = mounts.flatMap(({ to, path: served }) => (to.kind === "exclude" ? [] : [served]));
  return [
    {
      at: where,
      subject: `path of ${subject}`,
      found: `${shown(path)}, which httpd answers with ${entry.status} (${reasonOf(entry.status, mounts)})`,
      allowed: known.length > 0 ? `a path that a mount serves: ${known.join(", ")}` : "a host that serves paths",
      fix: `correct the ${known.length > 0 ? "path" : "'host'"}, or expect status ${entry.status}`,
    },
  ];
}

/** Only where nothing but mounts decides can the path alone tell; elsewhere that httpd answers may be what is asked. */
function hasOnlyMounts(server: Server): boolean {
  const scopes = [server, ...server.virtualHosts];
  const plain = scopes.every(({ front = [], extra = [] }) => {
    return extra.length === 0 && front.every(({ name }) => /^proxypass(?:match)?$/i.test(name));
  });
  return plain && server.virtualHosts.every(({ addresses }) => addresses.every((address) => address.startsWith("*")));
}

/** Why httpd itself answers where nothing but mounts decides. */
function reasonOf(status: number, mounts: readonly Mount[]): string {
  if (status === 400) return "the path has a bad escape";
  if (status === 500) return "no balancer has the name that it leads to";
  const excludes = mounts.some(({ to }) => to.kind === "exclude");
  return excludes ? "no mount matches the path, or one excludes it" : "no mount matches the path";
}

/** The mounts that requests meet in the host that answers. */
function mountsMet(server: Server, { host }: Way): readonly Mount[] {
  const virtual = server.virtualHosts.find(({ name }) => name === host);
  return mountsInOrder(server, virtual);
}

function expectProblems(topology: Topology, expected: Expectation, { at, subject }: StepPlace): readonly Problem[] {
  const unknown = (word: string, where: Pointer) =>
    some(membersNamed(topology, word) ? undefined : wordProblem(topology, word, where, `expectation of ${subject}`));
  const listed = (key: "never" | "sequence") =>
    (expected[key] ?? []).flatMap((word, index) => unknown(word, `${at}/${key}${pointerStep(index)}`));
  const counted = Object.keys(expected.by ?? {}).flatMap((word) => unknown(word, `${at}/by${pointerStep(word)}`));
  return [...counted, ...listed("never"), ...listed("sequence")];
}

/** `httpd` stands for an answer of httpd itself; a name of several members counts them together. */
function membersNamed(topology: Topology, word: string): boolean {
  return word === "httpd" || nodesMeant(topology, word).length > 0;
}

function some<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value];
}
