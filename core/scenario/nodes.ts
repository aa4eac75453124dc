import type { Cluster, Member, Text, Topology } from "../topology/topology.js";
import { shown } from "../vocabulary/shown.js";
import type { Pointer, Problem } from "../vocabulary/problem.js";
import { shortName } from "../topology/short-name.js";
import { nearestName } from "../vocabulary/suggest.js";

/** A member of a cluster, with its place in the order that httpd breaks ties by. */
export interface PlacedMember {
  readonly cluster: Cluster;
  readonly index: number;
  readonly member: Member;
}

/** The text of a URL; holes that are filled at apply show their source. */
export function urlText(url: Text): string {
  if (typeof url === "string") return url;
  return url.map((piece) => (typeof piece === "string" ? piece : `<${piece.deferred}>`)).join("");
}

/** Every member of every cluster that a word means: by URL, by name, or as reports shorten it (`host:port`). */
export function membersMeant({ clusters }: Topology, word: string): readonly PlacedMember[] {
  const { urls, names, short } = indexOf(clusters);
  return urls().get(word) ?? names().get(word) ?? short().get(word) ?? [];
}

type Groups = ReadonlyMap<string, readonly PlacedMember[]>;

/** Members by what they are called, each way made when it is first asked for. */
interface MemberIndex {
  readonly urls: () => Groups;
  readonly names: () => Groups;
  readonly short: () => Groups;
}

const INDEXES = new WeakMap<Topology["clusters"], MemberIndex>();

function indexOf(clusters: Topology["clusters"]): MemberIndex {
  const known = INDEXES.get(clusters);
  if (known !== undefined) return known;
  const placed = clusters.flatMap((cluster) => cluster.members.map((member, index) => ({ cluster, index, member })));
  const index = {
    urls: grouped(placed, ({ member }) => urlText(member.url)),
    names: grouped(placed, ({ member }) => member.name),
    short: grouped(placed, ({ member }) => shortName(urlText(member.url))),
  };
  INDEXES.set(clusters, index);
  return index;
}

function grouped(placed: readonly PlacedMember[], keyOf: (one: PlacedMember) => string): () => Groups {
  let known: Groups | undefined;
  return () => (known ??= groupsOf(placed, keyOf));
}

function groupsOf(placed: readonly PlacedMember[], keyOf: (one: PlacedMember) => string): Groups {
  const groups = new Map<string, PlacedMember[]>();
  for (const one of placed) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return groups;
}

/** The URLs behind a word: those of members, or of a mount that leads to one backend without a balancer. */
export function nodesMeant(topology: Topology, word: string): readonly string[] {
  const members = membersMeant(topology, word).map(({ member }) => urlText(member.url));
  if (members.length > 0) return [...new Set(members)];
  return plainBackends(topology).filter((url) => url === word);
}

/** URLs of backends that are mounted without a balancer. */
export function plainBackends(topology: Topology): readonly string[] {
  const scopes = topology.servers.flatMap((server) => [server, ...server.virtualHosts]);
  const urls = scopes.flatMap(({ mounts }) => mounts.flatMap(({ to }) => (to.kind === "url" ? [urlText(to.url)] : [])));
  return [...new Set(urls)];
}

/** The problem of a word that means no member, or several. */
export function wordProblem(topology: Topology, word: string, at: Pointer, subject: string): Problem | undefined {
  const nodes = nodesMeant(topology, word);
  if (nodes.length === 1) return undefined;
  if (nodes.length > 1) {
    const fix = `write the URL: ${nodes.join(" or ")}`;
    return { at, subject, found: `${shown(word)}, which names ${nodes.length} members`, allowed: "one member", fix };
  }
  const members = topology.clusters.flatMap((cluster) => cluster.members);
  const names = [...new Set(members.flatMap((member) => [member.name, urlText(member.url)]))];
  const known = [...names, ...plainBackends(topology)];
  const near = nearestName(word, known);
  const listed = known.length > 12 ? `${known.slice(0, 12).join(", ")}, ...` : known.join(", ");
  return {
    at,
    subject,
    found: shown(word),
    allowed: "the name or URL of a member",
    fix: near === undefined ? `use one of ${listed}` : `did you mean '${near}'?`,
  };
}
