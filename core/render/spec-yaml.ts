import { stringify } from "yaml";
import { BALANCER_PARAMETERS } from "../vocabulary/balancer.js";
import { parameterToJson } from "../vocabulary/codec.js";
import { HEALTH_CHECK_PARAMETERS } from "../vocabulary/health-check.js";
import type { JsonValue } from "../vocabulary/json.js";
import type { Parameter, ParameterTable, ParameterValue } from "../vocabulary/parameter.js";
import { SERVER_SETTINGS } from "../vocabulary/settings.js";
import { ROLES, readStatus } from "../vocabulary/status.js";
import { MEASURED_VERSION } from "../vocabulary/versions.js";
import { WORKER_PARAMETERS } from "../vocabulary/worker.js";
import type {
  Access,
  BackendTls,
  Cluster,
  Listen,
  Member,
  Mount,
  Server,
  ServerScope,
  Text,
  Topology,
} from "../topology/topology.js";

type Json = Readonly<Record<string, JsonValue>>;

/** The YAML of a spec that reads back as this topology. Throws a RangeError for text that is known only at apply. */
export function specYaml(topology: Topology): string {
  return stringify(specOf(topology), { lineWidth: 0 });
}

/** The spec of a topology as JSON, sparse as the topology is. */
export function specOf(topology: Topology): Json {
  const { httpd, clusters, servers, healthCheckTemplates: templates, healthCheckExpressions: expressions } = topology;
  return {
    ...(httpd === MEASURED_VERSION ? {} : { httpd }),
    clusters: byName(clusters, clusterJson),
    ...some("servers", byName(servers, serverJson)),
    ...some(
      "healthCheckTemplates",
      byName(templates, ({ parameters }) => parametersJson(HEALTH_CHECK_PARAMETERS, parameters)),
    ),
    ...some(
      "healthCheckExpressions",
      byName(expressions, ({ expression }) => expression),
    ),
  };
}

function byName<T extends { readonly name: string }>(items: readonly T[], json: (item: T) => JsonValue): Json {
  return Object.fromEntries(items.map((item) => [item.name, json(item)]));
}

/** The key with its value, unless that is empty. */
function some(key: string, value: Json | readonly JsonValue[] | undefined): Json {
  return value === undefined || Object.keys(value).length === 0 ? {} : { [key]: value };
}

function parametersJson(table: ParameterTable, values: object): Json {
  const given = values as Readonly<Record<string, ParameterValue | undefined>>;
  const rows = Object.entries(table).flatMap(([word, parameter]: readonly [string, Parameter]) => {
    const value = given[word];
    return value === undefined ? [] : [[word, parameterToJson(parameter, value)]];
  });
  return Object.fromEntries(rows) as Json;
}

function acknowledgedJson(items: Cluster["acknowledged"]): Json {
  return some("acknowledged", Object.fromEntries((items ?? []).map(({ id, reason }) => [id, reason])));
}

function clusterJson(cluster: Cluster): Json {
  const { scope, routeCookie, promises, parameters } = cluster;
  return {
    ...(scope === undefined ? {} : { scope }),
    ...parametersJson(BALANCER_PARAMETERS, parameters),
    members: byName(cluster.members, memberJson),
    ...some("routeCookie", routeCookie === undefined ? undefined : { ...routeCookie }),
    ...some(
      "promises",
      promises?.map(({ id, parameters: given }) => (given === undefined ? id : { [id]: given })),
    ),
    ...acknowledgedJson(cluster.acknowledged),
    ...some("extra", cluster.extra),
  };
}

/** A lone role letter is said as the role. */
function memberJson({ name, url, parameters, capacity, zone, replicationGroup }: Member): JsonValue {
  const role = roleNamed(parameters.status);
  const others = Object.fromEntries(Object.entries(parameters).filter(([word]) => word !== "status"));
  const json: Json = {
    ...(text(url) === name ? {} : { url: text(url) }),
    ...(role === undefined ? {} : { role }),
    ...parametersJson(WORKER_PARAMETERS, role === undefined ? parameters : others),
    ...(capacity === undefined ? {} : { capacity }),
    ...(zone === undefined ? {} : { zone }),
    ...(replicationGroup === undefined ? {} : { replicationGroup }),
  };
  return Object.keys(json).join() === "url" ? text(url) : json;
}

/** The role a status value gives when it sets that role's letter and nothing else. */
export function roleNamed(status: string | undefined): string | undefined {
  const letters = status === undefined ? undefined : readStatus(status);
  if (letters === undefined || letters.set.size !== 1 || letters.clear.size > 0) return undefined;
  const [letter] = letters.set;
  return Object.entries(ROLES).find(([, role]) => role.letter === letter)?.[0];
}

function serverJson(server: Server): Json {
  const { layout, listen, virtualHosts } = server;
  return {
    layout,
    ...some("listen", listen.map(listenJson)),
    ...scopeJson(server),
    ...some(
      "virtualHosts",
      byName(virtualHosts, (host) => ({ addresses: host.addresses, ...scopeJson(host) })),
    ),
    ...acknowledgedJson(server.acknowledged),
  };
}

function listenJson({ address, port }: Listen): JsonValue {
  return address === undefined ? port : `${address}:${port}`;
}

function scopeJson(scope: ServerScope): Json {
  const { serverName, serverAliases, mounts, mountOrder, settings, tls, backendTls, manager, extra } = scope;
  const paths = mounts.map((mount): readonly [string, JsonValue] => [mount.path, mountJson(mount)]);
  return {
    ...(serverName === undefined ? {} : { serverName }),
    ...some("serverAliases", serverAliases),
    ...parametersJson(SERVER_SETTINGS, settings),
    ...some("mounts", Object.fromEntries(paths)),
    ...(mountOrder === undefined ? {} : { mountOrder }),
    ...some("tls", tls === undefined ? undefined : { ...tls }),
    ...some("backendTls", backendTls === undefined ? undefined : backendTlsJson(backendTls)),
    ...(manager === undefined
      ? {}
      : {
          manager: {
            ...(manager.path === undefined ? {} : { path: manager.path }),
            access: accessJson(manager.access),
          },
        }),
    ...some("extra", extra),
  };
}

function backendTlsJson({ verify, ...others }: BackendTls): Json {
  return { verify: verify.kind === "off" ? { off: verify.reason } : "required", ...others };
}

function accessJson(access: Access): JsonValue {
  switch (access.kind) {
    case "local":
    case "denied":
      return access.kind;
    case "addresses":
      return access.addresses;
    case "all":
      return { all: access.reason };
  }
}

function mountJson(mount: Mount): JsonValue {
  const { match, inLocation, via, keywords, reverse, cookieDomains, cookiePaths, access, to } = mount;
  const json: Json = {
    to: targetText(mount),
    ...(to.kind === "url" ? parametersJson(WORKER_PARAMETERS, to.parameters) : {}),
    ...(match === true ? { match } : {}),
    ...(inLocation === true ? { inLocation } : {}),
    ...(via === undefined ? {} : { via }),
    ...some("keywords", keywords),
    ...(reverse === undefined ? {} : { reverse: reverse.map((line) => ({ ...line })) }),
    ...some("cookieDomains", mappingJson(cookieDomains)),
    ...some("cookiePaths", mappingJson(cookiePaths)),
    ...(access === undefined ? {} : { access: accessJson(access) }),
  };
  return Object.keys(json).join() === "to" ? targetText(mount) : json;
}

/** A cluster whose path is the mount's own is named without `balancer://`. */
function targetText({ to, path, match }: Mount): string {
  if (to.kind === "exclude") return "!";
  if (to.kind === "url") return text(to.url);
  return match !== true && to.path === path ? to.cluster : `balancer://${to.cluster}${to.path}`;
}

function mappingJson(mappings: Mount["cookiePaths"]): Json {
  return Object.fromEntries((mappings ?? []).map((mapping) => [mapping.internal, mapping.public]));
}

function text(value: Text): string {
  if (typeof value === "string") return value;
  return value
    .map((piece) => {
      if (typeof piece === "string") return piece;
      throw new RangeError(`'${piece.deferred}' is known only at apply; a spec cannot say it`);
    })
    .join("");
}
