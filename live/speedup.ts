import { effectiveMember } from "../core/topology/effective.js";
import type { Cluster, Member, Server, Topology } from "../core/topology/topology.js";
import type { Scenario, Step } from "../core/scenario/scenario.js";
import { formatDuration, millis } from "../core/vocabulary/duration.js";
import type { Duration } from "../core/vocabulary/duration.js";
import type { HealthCheckParameters } from "../core/vocabulary/health-check.js";
import { UnreadyError } from "./program.js";

/** What is rehearsed. */
export interface Rehearsed {
  readonly topology: Topology;
  readonly scenario: Scenario;
}

/** A time of the topology that httpd keeps in whole seconds. */
interface WholeSeconds {
  readonly subject: string;
  readonly time: Duration;
}

/** Shortest interval httpd accepts between two health checks. */
const SHORTEST_CHECK = 100;

/**
 * The same rehearsal with all times divided: retry, timeouts, health checks and waits.
 *
 * @param factor - a whole number, 1 or more
 * @throws UnreadyError where a time cannot be divided without a change of meaning; says which factors can
 */
export function spedUp({ topology, scenario }: Rehearsed, factor: number): Rehearsed {
  if (factor === 1) return { topology, scenario };
  const times = wholeSeconds(topology, scenario);
  const stubborn = times.find(({ time }) => time.milliseconds % (factor * 1_000) !== 0);
  if (stubborn !== undefined) {
    const can = factorsOf(times.map(({ time }) => time.milliseconds / 1_000)).filter((one) => one > 1);
    const advice = can.length === 0 ? "rehearse without --speedup" : `use ${can.join(", ")}`;
    const { subject, time } = stubborn;
    throw new UnreadyError(`--speedup ${factor} does not divide ${subject} (${formatDuration(time)}); ${advice}`);
  }
  const divide: Divide = (time) => millis(Math.round(time.milliseconds / factor));
  return {
    topology: {
      ...topology,
      clusters: topology.clusters.map((cluster) => fasterCluster(cluster, divide)),
      servers: topology.servers.map((server) => fasterServer(server, divide)),
      healthCheckTemplates: topology.healthCheckTemplates.map((template) => ({
        ...template,
        parameters: { ...template.parameters, ...fasterChecks(template.parameters, divide) },
      })),
    },
    scenario: { steps: scenario.steps.map((step) => fasterStep(step, divide)) },
  };
}

type Divide = (time: Duration) => Duration;

function fasterCluster(cluster: Cluster, divide: Divide): Cluster {
  const { timeout } = cluster.parameters;
  return {
    ...cluster,
    parameters: { ...cluster.parameters, ...(timeout && { timeout: divide(timeout) }) },
    members: cluster.members.map((member) => fasterMember(member, divide)),
  };
}

/** The default of retry becomes a parameter: divided, it is no longer the default. */
function fasterMember(member: Member, divide: Divide): Member {
  const { timeout, connectiontimeout } = member.parameters;
  return {
    ...member,
    parameters: {
      ...member.parameters,
      retry: divide(retryOf(member)),
      ...(timeout && { timeout: divide(timeout) }),
      ...(connectiontimeout && { connectiontimeout: millis(Math.max(1, divide(connectiontimeout).milliseconds)) }),
      ...fasterChecks(member.parameters, divide),
    },
  };
}

function fasterChecks({ hcinterval }: HealthCheckParameters, divide: Divide): HealthCheckParameters {
  if (hcinterval === undefined) return {};
  const divided = divide(hcinterval);
  if (divided.milliseconds >= SHORTEST_CHECK) return { hcinterval: divided };
  throw new UnreadyError(
    `--speedup makes hcinterval ${formatDuration(hcinterval)} shorter than the 100ms httpd accepts; use a smaller one`,
  );
}

function fasterServer(server: Server, divide: Divide): Server {
  const { proxytimeout, timeout } = server.settings;
  const settings = {
    ...server.settings,
    ...(proxytimeout && { proxytimeout: divide(proxytimeout) }),
    ...(timeout && { timeout: divide(timeout) }),
  };
  return { ...server, settings };
}

function fasterStep(step: Step, divide: Divide): Step {
  if ("wait" in step) return { wait: divide(step.wait) };
  if ("request" in step && step.request.every !== undefined) {
    return { request: { ...step.request, every: divide(step.request.every) } };
  }
  if (!("set" in step) || step.set.timeout === undefined) return step;
  return { set: { ...step.set, timeout: divide({ milliseconds: step.set.timeout * 1_000 }).milliseconds / 1_000 } };
}

function wholeSeconds(topology: Topology, scenario: Scenario): readonly WholeSeconds[] {
  const some = (subject: string, time: Duration | undefined): readonly WholeSeconds[] =>
    time === undefined || time.milliseconds === 0 ? [] : [{ subject, time }];
  return [
    ...topology.clusters.flatMap(({ name, parameters, members }) => [
      ...some(`timeout of balancer '${name}'`, parameters.timeout),
      ...members.flatMap((member) => [
        ...some(`retry of '${member.name}'`, retryOf(member)),
        ...some(`timeout of '${member.name}'`, member.parameters.timeout),
      ]),
    ]),
    ...topology.servers.flatMap(({ name, settings }) => [
      ...some(`ProxyTimeout of '${name}'`, settings.proxytimeout),
      ...some(`Timeout of '${name}'`, settings.timeout),
    ]),
    ...scenario.steps.flatMap((step, index) =>
      "set" in step && step.set.timeout !== undefined
        ? some(`timeout in step ${index + 1}`, { milliseconds: step.set.timeout * 1_000 })
        : [],
    ),
  ];
}

function retryOf(member: Member): Duration {
  return millis(Number(effectiveMember(member).retry / 1_000n));
}

/** What divides all of some whole numbers. */
function factorsOf(numbers: readonly number[]): readonly number[] {
  const common = numbers.reduce(greatestCommonDivisor, 0);
  return Array.from({ length: common }, (_, index) => index + 1).filter((one) => common % one === 0);
}

function greatestCommonDivisor(left: number, right: number): number {
  return right === 0 ? left : greatestCommonDivisor(right, left % right);
}
