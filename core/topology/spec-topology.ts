import { parameterFromJson } from "../vocabulary/codec.js";
import { BALANCER_PARAMETERS } from "../vocabulary/balancer.js";
import { HEALTH_CHECK_PARAMETERS } from "../vocabulary/health-check.js";
import type { JsonValue } from "../vocabulary/json.js";
import type { ParameterTable } from "../vocabulary/parameter.js";
import { SERVER_SETTINGS } from "../vocabulary/settings.js";
import { wordsOf } from "../vocabulary/table-words.js";
import { WORKER_PARAMETERS } from "../vocabulary/worker.js";
import type { Role } from "../vocabulary/status.js";
import type { HttpdVersion } from "../vocabulary/versions.js";
import type { ClusterInput, MemberInput, ServerInput, TopologyInput, VirtualHostInput } from "./build.js";
import { statusOfRole } from "./roles.js";
import type { SpecDocument } from "./spec-document.js";
import type { Access, BackendTls, Listen, Mount, MountTarget, PromiseDeclaration, ServerScope } from "./topology.js";

/** A mapping of a spec whose shape the schema has already accepted. */
type Json = Readonly<Record<string, JsonValue>>;
type Keys = SpecDocument["keys"];

/** The topology a spec describes; the value must have passed the schema. */
export function topologyOfSpec(spec: JsonValue, keys: Keys): TopologyInput {
  const root = mapping(spec);
  const named = <T>(key: string, make: (name: string, json: JsonValue) => T): readonly T[] =>
    namedIn(root[key], keys, make);
  return {
    ...(root["httpd"] === undefined ? {} : { httpd: root["httpd"] as HttpdVersion }),
    clusters: named("clusters", (name, json) => cluster(name, mapping(json), keys)),
    servers: named("servers", (name, json) => server(name, mapping(json), keys)),
    healthCheckTemplates: named("healthCheckTemplates", (name, json) => ({
      name,
      parameters: parameters(HEALTH_CHECK_PARAMETERS, mapping(json)),
    })),
    healthCheckExpressions: named("healthCheckExpressions", (name, json) => ({ name, expression: json as string })),
  };
}

/** Named things of a mapping in the order written; an empty value (`node1:`) counts as an empty mapping. */
function namedIn<T>(json: JsonValue | undefined, keys: Keys, make: (name: string, json: JsonValue) => T): readonly T[] {
  const map = mapping(json);
  return keys(map).map((name) => make(name, map[name] ?? {}));
}

function mapping(json: JsonValue | undefined): Json {
  return typeof json === "object" && json !== null && !Array.isArray(json) ? (json as Json) : {};
}

/** Only what is there: optional keys of a description taken over as they are. */
function picked(json: Json, ...names: readonly string[]): object {
  return Object.fromEntries(names.flatMap((name) => (json[name] === undefined ? [] : [[name, json[name]]])));
}

function parameters(table: ParameterTable, json: Json): object {
  const given: Record<string, unknown> = {};
  for (const word of wordsOf(table)) {
    const value = json[word];
    const parameter = table[word];
    if (value !== undefined && parameter !== undefined) given[word] = parameterFromJson(parameter, value);
  }
  return given;
}

function acknowledged(json: Json): object {
  const map = json["acknowledged"];
  if (map === undefined) return {};
  return { acknowledged: Object.entries(mapping(map)).map(([id, reason]) => ({ id, reason: reason as string })) };
}

function cluster(name: string, json: Json, keys: Keys): ClusterInput {
  return {
    name,
    parameters: parameters(BALANCER_PARAMETERS, json),
    members: namedIn(json["members"], keys, member),
    ...picked(json, "scope", "routeCookie", "extra"),
    ...(json["promises"] === undefined ? {} : { promises: (json["promises"] as readonly JsonValue[]).map(promise) }),
    ...acknowledged(json),
  };
}

function promise(json: JsonValue): PromiseDeclaration {
  if (typeof json === "string") return { id: json };
  const [entry] = Object.entries(mapping(json));
  return { id: entry?.[0] ?? "", parameters: mapping(entry?.[1]) };
}

function member(name: string, json: JsonValue): MemberInput {
  const given = typeof json === "string" ? { url: json } : mapping(json);
  const role = given["role"] as Role | undefined;
  const status = role === undefined ? undefined : statusOfRole(role);
  return {
    name,
    url: (given["url"] ?? name) as string,
    parameters: { ...parameters(WORKER_PARAMETERS, given), ...(status === undefined ? {} : { status }) },
    ...picked(given, "capacity", "zone", "replicationGroup"),
  };
}

function server(name: string, json: Json, keys: Keys): ServerInput {
  return {
    name,
    ...picked(json, "layout"),
    ...scope(json, keys),
    listen: ((json["listen"] ?? []) as readonly (string | number)[]).map(listen),
    virtualHosts: namedIn(json["virtualHosts"], keys, (host, given): VirtualHostInput => {
      const fields = mapping(given);
      return { name: host, addresses: (fields["addresses"] ?? []) as readonly string[], ...scope(fields, keys) };
    }),
    ...acknowledged(json),
  };
}

/** `80`, `127.0.0.1:80`, `[::1]:80`: the schema has seen to it that the port is a number. */
function listen(json: string | number): Listen {
  if (typeof json === "number") return { port: json };
  const colon = json.lastIndexOf(":");
  const port = Number(json.slice(colon + 1));
  return colon === -1 ? { port } : { address: json.slice(0, colon), port };
}

function scope(json: Json, keys: Keys): ServerScope {
  const { backendTls, manager } = json;
  return {
    ...picked(json, "serverName", "serverAliases", "mountOrder", "tls", "extra"),
    settings: parameters(SERVER_SETTINGS, json),
    mounts: namedIn(json["mounts"], keys, mount),
    ...(backendTls === undefined ? {} : { backendTls: readBackendTls(mapping(backendTls)) }),
    ...(manager === undefined
      ? {}
      : { manager: { ...picked(mapping(manager), "path"), access: access(mapping(manager)["access"]) } }),
  };
}

function readBackendTls(json: Json): BackendTls {
  const off = mapping(json["verify"])["off"] as string | undefined;
  return {
    verify: off === undefined ? { kind: "required" } : { kind: "off", reason: off },
    ...picked(json, "caFile", "clientCertificateFile", "protocols"),
  };
}

/** Closed to all but this host unless said otherwise. */
function access(json: JsonValue | undefined): Access {
  if (json === undefined || json === "local") return { kind: "local" };
  if (json === "denied") return { kind: "denied" };
  if (Array.isArray(json)) return { kind: "addresses", addresses: json as readonly string[] };
  return { kind: "all", reason: (mapping(json)["all"] ?? "") as string };
}

function mount(path: string, json: JsonValue): Mount {
  const given = typeof json === "string" ? { to: json } : mapping(json);
  const mappings = (key: string): object => {
    const map = given[key];
    if (map === undefined) return {};
    const rows = Object.entries(mapping(map));
    return { [key]: rows.map(([internal, name]) => ({ internal, public: name as string })) };
  };
  return {
    path,
    to: target(given, path),
    ...picked(given, "match", "inLocation", "via", "keywords", "reverse"),
    ...mappings("cookieDomains"),
    ...mappings("cookiePaths"),
    ...(given["access"] === undefined ? {} : { access: access(given["access"]) }),
  };
}

/** True for what a mount leads to without a cluster. */
export function isUrlTarget(to: JsonValue | undefined): boolean {
  return typeof to === "string" && /^unix:|:\/\//.test(to) && !to.startsWith("balancer://");
}

/** A bare cluster name keeps the path: `/app` leads to `balancer://cluster/app`. */
function target(given: Json, path: string): MountTarget {
  const to = given["to"] as string;
  if (to === "!") return { kind: "exclude" };
  const balancer = /^balancer:\/\/([^/$]*)(.*)$/s.exec(to);
  if (balancer !== null) return { kind: "cluster", cluster: balancer[1] ?? "", path: balancer[2] ?? "" };
  if (isUrlTarget(to)) return { kind: "url", url: to, parameters: parameters(WORKER_PARAMETERS, given) };
  return { kind: "cluster", cluster: to, path: given["match"] === true ? "" : path };
}
