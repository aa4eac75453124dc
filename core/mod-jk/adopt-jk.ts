import type { Front, FrontDirective } from "../topology/front.js";
import type { Mount, Server, ServerScope, Topology } from "../topology/topology.js";
import { shown } from "../vocabulary/shown.js";
import type { ReadWorkers } from "../server-files/read-workers.js";
import { adoptWorkers } from "./adopt-workers.js";
import type { AdoptedNote } from "./adopt-workers.js";
import { isJkName, jkLineOf } from "./jk-lines.js";
import type { JkLine } from "./jk-lines.js";
import { mountsOfJk } from "./jk-order.js";
import type { JkRule } from "./jk-order.js";

/** An httpd.conf of mod_jk as one of mod_proxy_balancer. */
export interface AdoptedJk {
  readonly topology: Topology;
  /** About the workers, by their lines in workers.properties. */
  readonly ofWorkers: readonly AdoptedNote[];
  /** Lines of the httpd.conf that are not carried over as they are. */
  readonly ofLines: readonly LostJkLine[];
}

/** A line that mod_proxy_balancer has nothing for, or not all. */
export interface LostJkLine {
  readonly text: string;
  readonly why: string;
}

/** Lines that only mod_jk needs, and that nobody misses. */
const SILENT: readonly string[] = [
  "jkworkersfile",
  "jkshmfile",
  "jkshmsize",
  "jklogfile",
  "jkloglevel",
  "jklogstampformat",
  "jkrequestlogformat",
  "jkwatchdoginterval",
  "jkmountcopy",
];

/** The modules that do mod_jk's work. */
const INSTEAD: readonly string[] = ["proxy", "proxy_ajp", "proxy_balancer", "lbmethod_byrequests", "slotmem_shm"];

/** Lines of mod_jk that stand in the scopes of a topology. */
export function jkLinesOf({ servers }: Topology): readonly JkLine[] {
  return servers.flatMap((server): readonly ServerScope[] => [server, ...server.virtualHosts]).flatMap(linesOf);
}

/** The clusters of the workers, mounted where `JkMount` has them; the lines of mod_jk are gone. */
export function adoptJk(read: Topology, workers: ReadWorkers): AdoptedJk {
  const { topology, notes } = adoptWorkers(workers);
  const known: KnownWorkers = {
    clusters: topology.clusters.map(({ name }) => name),
    status: workers.workers.status,
  };
  const ofLines: LostJkLine[] = [];
  const servers = read.servers.map((server) => adoptServer(server, known, ofLines));
  return {
    topology: { ...read, clusters: [...read.clusters, ...topology.clusters], servers },
    ofWorkers: notes,
    ofLines,
  };
}

interface KnownWorkers {
  readonly clusters: readonly string[];
  readonly status: string | undefined;
}

/**
 * A scope's own mounts, and those of the main server where `JkMountCopy` says so. ProxyPass of the main server is every
 * virtual host's, JkMount is not: beside virtual hosts there is no place for it.
 */
function adoptServer(server: Server, known: KnownWorkers, notes: LostJkLine[]): Server {
  const { modules, virtualHosts, ...rest } = server;
  const shared = rulesOf(server, known, notes);
  const isAlone = virtualHosts.length === 0;
  const copied = copyWord(server);
  if (!isAlone && copied !== "all") {
    const why = "it counts outside of virtual hosts only: give those requests a <VirtualHost> of their own";
    for (const { name, text } of linesOf(server)) if (name === "jkmount") notes.push({ text, why });
  }
  return {
    ...rest,
    ...withMounts(server, isAlone ? shared : []),
    ...(modules === undefined ? {} : { modules: [...modules.filter((name) => name !== "jk"), ...INSTEAD] }),
    virtualHosts: virtualHosts.map((host) => {
      const own = copyWord(host);
      const copies = own === "on" || (copied === "all" && own !== "off");
      return { ...host, ...withMounts(host, [...(copies ? shared : []), ...rulesOf(host, known, notes)]) };
    }),
  };
}

/** The word of JkMountCopy in a scope. */
function copyWord(scope: ServerScope): string | undefined {
  return linesOf(scope)
    .findLast(({ name }) => name === "jkmountcopy")
    ?.words[0]?.toLowerCase();
}

function linesOf({ extra = [] }: ServerScope): readonly JkLine[] {
  return extra.flatMap((line) => jkLineOf(line) ?? []);
}

/** A scope without the lines of mod_jk, mounted as they say. */
function withMounts(scope: ServerScope, rules: readonly JkRule[]): Pick<ServerScope, "mounts" | "extra" | "front"> {
  const { extra = [], front } = scope;
  const mounts = mountsOfJk(rules);
  return {
    mounts: [...scope.mounts, ...mounts],
    extra: extra.filter((line) => jkLineOf(line) === undefined),
    ...(front === undefined ? {} : { front: withPasses(front, mounts) }),
  };
}

/**
 * What stands in front of the balancers, with ProxyPass in the place of mod_jk's lines: as many lines as before, so that
 * all others are found where they were.
 */
function withPasses(front: Front, mounts: readonly Mount[]): Front {
  const passes = mounts.map(passOf);
  let next = 0;
  const replaced = front.map((directive) => (isJkName(directive.name) ? (passes[next++] ?? NOTHING) : directive));
  return [...replaced, ...passes.slice(next)];
}

/** A line that decides nothing. */
const NOTHING: FrontDirective = { name: "LogLevel", text: "warn", words: ["warn"] };

function passOf({ path, match, to }: Mount): FrontDirective {
  const target = to.kind === "cluster" ? `balancer://${to.cluster}${to.path}` : "!";
  const name = match === true ? "ProxyPassMatch" : "ProxyPass";
  return { name, text: `"${path.replace(/["\\]/g, String.raw`\$&`)}" ${target}`, words: [path, target] };
}

/** The rules of a scope's lines; what is none is told. */
function rulesOf(scope: ServerScope, known: KnownWorkers, notes: LostJkLine[]): readonly JkRule[] {
  return linesOf(scope).flatMap((line) => ruleOf(line, known, notes) ?? []);
}

function ruleOf({ name, text, words, inside }: JkLine, known: KnownWorkers, notes: LostJkLine[]): JkRule | undefined {
  if (SILENT.includes(name)) return undefined;
  const [pattern = "", target = ""] = words;
  const [worker = "", ...extensions] = target.split(";");
  const isMount = name === "jkmount";
  const why = whyLost();
  if (why !== undefined) {
    notes.push({ text, why });
    return undefined;
  }
  if (extensions.length > 0) notes.push({ text, why: `${extensions.join(", ")} is left out` });
  return { pattern, worker, isMount };

  function whyLost(): string | undefined {
    if ((!isMount && name !== "jkunmount") || inside || target === "") {
      return "httpd has nothing like it, or not in this place";
    }
    if (worker === known.status) return "give the server its manager instead";
    const isKnown = known.clusters.includes(worker) || (worker === "*" && !isMount);
    return isKnown ? undefined : `worker.list names no ${shown(worker)}`;
  }
}
