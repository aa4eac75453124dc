import type { Way } from "../route/route.js";
import { route } from "../route/route.js";
import { clusterNamed } from "../topology/seen-cluster.js";
import type { Cluster, Server, Topology } from "../topology/topology.js";
import { pointerStep } from "../vocabulary/problem.js";
import type { Pointer } from "../vocabulary/problem.js";
import { childResetsOf } from "./child-resets.js";
import { askedPaths } from "./asked-paths.js";
import type { AskedPaths, MountPaths } from "./asked-paths.js";
import type { Detour, DetourEnd, Entrance } from "./detour.js";
import { doorsOf, LOOPBACK } from "./doors.js";
import type { Door } from "./doors.js";
import { entryOf, wayOf } from "./entry.js";
import type { Entry } from "./entry.js";

/** How requests come to a cluster, as far as a browser's GET on the paths of its mounts shows it. */
export interface Approach {
  /** `perhaps` where a line that is not judged could lead to it. Without any server described, requests come to the first cluster. */
  readonly reached: "yes" | "perhaps" | "no";
  /** A request of a scenario that comes to it; undefined where none does, or only one that scenarios have no word for. */
  readonly entrance: Entrance | undefined;
  /** Paths of its mounts that lead to it, as they are written. */
  readonly paths: readonly string[];
  /** Requests meant for it that end elsewhere, each path once. */
  readonly elsewhere: readonly Detour[];
  /**
   * Lines that could decide otherwise about what its mounts are asked for, and the one that ends child processes where
   * each new one sets the counters back.
   */
  readonly doubts: readonly Pointer[];
  /** Some of these ask for the address of the client: what comes of it was tried from the machine itself. */
  readonly byClient: boolean;
}

/** What a browser sends beside the Host header. */
const BROWSER = {
  "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
  Accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
} as const;

/** What was found last for the servers of a topology, and for which clusters: a changed member changes nothing here. */
const KNOWN = new WeakMap<Topology["servers"], { readonly clusters: string; readonly made: Approaches }>();

/** How requests come to the cluster of an index. */
type Approaches = (at: number) => Approach;

/** What was found for one topology. */
interface Found {
  readonly made: Approaches;
  readonly resets: Pointer | undefined;
  readonly told: Map<Cluster, Approach>;
}

const FOUND = new WeakMap<Topology, Found>();

/** How requests come to one cluster of a topology; computed once. */
export function approachTo(topology: Topology, cluster: Cluster): Approach {
  const { made, resets, told } = foundFor(topology);
  const known = told.get(cluster);
  if (known !== undefined) return known;
  const approach = made(topology.clusters.indexOf(cluster));
  const whole = resets === undefined ? approach : { ...approach, doubts: [...approach.doubts, resets] };
  told.set(cluster, whole);
  return whole;
}

function foundFor(topology: Topology): Found {
  const known = FOUND.get(topology);
  if (known !== undefined) return known;
  const found: Found = { made: approaches(topology), resets: childResetsOf(topology)?.at, told: new Map() };
  FOUND.set(topology, found);
  return found;
}

function approaches(topology: Topology): Approaches {
  const { servers } = topology;
  const clusters = JSON.stringify(topology.clusters.map(({ name, scope, extra }) => [name, scope, extra]));
  const known = KNOWN.get(servers);
  if (known?.clusters === clusters) return known.made;
  const made = servers.length === 0 ? withoutServers(topology) : madeOf(topology);
  KNOWN.set(servers, { clusters, made });
  return made;
}

const UNREACHED: Approach = {
  reached: "no",
  entrance: undefined,
  paths: [],
  elsewhere: [],
  doubts: [],
  byClient: false,
};

/** Nothing stands in front of clusters alone. */
function withoutServers({ clusters }: Topology): Approaches {
  return (at) =>
    clusters[at] === undefined ? UNREACHED : { ...UNREACHED, reached: "yes", entrance: at === 0 ? {} : undefined };
}

/** A request that was tried. */
interface Try {
  readonly server: Server;
  readonly door: Door;
  readonly path: string;
  readonly way: Way;
  readonly entry: Entry;
  /** Lines that would decide otherwise for other clients than those of the machine itself. */
  readonly clients: readonly Pointer[];
  /** Mounts it is asked for; empty for a path that other lines name. */
  readonly mounts: readonly MountPaths[];
  /** Index of the virtual host whose lines name it; -1 for the main server. */
  readonly scope: number;
}

/** What all clusters' paths lead to is tried at once, what that means for one when it is asked for. */
function madeOf(topology: Topology): Approaches {
  const tries = topology.servers.flatMap((server, index) => triesOf(topology, server, `/servers${pointerStep(index)}`));
  const meant = tries.map((one) => new Set(one.mounts.map((mount) => clusterMeant(topology, one, mount))));
  const reaching = new Map<number, Try[]>();
  const own = new Map<number, Try[]>();
  for (const [place, one] of tries.entries()) {
    if (one.entry.kind === "cluster" && one.way.error === undefined) add(reaching, one.entry.seen.at, one);
    for (const at of meant[place] ?? []) if (at !== -1) add(own, at, one);
  }
  const below = tries.filter(({ mounts }) => mounts.length === 0);
  return (at) =>
    topology.clusters[at] === undefined
      ? UNREACHED
      : approachOf(topology, { at, own: own.get(at) ?? [], reaching: reaching.get(at) ?? [], below });
}

function add(map: Map<number, Try[]>, at: number, one: Try): void {
  const list = map.get(at);
  if (list === undefined) map.set(at, [one]);
  else list.push(one);
}

function triesOf(topology: Topology, server: Server, at: Pointer): readonly Try[] {
  const asked = new Map<number, AskedPaths>([[-1, askedPaths(topology, server, undefined, at)]]);
  for (const [index, host] of server.virtualHosts.entries()) {
    asked.set(index, askedPaths(topology, server, host, `${at}/virtualHosts${pointerStep(index)}`));
  }
  return doorsOf(server).flatMap((door) => {
    const tries = new Map<string, Try>();
    for (const scope of door.scopes) {
      for (const [path, mounts] of pathsOf(asked.get(scope))) {
        const before = tries.get(path);
        if (before === undefined) tries.set(path, tried(topology, { server, door, path, mounts, scope }));
        else tries.set(path, { ...before, mounts: [...before.mounts, ...mounts] });
      }
    }
    return [...tries.values()];
  });
}

/** The root of every server is worth a try: it is what a scenario asks for that says nothing else. */
function pathsOf(asked: AskedPaths | undefined): ReadonlyMap<string, readonly MountPaths[]> {
  const paths = new Map<string, readonly MountPaths[]>([["/", []]]);
  for (const mount of asked?.mounts ?? []) {
    for (const path of mount.paths) paths.set(path, [...(paths.get(path) ?? []), mount]);
  }
  for (const path of asked?.named ?? []) if (!paths.has(path)) paths.set(path, []);
  return paths;
}

function tried(topology: Topology, one: Pick<Try, "server" | "door" | "path" | "mounts" | "scope">): Try {
  const { server, door, path, mounts } = one;
  const headers = { ...BROWSER, Host: door.header };
  const anybody = route(topology, server, door.listener, { path, headers });
  // What nobody's address could decide otherwise is the same for a client of the machine.
  const own = anybody.doubts.length > 0;
  const way = own ? route(topology, server, door.listener, { path, headers, client: LOOPBACK }) : anybody;
  const clients = mounts.length === 0 ? [] : anybody.doubts.filter((doubt) => !way.doubts.includes(doubt));
  return { ...one, way, entry: entryOf(topology, way, server), clients };
}

function clusterMeant(topology: Topology, { server, way: { host } }: Try, { mount: { to } }: MountPaths): number {
  if (to.kind !== "cluster") return -1;
  const virtual = server.virtualHosts.find(({ name }) => name === host);
  return clusterNamed(topology, to.cluster, { server, host: virtual })?.at ?? -1;
}

/** What was tried about one cluster. */
interface Tries {
  readonly at: number;
  readonly own: readonly Try[];
  readonly reaching: readonly Try[];
  /** All that is no mount's own. */
  readonly below: readonly Try[];
}

function approachOf(topology: Topology, tries: Tries): Approach {
  const { at, own, reaching } = tries;
  const asked = own.length > 0 ? own : reaching;
  const doubts = [...new Set(asked.flatMap(({ way, clients }) => [...way.doubts, ...clients]))];
  const elsewhere = detours(topology, tries, doubts);
  const examples = own.flatMap(({ mounts }) => mounts).filter(({ exhaustive }) => !exhaustive);
  const perhaps = doubts.length > 0 || examples.length > 0;
  return {
    reached: reaching.length > 0 ? "yes" : perhaps ? "perhaps" : "no",
    entrance: entranceOf(topology, at, reaching),
    paths: [...new Set(mountsReaching(topology, tries).map(({ mount }) => mount.path))],
    elsewhere,
    doubts: reaching.length === 0 && doubts.length === 0 ? examples.map((example) => example.at) : doubts,
    byClient: asked.some(({ clients }) => clients.length > 0),
  };
}

function mountsReaching(topology: Topology, { at, reaching }: Tries): readonly MountPaths[] {
  return reaching.flatMap((one) => one.mounts.filter((mount) => clusterMeant(topology, one, mount) === at));
}

/** One that is judged, if there is one: the plainest first. */
function entranceOf(topology: Topology, at: number, reaching: readonly Try[]): Entrance | undefined {
  const judgedFirst = [...reaching.filter(({ way }) => way.judged), ...reaching.filter(({ way }) => !way.judged)];
  for (const one of judgedFirst) {
    const entrance = asEntrance(one);
    const way = wayOf(topology, entrance);
    const entry = way === undefined || way.error !== undefined ? undefined : entryOf(topology, way);
    if (entry?.kind === "cluster" && entry.seen.at === at) return entrance;
  }
  return undefined;
}

function asEntrance({ path, door: { host } }: Pick<Try, "path" | "door">): Entrance {
  return { ...(path !== "/" && { path }), ...(host !== undefined && { host }) };
}

/** The cluster's own first, each end once; below its mounts only what httpd answers itself, or may. */
function detours(topology: Topology, { at, own, below }: Tries, doubts: readonly Pointer[]): readonly Detour[] {
  const prefixes = own.flatMap(({ mounts, scope }) => mounts.map(({ mount }) => ({ mount, scope })));
  const inside = below.filter((one) =>
    prefixes.some(({ mount, scope }) => scope === one.scope && mount.match !== true && covers(mount.path, one.path)),
  );
  const found = new Map<string, Detour>();
  const note = (one: Try, isOwn: boolean): void => {
    const detour = detourOf(topology, at, one, { own: isOwn, doubts });
    const key = JSON.stringify([isOwn ? detour?.by : detour?.path, detour?.end]);
    if (detour !== undefined && !found.has(key)) found.set(key, detour);
  };
  for (const one of own) note(one, true);
  for (const one of inside) if (one.entry.kind === "httpd" || !one.way.judged) note(one, false);
  return [...found.values()];
}

function covers(prefix: string, path: string): boolean {
  return path.startsWith(prefix.endsWith("/") ? prefix : `${prefix}/`);
}

function detourOf(
  topology: Topology,
  at: number,
  one: Try,
  { own, doubts: known }: { readonly own: boolean; readonly doubts: readonly Pointer[] },
): Detour | undefined {
  const { way, path, mounts, door } = one;
  const end = endOf(topology, at, one);
  const doubts = way.doubts.filter((doubt) => own || !known.includes(doubt));
  if (end.kind === "here" && (own || doubts.length === 0)) return undefined;
  const played = wayOf(topology, asEntrance(one));
  return {
    ...asEntrance({ path, door }),
    path,
    end,
    by: way.by.length > 0 ? way.by.toReversed() : mounts.map((mount) => mount.at),
    doubts,
    own,
    playable: end.kind === "httpd" && played?.to.kind === "answer" && played.to.status === end.status,
  };
}

function endOf({ clusters }: Topology, at: number, { entry, way }: Try): DetourEnd {
  if (entry.kind === "url") return { kind: "url", url: entry.url };
  if (entry.kind === "httpd") {
    const location = way.to.kind === "answer" ? way.to.location : undefined;
    return { kind: "httpd", status: entry.status, ...(location !== undefined && { location }) };
  }
  if (way.error !== undefined) return { kind: "httpd", status: way.error };
  return entry.seen.at === at ? { kind: "here" } : { kind: "cluster", name: clusters[entry.seen.at]?.name ?? "" };
}
