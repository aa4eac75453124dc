import { readWorkerUrl } from "../httpd/worker-url.js";
import type { WorkerUrl } from "../httpd/worker-url.js";
import { urlText } from "../scenario/nodes.js";
import { roleOf } from "../topology/roles.js";
import type { Member } from "../topology/topology.js";
import type { Problem } from "../vocabulary/problem.js";
import { shown } from "../vocabulary/shown.js";
import { carriedParameters } from "./carried.js";
import type { JkLoss } from "./losses.js";
import type { JkMember } from "../server-files/jk-workers.js";
import { JK_DEFAULTS, unroutedName } from "../server-files/jk-workers.js";

/** Ports of an application server without an offset: that of http, and that of AJP. */
const HTTP_PORT = 8080;

/** A member as mod_jk has it, and what was lost on the way. */
export interface CarriedMember {
  readonly member: JkMember;
  readonly losses: readonly JkLoss[];
}

/** Where a member stands in its cluster. */
export interface MemberPlace {
  /** Name of its worker, which no other has. */
  readonly worker: string;
  readonly lbfactor: number;
  readonly distance: number;
  /** Name of the worker of a route. */
  readonly workerOfRoute: (route: string) => string | undefined;
}

/** Where mod_jk connects to; a problem for what speaks no AJP. */
export function ajpAddress(
  member: Member,
): { readonly host: string; readonly port: number; readonly assumed: boolean } | undefined {
  const url = readWorkerUrl(urlText(member.url));
  if (typeof url === "string" || url.socket !== undefined) return undefined;
  const host = url.hostname;
  if (url.scheme === "ajp") return { host, port: url.port === 0 ? JK_DEFAULTS.port : url.port, assumed: false };
  const offset = httpOffset(url);
  return offset === undefined ? undefined : { host, port: JK_DEFAULTS.port + offset, assumed: true };
}

/** An application server moves all its ports by one offset. */
function httpOffset({ scheme, port }: WorkerUrl): number | undefined {
  return scheme === "http" && port >= HTTP_PORT && port < HTTP_PORT + 10_000 ? port - HTTP_PORT : undefined;
}

/** What keeps a member from being reached over AJP. */
export function addressProblems(member: Member, at: Problem["at"]): readonly Problem[] {
  if (ajpAddress(member) !== undefined) return [];
  return [
    {
      at: `${at}/url`,
      subject: `url of member ${shown(member.name)}`,
      found: shown(urlText(member.url)),
      allowed: "ajp://host:port: mod_jk speaks nothing else",
      fix: "write the address of its AJP connector",
    },
  ];
}

/** The worker of a member; its cluster must have passed {@link addressProblems}. */
export function carryMember(member: Member, place: MemberPlace): CarriedMember {
  const { host, port, assumed } = ajpAddress(member) ?? { host: "", port: 0, assumed: false };
  const { parameters } = member;
  const { words, lost } = carriedParameters(parameters);
  const owner = `member ${shown(member.name)}`;
  const target = parameters.redirect === undefined ? undefined : place.workerOfRoute(parameters.redirect);
  const role = roleOf(member);
  const losses: readonly JkLoss[] = [
    ...(assumed ? [httpLoss(owner, urlText(member.url), port)] : []),
    ...lost.map((what): JkLoss => ({ what: `${what} of ${owner}`, instead: "mod_jk has nothing like it" })),
    ...(role === "spare" ? [SPARE(owner)] : []),
    ...statusLosses(owner, parameters.status),
    ...(parameters.redirect !== undefined && target === undefined
      ? [{ what: `redirect=${parameters.redirect} of ${owner}`, instead: "it is left out: no member has this route" }]
      : []),
  ];
  const activation = ACTIVATIONS[role];
  return {
    losses,
    member: {
      name: place.worker,
      host,
      port,
      route: parameters.route ?? unroutedName(place.worker),
      lbfactor: place.lbfactor,
      distance: place.distance,
      activation,
      others: { ...words, ...(target === undefined ? {} : { redirect: target }) },
    },
  };
}

const ACTIVATIONS = {
  active: "active",
  standby: "active",
  spare: "active",
  drained: "disabled",
  disabled: "stopped",
  stopped: "stopped",
} as const satisfies Record<ReturnType<typeof roleOf>, JkMember["activation"]>;

function SPARE(owner: string): JkLoss {
  return {
    what: `status=+R of ${owner}`,
    instead: "it is written as a standby: mod_jk uses it when all others are gone",
  };
}

function httpLoss(owner: string, url: string, port: number): JkLoss {
  const instead = `mod_jk speaks AJP only; port ${port} is assumed, as an offset moves ${HTTP_PORT} and ${JK_DEFAULTS.port} alike`;
  return { what: `${url} of ${owner}`, instead };
}

function statusLosses(owner: string, status = ""): readonly JkLoss[] {
  const letters = status.toUpperCase();
  return [
    ...(letters.includes("I") ? [{ what: `status=+I of ${owner}`, instead: "mod_jk takes errors seriously" }] : []),
    ...(letters.includes("E") ? [{ what: `status=+E of ${owner}`, instead: "mod_jk begins with it usable" }] : []),
  ];
}
