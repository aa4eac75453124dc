import { pointerStep } from "../../vocabulary/problem.js";
import type { Pointer } from "../../vocabulary/problem.js";
import type { Cluster, Member, Mount, Server, ServerScope, Topology, VirtualHost } from "../../topology/topology.js";
import type { ReadConf } from "./read-conf-result.js";
import { plainValues } from "./balancers.js";
import type { GrowingCluster, GrowingConf, GrowingParameters, GrowingScope } from "./read-state.js";
import { joinedMounts } from "./reverse-mappings.js";
import { mergedClusters } from "./virtual-host-merge.js";
import { readListens } from "./servers.js";
import type { SourcePlace } from "../../vocabulary/place.js";
import { tlsOf } from "./tls.js";

/** Where things were read. */
interface Places {
  /** By pointer; places are counted when somebody asks for them. */
  readonly things: Map<string, { readonly place: SourcePlace }>;
  /** Those of clusters and members are found by the steps of their pointers: of most of them nobody asks for any. */
  readonly clusters: readonly GrowingCluster[];
}

/** The topology of what was read, once everything has been. */
export function finished(conf: GrowingConf): ReadConf {
  const names = hostNames(conf.hosts);
  const clusters = mergedClusters(conf, names);
  const places: Places = { things: new Map(), clusters: clusters.map(({ cluster }) => cluster) };
  const topology: Topology = {
    httpd: conf.httpd,
    clusters: clusters.map(({ cluster, scope }, index) =>
      finishedCluster(cluster, { scope, at: `/clusters/${index}`, places }),
    ),
    servers: [finishedServer(conf, names, places)],
    healthCheckTemplates: conf.templates.map((template, index) => {
      places.things.set(`/healthCheckTemplates/${index}`, template);
      return template.value;
    }),
    healthCheckExpressions: conf.expressions.map((expression, index) => {
      places.things.set(`/healthCheckExpressions/${index}`, expression);
      return expression.value;
    }),
  };
  return { topology, lines: conf.lines, locate: (at) => nearest(places, at) };
}

/** The place of a pointer, or of the nearest pointer above it that has one. */
function nearest(places: Places, at: Pointer): SourcePlace | undefined {
  for (let pointer: string = at; pointer !== ""; pointer = pointer.slice(0, pointer.lastIndexOf("/"))) {
    const place = (places.things.get(pointer) ?? ownerAt(places, pointer))?.place ?? parameterPlace(places, pointer);
    if (place !== undefined) return place;
  }
  return undefined;
}

/** Of `OWNER/parameters/NAME`. */
function parameterPlace(places: Places, pointer: string): SourcePlace | undefined {
  const [, owner = "", step] = /^(.*)\/parameters\/([^/]*)$/.exec(pointer) ?? [];
  const own = step === undefined ? undefined : ownerAt(places, owner)?.parameters;
  return own?.get([...own.keys()].find((name) => pointerStep(name) === `/${step ?? ""}`) ?? "")?.place;
}

/** The cluster or member of a pointer. */
function ownerAt(
  { clusters }: Places,
  pointer: string,
): { readonly place: SourcePlace; readonly parameters: GrowingParameters } | undefined {
  const [, index, position] = /^\/clusters\/([0-9]+)(?:\/members\/([0-9]+))?$/.exec(pointer) ?? [];
  const cluster = clusters[Number(index)];
  if (position === undefined) return cluster;
  const member = cluster?.members[Number(position)];
  return member && { place: member.word.place, parameters: member.parameters };
}

interface ClusterPlace {
  readonly scope: string | undefined;
  readonly at: string;
  readonly places: Places;
}

function finishedCluster(cluster: GrowingCluster, { scope, at, places }: ClusterPlace): Cluster {
  const members = cluster.members.map(({ url, parameters }): Member => {
    return { name: url, url, parameters: plainValues(parameters) };
  });
  cluster.extra.forEach((line, index) => places.things.set(`${at}/extra/${index}`, line));
  return {
    name: cluster.name,
    parameters: plainValues(cluster.parameters),
    members,
    ...(scope === undefined ? {} : { scope }),
    ...(cluster.extra.length > 0 ? { extra: cluster.extra.map(({ value }) => value) } : {}),
  };
}

function finishedServer(conf: GrowingConf, names: readonly string[], places: Places): Server {
  const at = "/servers/0";
  const listen = readListens(conf);
  listen.forEach((one, index) => places.things.set(`${at}/listen/${index}`, one));
  return {
    name: "httpd",
    layout: conf.layout,
    ...(conf.modules === undefined ? {} : { modules: [...conf.modules].map(withoutSuffix) }),
    listen: listen.map(({ value }) => value),
    virtualHosts: conf.hosts.map((host, index): VirtualHost => {
      const here = `${at}/virtualHosts/${index}`;
      if (host.place !== undefined) places.things.set(here, { place: host.place });
      return {
        name: names[index] ?? "",
        addresses: host.addresses ?? [],
        ...finishedScope(host, conf.main, here, places),
      };
    }),
    ...finishedScope(conf.main, conf.main, at, places),
  };
}

function withoutSuffix(symbol: string): string {
  return symbol.replace(/_module$/, "");
}

function finishedScope(scope: GrowingScope, main: GrowingScope, at: string, places: Places): ServerScope {
  const named = scope.single.get("servername");
  const joined = joinedMounts(scope);
  joined.mounts.forEach((mount, index) => places.things.set(`${at}/mounts/${index}`, mount));
  for (const [name, setting] of scope.settings) places.things.set(`${at}/settings/${name}`, setting);
  const { left, ...tls } = tlsOf(scope, main);
  const extra = [...scope.extra, ...joined.left, ...left.map(({ text, place }) => ({ value: text, place }))];
  extra.forEach((line, index) => places.things.set(`${at}/extra/${index}`, line));
  const [manager] = scope.managers;
  if (manager !== undefined) places.things.set(`${at}/manager`, manager);
  if (named !== undefined) places.things.set(`${at}/serverName`, named);
  for (const [pointer, statement] of scope.front.places) places.things.set(`${at}/front${pointer}`, statement);
  const mounts: readonly Mount[] = joined.mounts.map(({ mount }) => mount);
  return {
    ...(named === undefined ? {} : { serverName: named.words[0]?.text ?? "" }),
    ...(scope.aliases.length > 0 ? { serverAliases: scope.aliases.map(({ value }) => value) } : {}),
    mounts,
    ...(joined.orderMatters ? { mountOrder: "given" } : {}),
    settings: plainValues(scope.settings),
    ...tls,
    ...(manager === undefined ? {} : { manager: manager.value }),
    ...(extra.length > 0 ? { extra: extra.map(({ value }) => value) } : {}),
    // A file that says nothing about requests leaves the file system open, which no description does.
    ...(scope === main || scope.front.front.length > 0 ? { front: scope.front.front } : {}),
  };
}

/** Short names of virtual hosts: the server name, else the first address; numbered where that is not unique. */
function hostNames(hosts: readonly GrowingScope[]): readonly string[] {
  const taken = new Set<string>();
  return hosts.map(({ single, addresses }) => {
    const wanted = single.get("servername")?.words[0]?.text ?? addresses?.[0] ?? "host";
    let name = wanted;
    for (let number = 2; taken.has(name); number++) name = `${wanted}#${number}`;
    taken.add(name);
    return name;
  });
}
