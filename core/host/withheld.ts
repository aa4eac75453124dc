import { BALANCER_PARAMETERS } from "../vocabulary/balancer.js";
import type { ParameterTable } from "../vocabulary/parameter.js";
import { WORKER_PARAMETERS } from "../vocabulary/worker.js";
import type { Cluster, MountTarget, ServerScope, Text, Topology } from "../topology/topology.js";
import type { HostVariable } from "./plan.js";

/** A secret, and the word that stands in its place until the configuration is written. */
export interface WithheldSecret extends HostVariable {
  readonly marker: string;
}

/** A description without its secrets. */
export interface Withheld {
  readonly topology: Topology;
  readonly secrets: readonly WithheldSecret[];
}

/** Longest name of a variable; the number behind it keeps those that were cut apart. */
const LONGEST_NAME = 60;

/**
 * Puts a word in the place of each secret parameter, so that what is written of the description can refer to the secret.
 * Secrets of one value share a variable: two members that httpd takes for one worker stay alike.
 */
export function withhold(topology: Topology): Withheld {
  const stem = unusedWord(topology);
  const known = new Map<string, WithheldSecret>();
  const hide = (table: ParameterTable, values: object, owner: readonly string[]): object =>
    Object.fromEntries(
      Object.entries(values).map(([word, value]: [string, unknown]) => {
        if (table[word]?.secret !== true || typeof value !== "string" || value.toLowerCase() === "none")
          return [word, value];
        const first = known.get(value);
        if (first !== undefined) return [word, first.marker];
        const count = known.size;
        const name = variableName([...owner, word], new Set([...known.values()].map((secret) => secret.name)));
        const secret = { name, what: `${word} of ${owner.join(" ")}`, marker: `${stem}${count}x` };
        known.set(value, secret);
        return [word, secret.marker];
      }),
    );
  const clusters = topology.clusters.map((cluster): Cluster => ({
    ...cluster,
    parameters: hide(BALANCER_PARAMETERS, cluster.parameters, [cluster.name]),
    members: cluster.members.map((member) => ({
      ...member,
      parameters: hide(WORKER_PARAMETERS, member.parameters, [cluster.name, member.name]),
    })),
  }));
  const inScope = <Scope extends ServerScope>(scope: Scope): Scope => ({
    ...scope,
    mounts: scope.mounts.map((mount) => ({ ...mount, to: inTarget(mount.to, mount.path) })),
  });
  const inTarget = (to: MountTarget, path: string): MountTarget =>
    to.kind === "url" ? { ...to, parameters: hide(WORKER_PARAMETERS, to.parameters, ["mount", path]) } : to;
  const servers = topology.servers.map((server) => ({
    ...inScope(server),
    virtualHosts: server.virtualHosts.map(inScope),
  }));
  return { topology: { ...topology, clusters, servers }, secrets: [...known.values()] };
}

/**
 * What was written, where each marker is a reference that httpd fills in when it reads the line: `"secret=${NAME}"`. It
 * fills it in before it cuts words, so that a value may have blanks in it, and no quotes.
 */
export function withReferences(text: Text, secrets: readonly WithheldSecret[]): Text {
  if (secrets.length === 0) return text;
  const filled = (piece: string): string =>
    secrets.reduce(
      (rest, { marker, name }) =>
        rest.replaceAll(new RegExp(`(\\w+)=${marker}`, "g"), (_, word: string) => `"${word}=\${${name}}"`),
      piece,
    );
  return typeof text === "string"
    ? filled(text)
    : text.map((piece) => (typeof piece === "string" ? filled(piece) : piece));
}

/** A plain word that no part of the description has in it. */
function unusedWord(topology: Topology): string {
  const text = JSON.stringify(topology);
  let word = "withheld";
  while (text.includes(word)) word = `${word}w`;
  return word;
}

function variableName(words: readonly string[], taken: ReadonlySet<string>): string {
  const plain = words
    .join("_")
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, "_")
    .replace(/^(?=\d)/, "_");
  const short = plain.slice(0, LONGEST_NAME);
  let name = short;
  for (let count = 2; taken.has(name); count++) name = `${short}_${count}`;
  return name;
}
