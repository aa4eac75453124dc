import { backendOf } from "../httpd/backend.js";
import { effectiveBalancer, effectiveMember } from "../topology/effective.js";
import type { EffectiveBalancer, EffectiveHealthCheck } from "../topology/effective.js";
import type { Cluster, HealthCheckExpression, HealthCheckTemplate } from "../topology/topology.js";
import { urlText } from "../scenario/nodes.js";
import { isLbMethodName } from "../vocabulary/lbmethods.js";
import type { LbMethodName } from "../vocabulary/lbmethods.js";
import { behaves } from "../vocabulary/behaviours.js";
import { MEASURED_VERSION } from "../vocabulary/versions.js";
import type { HttpdVersion } from "../vocabulary/versions.js";
import { managedLetters } from "../vocabulary/status.js";
import { SERVER_SETTINGS } from "../vocabulary/settings.js";
import type { ServerSettings } from "../vocabulary/settings.js";
import { BITS, bitsOf } from "./bits.js";
import { protocolOf } from "./failures.js";
import type { Protocol } from "./failures.js";
import { healthTest } from "./health-test.js";
import type { HealthTest } from "./health-test.js";

/** A member as its balancer is configured, in httpd's integers. */
export interface ModelMember {
  readonly name: string;
  readonly url: string;
  /** Host of the URL, by which heartbeat matches reports. */
  readonly host: string;
  readonly lbset: number;
  /** Hundredths. */
  readonly lbfactor: number;
  /** Status bits after start, `Init` included. */
  readonly status: number;
  readonly route: string;
  readonly redirect: string;
  /** Microseconds. */
  readonly retry: number;
  /** Microseconds a connection may take: first of connectiontimeout, timeout, ProxyTimeout, Timeout. */
  readonly connectTimeout: number;
  /** Microseconds an answer may take: first of timeout, ProxyTimeout, Timeout. */
  readonly answerTimeout: number;
  readonly healthCheck: EffectiveHealthCheck | undefined;
  /** Undefined when it is not health-checked. */
  readonly passesCheck: HealthTest | undefined;
  /** Undefined where its failures were not measured. */
  readonly protocol: Protocol | undefined;
  /** True with `ping`: httpd asks whether it is there before it sends a request. */
  readonly ping: boolean;
  /** Bytes that httpd sends it more than the first member, for the same request over HTTP. */
  readonly bytesAside: number;
}

/** What balancer-manager can change of a balancer while httpd runs. */
export interface LiveSettings {
  readonly lbmethod: LbMethodName;
  readonly sticky: EffectiveBalancer["sticky"];
  readonly nofailover: boolean;
  readonly maxAttempts: number;
  /** Longest wait for a usable member, microseconds; 0 for none. */
  readonly timeout: number;
  readonly routes: readonly string[];
  readonly redirects: readonly string[];
}

/** What differs from one version of httpd to another. */
export interface VersionedBehaviour {
  /** Passed health checks end errors that requests caused. */
  readonly checksEndRequestErrors: boolean;
  /** A session in the query string counts. */
  readonly seesQuerySessions: boolean;
  /** New child processes set the counters of all members back. */
  readonly childrenReset: boolean;
  /** The bit of `status` that keeps a member out of error; 0 where none does. */
  readonly ignoreErrorsBit: number;
  /** Status bits that balancer-manager changes. */
  readonly managedBits: number;
  /** What bytraffic divides a load factor in hundredths by first; 1 or 100. */
  readonly factorUnit: number;
}

/** A balancer as configured: everything that a restart goes back to. */
export interface ModelBalancer {
  readonly name: string;
  readonly members: readonly ModelMember[];
  readonly settings: LiveSettings;
  readonly separator: string;
  readonly semicolonDelimits: boolean;
  readonly failOnStatus: ReadonlySet<number>;
  readonly failOnTimeout: boolean;
  readonly forceRecovery: boolean;
  /** BalancerPersist: a restart keeps what the balancer knows. */
  readonly persist: boolean;
  /** True when a member is health-checked. */
  readonly checked: boolean;
  readonly does: VersionedBehaviour;
  /**
   * False for a single member without `maxattempts`: httpd then never tries again, whatever balancer-manager sets
   * (measured on httpd 2.4.71).
   */
  readonly triesAgain: boolean;
}

/** What a balancer takes from around its cluster. */
export interface Surroundings {
  /** The httpd that runs. @default - the one that every claim is measured on: for a cluster by itself */
  readonly httpd?: HttpdVersion;
  readonly settings?: ServerSettings;
  readonly healthCheckTemplates?: readonly HealthCheckTemplate[];
  readonly healthCheckExpressions?: readonly HealthCheckExpression[];
  /** Host and port that httpd names to a member of this URL. @default - those of the URL */
  readonly hostSent?: ((url: string) => string) | undefined;
}

/** The balancer httpd makes of a cluster when it starts. */
export function modelBalancer(cluster: Cluster, surroundings: Surroundings = {}): ModelBalancer {
  const own = effectiveBalancer(cluster);
  const [first] = cluster.members;
  const least = first === undefined ? 0 : headBytes(first, surroundings);
  const members = cluster.members.map((member) => modelMember(member, surroundings, least));
  const lbmethod = isLbMethodName(own.lbmethod) ? own.lbmethod : "byrequests";
  return {
    name: cluster.name,
    members,
    settings: {
      lbmethod,
      sticky: own.sticky,
      nofailover: own.nofailover,
      maxAttempts: own.maxAttempts,
      timeout: Number(own.timeout),
      routes: members.map(({ route }) => route),
      redirects: members.map(({ redirect }) => redirect),
    },
    separator: own.separator,
    semicolonDelimits: own.semicolonDelimits,
    failOnStatus: new Set(own.failOnStatus),
    failOnTimeout: own.failOnTimeout,
    forceRecovery: own.forceRecovery,
    persist: surroundings.settings?.balancerpersist ?? SERVER_SETTINGS.balancerpersist.default,
    checked: members.some(({ healthCheck }) => healthCheck !== undefined),
    does: behaviourOf(surroundings.httpd ?? MEASURED_VERSION),
    triesAgain: members.length > 1 || cluster.parameters.maxattempts !== undefined,
  };
}

/** What an httpd does where versions differ. */
export function behaviourOf(httpd: HttpdVersion): VersionedBehaviour {
  return {
    checksEndRequestErrors: behaves(httpd, "checks-end-request-errors"),
    seesQuerySessions: !behaves(httpd, "query-sessions-unseen"),
    childrenReset: behaves(httpd, "children-reset-balancers"),
    ignoreErrorsBit: behaves(httpd, "ignored-errors-count") ? 0 : BITS.ignoreErrors,
    managedBits: bitsOf(managedLetters(httpd)),
    factorUnit: behaves(httpd, "weights-have-decimals") ? 1 : 100,
  };
}

function modelMember(member: Cluster["members"][number], surroundings: Surroundings, firstHead: number): ModelMember {
  const { settings = {}, healthCheckTemplates, healthCheckExpressions = [] } = surroundings;
  const effective = effectiveMember(member, healthCheckTemplates);
  const { healthCheck } = effective;
  const { connectiontimeout, timeout } = member.parameters;
  const answer = timeout ?? settings.proxytimeout ?? settings.timeout ?? SERVER_SETTINGS.timeout.default;
  const url = urlText(member.url);
  return {
    name: member.name,
    url,
    host: backendOf(url)?.host ?? url,
    lbset: effective.lbset,
    lbfactor: effective.lbfactor,
    status: bitsOf(effective.status) | BITS.init,
    route: effective.route,
    redirect: effective.redirect,
    retry: Number(effective.retry),
    connectTimeout: (connectiontimeout ?? answer).milliseconds * 1_000,
    answerTimeout: answer.milliseconds * 1_000,
    healthCheck,
    passesCheck: healthCheck && healthTest(healthCheck, url, healthCheckExpressions),
    protocol: protocolOf(url),
    ping: member.parameters.ping !== undefined,
    bytesAside: headBytes(member, surroundings) - firstHead,
  };
}

/**
 * Bytes of a request's head over HTTP that differ from member to member: the path of its URL, its host, and whether the
 * connection is kept (measured on httpd 2.4.71: `Connection: close` is 5 bytes shorter than `Keep-Alive`).
 */
function headBytes({ url, parameters }: Cluster["members"][number], { settings, hostSent }: Surroundings): number {
  const text = urlText(url);
  const { scheme = "", authority = "", path = "" } = backendOf(text) ?? {};
  const usual = scheme === "https" || scheme === "wss" ? ":443" : ":80";
  const host = hostSent?.(text) ?? (authority.endsWith(usual) ? authority.slice(0, -usual.length) : authority);
  const keeps = parameters.disablereuse !== true && parameters.enablereuse !== false;
  const named = settings?.proxypreservehost === true ? 0 : host.length;
  return named + (path === "/" ? 0 : path.length) + (keeps ? "Keep-Alive".length : "close".length);
}
