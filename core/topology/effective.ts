import { BALANCER_PARAMETERS } from "../vocabulary/balancer.js";
import type { BalancerParameters } from "../vocabulary/balancer.js";
import { WORKER_PARAMETERS } from "../vocabulary/worker.js";
import { initialStatus } from "./roles.js";
import type { Cluster, HealthCheckTemplate, Member } from "./topology.js";
import type { HealthCheckParameters } from "../vocabulary/health-check.js";
import type { StatusLetter } from "../vocabulary/status.js";

/** A member as httpd holds it in shared memory: integers where httpd has integers. */
export interface EffectiveMember {
  readonly name: string;
  readonly lbset: number;
  /** Hundredths, 100 to 10000. */
  readonly lbfactor: number;
  /** Microseconds. */
  readonly retry: bigint;
  readonly route: string;
  readonly redirect: string;
  readonly status: ReadonlySet<StatusLetter>;
  readonly healthCheck: EffectiveHealthCheck | undefined;
}

/** A member's health checks after template and defaults. */
export interface EffectiveHealthCheck {
  readonly method: string;
  /** Microseconds. */
  readonly interval: bigint;
  readonly passes: number;
  readonly fails: number;
  readonly uri: string;
  readonly expression: string | undefined;
}

/** Settings of a balancer with httpd's defaults filled in. */
export interface EffectiveBalancer {
  readonly lbmethod: string;
  /** Names of cookie and URL parameter, undefined when sessions do not stick. */
  readonly sticky: { readonly cookie: string; readonly parameter: string } | undefined;
  /** `Off` when the whole value is the route. */
  readonly separator: string;
  readonly nofailover: boolean;
  /** Tries after the first: as configured, else members - 1. */
  readonly maxAttempts: number;
  readonly semicolonDelimits: boolean;
  readonly failOnStatus: readonly number[];
  readonly failOnTimeout: boolean;
  readonly forceRecovery: boolean;
  /** Microseconds; 0 for no wait. */
  readonly timeout: bigint;
}

/** The hundredths httpd stores for a load factor: multiplied as a double, then truncated. */
export function lbfactorOf(loadfactor: number): number {
  return Math.trunc(loadfactor * 100);
}

/**
 * A member with defaults filled in.
 *
 * `status=+O` makes httpd take the worker for initialized and skip the defaults, so that `retry` is 0 unless set
 * (measured on httpd 2.4.71).
 */
export function effectiveMember(member: Member, templates: readonly HealthCheckTemplate[] = []): EffectiveMember {
  const { parameters } = member;
  const status = initialStatus(member);
  const retryDefault = status.has("O") ? 0 : WORKER_PARAMETERS.retry.default.milliseconds;
  const lbfactor = lbfactorOf(parameters.loadfactor ?? WORKER_PARAMETERS.loadfactor.default);
  return {
    name: member.name,
    lbset: parameters.lbset ?? WORKER_PARAMETERS.lbset.default,
    lbfactor,
    retry: microseconds(parameters.retry?.milliseconds ?? retryDefault),
    route: parameters.route ?? "",
    redirect: parameters.redirect ?? "",
    status,
    healthCheck: effectiveHealthCheck(parameters, templates),
  };
}

/** A cluster's balancer settings with defaults filled in. */
export function effectiveBalancer(cluster: Cluster): EffectiveBalancer {
  const { parameters, members } = cluster;
  return {
    lbmethod: parameters.lbmethod ?? BALANCER_PARAMETERS.lbmethod.default,
    sticky: stickyNames(parameters),
    separator: parameters.stickysessionsep ?? BALANCER_PARAMETERS.stickysessionsep.default,
    nofailover: parameters.nofailover ?? false,
    maxAttempts: parameters.maxattempts ?? Math.max(0, members.length - 1),
    semicolonDelimits: parameters.scolonpathdelim ?? false,
    failOnStatus: parameters.failonstatus ?? [],
    failOnTimeout: parameters.failontimeout ?? false,
    forceRecovery: parameters.forcerecovery ?? BALANCER_PARAMETERS.forcerecovery.default,
    timeout: microseconds(parameters.timeout?.milliseconds ?? 0),
  };
}

/** Splits `stickysession` at its first `|`; an empty cookie name switches stickiness off (httpd 2.4.71). */
function stickyNames(parameters: BalancerParameters): EffectiveBalancer["sticky"] {
  const { stickysession } = parameters;
  if (stickysession === undefined) return undefined;
  const bar = stickysession.indexOf("|");
  const cookie = bar === -1 ? stickysession : stickysession.slice(0, bar);
  if (cookie === "") return undefined;
  return { cookie, parameter: bar === -1 ? cookie : stickysession.slice(bar + 1) };
}

/** Undefined when the member is not checked. A template without a method checks by TCP (measured). */
function effectiveHealthCheck(
  own: HealthCheckParameters,
  templates: readonly HealthCheckTemplate[],
): EffectiveHealthCheck | undefined {
  const wanted = own.hctemplate?.toLowerCase();
  const template = templates.find(({ name }) => name.toLowerCase() === wanted);
  const merged: HealthCheckParameters = { ...template?.parameters, ...own };
  const method = merged.hcmethod ?? (template === undefined ? "NONE" : "TCP");
  if (method === "NONE") return undefined;
  return {
    method,
    interval: microseconds((merged.hcinterval ?? WORKER_PARAMETERS.hcinterval.default).milliseconds),
    passes: merged.hcpasses ?? WORKER_PARAMETERS.hcpasses.default,
    fails: merged.hcfails ?? WORKER_PARAMETERS.hcfails.default,
    uri: merged.hcuri ?? "",
    expression: merged.hcexpr,
  };
}

function microseconds(milliseconds: number): bigint {
  return BigInt(Math.round(milliseconds * 1_000));
}
