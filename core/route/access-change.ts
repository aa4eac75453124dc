import { splitBalancerUrl } from "../httpd/balancer-name.js";
import { portOf } from "../topology/ports.js";
import { clusterNamed } from "../topology/seen-cluster.js";
import type { Server, Topology } from "../topology/topology.js";
import type { Pointer } from "../vocabulary/problem.js";
import { walkedTogether } from "./access-doubt.js";
import type { Side, Together } from "./access-doubt.js";
import { namedIn, neighboursOf } from "./access-paths.js";
import { frontOf } from "./front.js";
import { isIrrelevant } from "./irrelevant.js";
import type { RouteLine } from "./line.js";
import { routeWith } from "./route.js";
import type { Way } from "./route.js";
import { scopesAt } from "./scopes.js";
import { spelling } from "./walked.js";

/** What a change of a configuration does to one request. */
export type ChangeKind =
  /** Somebody reaches a backend, or a page of httpd itself, who did not. */
  | "opened"
  /** A backend answered, and now none does. */
  | "lost"
  /** Another backend answers, or the same one under another path. */
  | "elsewhere"
  /** Lines that are not read here could make it one of the others. */
  | "not shown";

/** A request that a change of a configuration treats in another way, or may. */
export interface AccessChange {
  readonly kind: ChangeKind;
  readonly method: string;
  readonly path: string;
  readonly host: string | undefined;
  readonly port: number;
  readonly client: string;
  readonly was: Way;
  readonly is: Way;
}

/** What a change does, as far as it was followed. */
export interface AccessComparison {
  readonly changes: readonly AccessChange[];
  /** Requests that were followed on both sides. */
  readonly followed: number;
  /** Requests that the lines name as well, of which nothing is shown. */
  readonly unfollowed: number;
}

/** Most requests that are followed. */
const MOST_REQUESTS = 8_000;

/**
 * What a change of a configuration does to who may reach what, for every path that either side names and its
 * neighbours: one finding for each path, client and method is enough to refuse the change. A change that leaves all
 * lines that a request meets as they were has none.
 *
 * @param most - requests that are followed, those for named paths first
 *
 * Conditions that nobody here can judge (maps, users, files) are assumed to hold, or not to, on both sides alike.
 */
export function accessChanges(before: ServerIn, after: ServerIn, most = MOST_REQUESTS): AccessComparison {
  if (sameLines(before, after)) return { changes: [], followed: 0, unfollowed: 0 };
  const [left, right] = [sideOf(before), sideOf(after)];
  const changes: AccessChange[] = [];
  const budget = { walks: MOST_WALKS };
  const requests = requestsFor(left, right);
  let followed = 0;
  for (const request of requests.slice(0, most)) {
    if (budget.walks <= 0 || changes.length >= MOST_CHANGES) break;
    changes.push(...changeOf(left, right, request, budget));
    followed += 1;
  }
  return { changes, followed, unfollowed: requests.length - followed };
}

/** Ways that are walked in all: conditions that nobody can judge double them. */
const MOST_WALKS = 16_000;

/** Findings beyond which nobody reads on. */
const MOST_CHANGES = 500;

/** A server in its topology. */
export interface ServerIn {
  readonly topology: Topology;
  readonly server: Server;
}

/** What happens to a request now, and what would. */
export function changeText({ kind, method, path, host, port, client, was, is }: AccessChange): string {
  const request = `${method} ${path} of ${host ?? "any host"} on port ${port} from ${client}`;
  const doubt = kind === "not shown" ? ", as far as lines that are not read do not decide" : "";
  return `${request}: ${endText(was)} now, ${endText(is)} then${doubt}`;
}

/** What was left out of a comparison, in one sentence; undefined where nothing was. */
export function unfollowedText({ followed, unfollowed }: Omit<AccessComparison, "changes">): string | undefined {
  if (unfollowed === 0) return undefined;
  const more = unfollowed === 1 ? "request more that its lines name is" : "requests more that its lines name are";
  return `who may reach what was compared for ${followed} requests; ${unfollowed} ${more} not compared`;
}

function endText({ to }: Way): string {
  return to.kind === "proxy" ? `to ${to.url}` : `httpd's own ${to.status}`;
}

interface Described extends ServerIn {
  readonly textOf: (at: Pointer) => string;
}

function sideOf({ topology, server }: ServerIn): Described {
  const texts = new Map<Pointer, string>();
  const read = (lines: readonly RouteLine[], around: string): void => {
    for (const { name, words, at, children } of lines) {
      const text = `${around}${name} ${words.join(" ")}`;
      texts.set(at, text);
      if (children !== undefined) read(children, `${text}\n`);
    }
  };
  for (const { host, at } of scopesAt(topology, server))
    read(frontOf(topology, server, host, at), `${host?.name ?? ""}\n`);
  return { topology, server, textOf: (at) => texts.get(at) ?? at };
}

/** True when no line differs that a request meets, and every host has the addresses and names it had. */
function sameLines(before: ServerIn, after: ServerIn): boolean {
  const textOf = ({ topology, server }: ServerIn): string =>
    JSON.stringify(
      scopesAt(topology, server).map(({ host, at }) => [
        host?.addresses,
        (host ?? server).serverName,
        (host ?? server).serverAliases,
        plain(frontOf(topology, server, host, at)),
      ]),
    );
  return textOf(before) === textOf(after);
}

function plain(lines: readonly RouteLine[]): readonly unknown[] {
  return lines.flatMap(({ name, words, children }) =>
    children === undefined && isIrrelevant(name, words[0])
      ? []
      : [[name, words, children === undefined ? 0 : plain(children)]],
  );
}

/** Walks of a request with too many conditions. */
const MOST_ASSUMED = 64;

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly host: string | undefined;
  readonly port: number;
  readonly client: string;
}

/** Named paths and their neighbours for somebody who looks, then for every client and method that is named. */
function requestsFor(left: Described, right: Described): readonly Asked[] {
  const [was, is] = [namedIn(left.topology, left.server), namedIn(right.topology, right.server)];
  const entrances = entrancesOf(left.server);
  const clients = [...new Set([...was.clients, ...is.clients])];
  const methods = [...new Set([...was.methods, ...is.methods])];
  const named = new Set([...was.paths, ...is.paths]);
  const beside = new Set([...named].flatMap(neighboursOf).filter((path) => !named.has(path)));
  const asked = (paths: Iterable<string>, who: readonly string[], how: readonly string[]): readonly Asked[] =>
    [...paths].flatMap((path) =>
      entrances.flatMap(({ host, port }) =>
        who.flatMap((client) => how.map((method) => ({ method, path, host, port, client }))),
      ),
    );
  return [
    ...asked(named, LOOKERS, ["GET"]),
    ...asked(beside, LOOKERS.slice(0, 1), ["GET"]),
    ...asked(named, clients, methods),
    ...asked(beside, LOOKERS.slice(1), ["GET"]),
  ];
}

/** A stranger, and this machine itself. */
const LOOKERS = ["203.0.113.7", "127.0.0.1"];

/** Where a client can come in: each port and name, once. */
function entrancesOf(server: Server): readonly { readonly host: string | undefined; readonly port: number }[] {
  const ports = new Set(server.listen.map(({ port }) => port));
  const own = server.virtualHosts.flatMap(({ addresses, serverName, serverAliases = [] }) =>
    addresses.flatMap((address) => {
      const port = portOf(address) ?? [...ports][0] ?? 80;
      ports.add(port);
      return [serverName, serverAliases[0]?.replace("*", "x")].map((host) => ({ host, port }));
    }),
  );
  const main = [...(ports.size === 0 ? [80] : ports)].map((port) => ({ host: server.serverName, port }));
  return [...new Map([...main, ...own].map((one) => [JSON.stringify(one), one])).values()];
}

function changeOf(left: Described, right: Described, asked: Asked, budget: { walks: number }): readonly AccessChange[] {
  const side = ({ topology, server, textOf }: Described): Side<Way> => ({
    textOf,
    walk: (doubt) => {
      const { method, path, client, host, port } = asked;
      const headers: Readonly<Record<string, string>> = host === undefined ? {} : { Host: host };
      return routeWith(topology, server, { port }, { method, path, client, headers }, doubt);
    },
  });
  const ways = walkedTogether(side(left), side(right));
  budget.walks -= 2 * (ways?.length ?? MOST_ASSUMED);
  if (ways === undefined) {
    const [one] = walkedTogether({ ...side(left), textOf: () => "" }, { ...side(right), textOf: () => "" }) ?? [];
    return one === undefined ? [] : [{ ...asked, kind: "not shown", was: one.was, is: one.is }];
  }
  for (const together of ways) {
    const kind = kindOf(left, right, together);
    if (kind !== undefined) return [{ ...asked, kind, was: together.was, is: together.is }];
  }
  return [];
}

function kindOf(left: Described, right: Described, together: Together<Way>): ChangeKind | undefined {
  const { was, is, unreadBefore, unreadAfter } = together;
  const [before, after] = [reachOf(left, was), reachOf(right, is)];
  if (isBackend(before) && before !== NO_BACKEND && (after === undefined || after === NO_BACKEND)) return "lost";
  if (after !== undefined && after !== before) return isBackend(after) && isBackend(before) ? "elsewhere" : "opened";
  const unread = unreadBefore.length + unreadAfter.length > 0;
  const alike =
    before === after &&
    sorted(unreadBefore) === sorted(unreadAfter) &&
    sorted(was.by.map(left.textOf).map(pathAndTarget)) === sorted(is.by.map(right.textOf).map(pathAndTarget));
  return unread && !alike ? "not shown" : undefined;
}

/** A balancer that is not there: httpd lets the request in and answers 500. */
const NO_BACKEND = "backend: none";

/** A mount without its parameters, which may stand elsewhere. */
function pathAndTarget(text: string): string {
  return text.replace(/(proxypass(?:match)? \S+ \S+) [^]*$/, "$1");
}

function isBackend(reach: string | undefined): boolean {
  return reach?.startsWith("backend") === true;
}

function sorted(texts: readonly string[]): string {
  return texts.toSorted().join("\u0000");
}

/** What a client gets that somebody may want closed: a backend's answer or a page; undefined for an answer without one. */
function reachOf({ topology, server }: Described, { to, host, error, errors }: Way): string | undefined {
  if (to.kind === "answer") return to.status === 200 ? "page" : undefined;
  const balancer = splitBalancerUrl(to.url);
  const of = `${error ?? ""} ${errors === undefined ? "" : "errors"}`;
  if (balancer === undefined) return `backend ${of} ${to.url} ${to.query ?? ""}`;
  const virtualHost = server.virtualHosts.find((one) => one.name === host);
  const seen = clusterNamed(topology, balancer.name, { server, host: virtualHost });
  if (seen === undefined) return NO_BACKEND;
  const members = seen.cluster.members.map(({ url }) => JSON.stringify(url));
  return `backend ${of} ${members.join(" ")} ${spelling(to)} ${balancer.rest} ${to.query ?? ""}`;
}
