import { checkScenario } from "../model/check-scenario.js";
import { runScenario } from "../model/run.js";
import { urlText } from "../scenario/nodes.js";
import type { Mount, Topology } from "../topology/topology.js";
import type { Pointer } from "../vocabulary/problem.js";
import { without } from "../vocabulary/without.js";
import { nearestName } from "../vocabulary/suggest.js";
import { defaultPortOf } from "../httpd/default-port.js";
import { parseUri } from "../httpd/uri.js";
import { LOGGED_CODES } from "./logged-codes.js";

/** What a line of an error log says. */
export interface Diagnosis {
  /** From 1. */
  readonly logLine: number;
  readonly code: string;
  /** How many lines of the log say the same. */
  readonly times: number;
  /** httpd's sentence. */
  readonly message: string;
  readonly meaning: string;
  readonly mend: string;
  /** Where in the description the cause is, where it is known. */
  readonly at?: Pointer;
  /** A mend that the model has tried: what it came to. */
  readonly checked?: string;
}

/**
 * Reads an error log: each message that is known, once, with what it means, the place of the configuration that it
 * comes from, and what to do. What is not about balancers is passed over.
 *
 * @param topology - what the configuration says; without it no places are named
 */
export function diagnose(log: string, topology?: Topology): readonly Diagnosis[] {
  const found = new Map<string, Diagnosis>();
  for (const [index, line] of log.split(/\r?\n/).entries()) {
    const one = diagnosisOf(line, index + 1, topology);
    if (one === undefined) continue;
    const same = found.get(one.message);
    found.set(one.message, same === undefined ? one : { ...same, times: same.times + 1 });
  }
  return [...found.values()];
}

function diagnosisOf(line: string, logLine: number, topology: Topology | undefined): Diagnosis | undefined {
  const [, code = "", sentence = ""] = /\b(AH[0-9]{5}): (.*)$/.exec(line) ?? [];
  const known = LOGGED_CODES.find((one) => one.code === code && one.message.test(sentence));
  if (known === undefined) return undefined;
  const named = known.message.exec(sentence)?.groups ?? {};
  const { meaning, mend } = known;
  const message = `${code}: ${sentence}`;
  const common = { logLine, code, times: 1, message, meaning, mend };
  return topology === undefined ? common : { ...common, ...causeIn(topology, code, named) };
}

type Named = Readonly<Record<string, string | undefined>>;

/** The part of the description that a message is about. */
function causeIn(topology: Topology, code: string, named: Named): Partial<Diagnosis> {
  const { authority, host, balancer, path } = named;
  if (authority !== undefined || host !== undefined) return memberAt(topology, authority ?? host ?? "");
  if (balancer !== undefined && code === "AH01171") return misnamed(topology, balancer);
  if (balancer !== undefined) return clusterAt(topology, balancer);
  return path !== undefined && code === "AH01144" ? unfinishedMount(topology, path) : {};
}

function memberAt({ clusters }: Topology, called: string): Partial<Diagnosis> {
  for (const [at, { members }] of clusters.entries()) {
    const index = members.findIndex(({ url }) => isCalled(urlText(url), called.toLowerCase()));
    if (index >= 0) return { at: `/clusters/${at}/members/${index}/url` };
  }
  return {};
}

function isCalled(url: string, called: string): boolean {
  const { scheme = "", hostname = "", port } = parseUri(url) ?? {};
  const number = port === undefined || port === 0 ? defaultPortOf(scheme.toLowerCase()) : port;
  const host = hostname.toLowerCase();
  return called === host || called === `${host}:${number}`;
}

function clusterAt({ clusters }: Topology, name: string): Partial<Diagnosis> {
  const at = clusters.findIndex((cluster) => cluster.name.toLowerCase() === name.toLowerCase());
  return at < 0 ? {} : { at: `/clusters/${at}` };
}

/** A mount of a balancer that is not there; tried with the name that is nearest. */
function misnamed(topology: Topology, name: string): Partial<Diagnosis> {
  const names = topology.clusters.filter(({ members }) => members.length > 0).map((cluster) => cluster.name);
  const near = nearestName(name, names);
  return mendedMount(topology, ({ to }) =>
    to.kind !== "cluster" || to.cluster.toLowerCase() !== name.toLowerCase()
      ? undefined
      : near === undefined
        ? { mend: `there are ${names.join(", ")}` }
        : { to: { ...to, cluster: near }, mend: `balancer://${near} instead of balancer://${to.cluster}` },
  );
}

/** A mount whose path and target do not both end with a slash. */
function unfinishedMount(topology: Topology, path: string): Partial<Diagnosis> {
  return mendedMount(
    topology,
    (mount) => {
      const { to } = mount;
      if (to.kind !== "cluster" || to.path !== "" || !mount.path.endsWith("/") || !path.startsWith(mount.path))
        return undefined;
      return { to: { ...to, path: "/" }, mend: `balancer://${to.cluster}/ instead of balancer://${to.cluster}` };
    },
    path,
  );
}

interface Mended {
  readonly to?: Mount["to"];
  readonly mend: string;
}

/** The first mount that a change would mend, and what the model says to a request once it is made. */
function mendedMount(
  topology: Topology,
  mending: (mount: Mount) => Mended | undefined,
  path?: string,
): Partial<Diagnosis> {
  for (const [number, server] of topology.servers.entries()) {
    for (const [index, mount] of server.mounts.entries()) {
      const mended = mending(mount);
      if (mended === undefined) continue;
      const at = `/servers/${number}/mounts/${index}` as const;
      if (mended.to === undefined) return { at, mend: mended.mend };
      const to = mended.to;
      const mounts = server.mounts.map((one, other) => (other === index ? { ...one, to } : one));
      // Its mounts, and no longer the lines that were read, say where requests go.
      const described = without(server, "front");
      const servers = topology.servers.map((one, other) => (other === number ? { ...described, mounts } : one));
      return { at, mend: `write ${mended.mend}`, ...tried({ ...topology, servers }, path ?? mount.path) };
    }
  }
  return {};
}

function tried(topology: Topology, path: string): Partial<Diagnosis> {
  const scenario = { steps: [{ request: { path } }] };
  if (checkScenario(topology, scenario).length > 0) return {};
  const [pick] = runScenario(topology, scenario).picks;
  if (pick === undefined || pick.member === null) return {};
  return { checked: `with it, ${pick.member} answers ${path} in the model` };
}
