import { wordsOf } from "../httpd/word.js";
import { canonicalJson, compareCodePoints } from "../topology/canonical.js";
import { mountsAsWritten } from "../topology/mounts.js";
import type { Cluster, Member, Mount, Server, ServerScope, Topology } from "../topology/topology.js";
import { BALANCER_PARAMETERS } from "../vocabulary/balancer.js";
import type { ParameterTable } from "../vocabulary/parameter.js";
import { SERVER_SETTINGS } from "../vocabulary/settings.js";
import { readStatus } from "../vocabulary/status.js";
import { WORKER_PARAMETERS } from "../vocabulary/worker.js";

/**
 * A topology without what httpd does not see: values that are the default anyway, the case of balancers' names, letters
 * of `status` in another order, clusters, ports and templates in another order, quotes and blanks of lines kept as text.
 * Two descriptions of equal meaning have equal meanings; what is left in order decides something in httpd.
 */
export function meaningOf(topology: Topology): Topology {
  const { clusters, servers, healthCheckTemplates, healthCheckExpressions } = topology;
  return {
    httpd: topology.httpd,
    clusters: sorted(clusters.map(clusterMeaning), ({ scope = "", name }) => `${scope} ${name}`),
    servers: servers.map(serverMeaning),
    healthCheckTemplates: sorted(healthCheckTemplates, ({ name }) => name),
    healthCheckExpressions: sorted(healthCheckExpressions, ({ name }) => name),
  };
}

/** The meaning of one cluster; see {@link meaningOf}. */
export function clusterMeaning({ extra, promises, acknowledged, ...cluster }: Cluster): Cluster {
  return {
    ...cluster,
    name: cluster.name.toLowerCase(),
    parameters: withoutDefaults(BALANCER_PARAMETERS, cluster.parameters),
    members: cluster.members.map(memberMeaning),
    ...(promises !== undefined && promises.length > 0 && { promises }),
    ...(acknowledged !== undefined && acknowledged.length > 0 && { acknowledged }),
    ...linesMeaning(extra),
  };
}

function memberMeaning(member: Member): Member {
  const { status, ...rest } = member.parameters;
  const letters = status === undefined ? undefined : [...(readStatus(status)?.set ?? [])].sort().join("");
  // status=+O makes httpd skip the default of retry, and a template of health checks is overridden by what is said.
  const kept = letters?.includes("O") === true ? ["retry"] : [];
  const checked = rest.hctemplate === undefined ? [] : Object.keys(rest).filter((key) => key.startsWith("hc"));
  const parameters = withoutDefaults(WORKER_PARAMETERS, rest, [...kept, ...checked]);
  return {
    ...member,
    parameters: { ...parameters, ...(letters !== undefined && letters !== "" && { status: `+${letters}` }) },
  };
}

function serverMeaning(server: Server): Server {
  const { acknowledged = [], ...rest } = scopeMeaning(server);
  return {
    ...rest,
    listen: sorted(server.listen, ({ address = "", port }) => `${address} ${port}`),
    virtualHosts: server.virtualHosts.map(scopeMeaning),
    ...(acknowledged.length > 0 && { acknowledged }),
  };
}

/** `front` says once more what mounts, settings and kept lines say; modules that come and go are told apart. */
function scopeMeaning<S extends ServerScope>(scope: S): S {
  const said = Object.fromEntries(
    Object.entries(scope).filter(([key]) => !["front", "modules", "mountOrder", "extra"].includes(key)),
  ) as S;
  return {
    ...said,
    mounts: mountsAsWritten(scope).map(mountMeaning),
    settings: withoutDefaults(SERVER_SETTINGS, scope.settings),
    ...linesMeaning(scope.extra),
  };
}

function mountMeaning(mount: Mount): Mount {
  const { to } = mount;
  return to.kind === "cluster" ? { ...mount, to: { ...to, cluster: to.cluster.toLowerCase() } } : mount;
}

function linesMeaning(extra: readonly string[] | undefined): { readonly extra?: readonly string[] } {
  const lines = (extra ?? []).flatMap((text) => text.split("\n")).flatMap(lineMeaning);
  return lines.length === 0 ? {} : { extra: lines };
}

/** A line by its words, as httpd cuts them; mod_rewrite cuts its own in another way. */
function lineMeaning(text: string): readonly string[] {
  const line = text.trim();
  if (line === "" || line.startsWith("#")) return [];
  const [name = ""] = /^\S+/.exec(line) ?? [];
  if (/^rewrite/i.test(name)) return [`${name.toLowerCase()}${line.slice(name.length).replace(/\s+/g, " ")}`];
  const words = wordsOf(line.slice(name.length).replace(/>$/, ""));
  return [[name.toLowerCase(), ...words.map((word) => (/\s/.test(word) ? JSON.stringify(word) : word))].join(" ")];
}

function withoutDefaults<P extends object>(table: ParameterTable, values: P, kept: readonly string[] = []): P {
  const entries = Object.entries(values).filter(([key, value]) => {
    const parameter = Object.hasOwn(table, key) ? table[key] : undefined;
    if (value === undefined) return false;
    if (parameter === undefined || !("default" in parameter) || kept.includes(key)) return true;
    return parameter.default !== value && canonicalJson(parameter.default) !== canonicalJson(value);
  });
  return Object.fromEntries(entries) as P;
}

function sorted<V>(values: readonly V[], keyOf: (value: V) => string): readonly V[] {
  return values.toSorted((left, right) => compareCodePoints(keyOf(left), keyOf(right)));
}
