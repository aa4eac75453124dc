import { buildTopology } from "../topology/build.js";
import { statusOfRole } from "../topology/roles.js";
import type { Cluster, Member, Topology } from "../topology/topology.js";
import { millis, seconds } from "../vocabulary/duration.js";
import type { Role } from "../vocabulary/status.js";
import type { BalancerParameters } from "../vocabulary/balancer.js";
import type { WorkerParameters } from "../vocabulary/worker.js";
import type { ReadWorkers } from "../server-files/read-workers.js";
import { isJkNumber, jkFaultText } from "../server-files/jk-values.js";
import { JK_DEFAULTS, unroutedName } from "../server-files/jk-workers.js";
import type { JkBalancer, JkMember } from "../server-files/jk-workers.js";

/** The clusters of a workers.properties, and what of it httpd has nothing for. */
export interface AdoptedWorkers {
  readonly topology: Topology;
  readonly notes: readonly AdoptedNote[];
}

/** One thing that is to be said of a line. */
export interface AdoptedNote {
  readonly line: number | undefined;
  readonly text: string;
  /** True when requests may notice. */
  readonly lost: boolean;
  /** True for what cannot be used as it is. */
  readonly refused?: boolean;
}

/** What httpd takes. */
const MOST_FACTOR = 100;

/** The clusters that balance as these workers do. Where they are mounted, an httpd.conf says: see `adoptJk`. */
export function adoptWorkers({ workers, unread, faults, lineOf }: ReadWorkers): AdoptedWorkers {
  const clusters = workers.balancers.map(clusterOf);
  const notes: readonly AdoptedNote[] = [
    ...faults.map((fault) => ({ line: fault.line, text: jkFaultText(fault), lost: true, refused: true })),
    ...unread.map(({ word, line }) => ({ line, text: `${word}: httpd has nothing like it`, lost: true })),
    ...workers.balancers.flatMap((balancer) => balancerNotes(balancer, lineOf(balancer.name))),
    ...(workers.status === undefined
      ? []
      : [{ line: lineOf(workers.status), text: `${workers.status}: give a server its manager instead`, lost: false }]),
  ];
  return { topology: buildTopology({ clusters }), notes };
}

function clusterOf(balancer: JkBalancer): Cluster {
  const { name, members, sticky } = balancer;
  const factors = members.map(({ lbfactor }) => lbfactor);
  const scale = Math.max(1, Math.max(0, ...factors) / MOST_FACTOR);
  const roles = rolesOf(members);
  return {
    name,
    parameters: balancerParameters(balancer),
    members: members.map((member, index) =>
      adoptMember(withoutStandby(member, members), {
        role: roles[index]?.role ?? "active",
        lbset: roles[index]?.lbset ?? 0,
        scale,
        sticky: sticky !== undefined,
        recoverTime: balancer.recoverTime,
      }),
    ),
  };
}

const METHODS = { R: "byrequests", S: "byrequests", N: "byrequests", T: "bytraffic", B: "bybusyness" } as const;

function balancerParameters({ sticky, method }: JkBalancer): BalancerParameters {
  const lbmethod = METHODS[method];
  return {
    ...(lbmethod === "byrequests" ? {} : { lbmethod }),
    ...(sticky === undefined ? {} : { stickysession: `${sticky.cookie}|${sticky.path.replace(/^[;?]/, "")}` }),
    ...(sticky?.force === true ? { nofailover: true } : {}),
  };
}

interface MemberRole {
  readonly role: Role;
  readonly lbset: number;
}

/** Two distances are members and their standbys; more are sets that take each other's place. */
function rolesOf(members: readonly JkMember[]): readonly MemberRole[] {
  const distances = [...new Set(members.map(({ distance }) => distance))].sort((left, right) => left - right);
  const redirected = new Set(members.map(({ others }) => others["redirect"]));
  return members.map((member): MemberRole => {
    const rank = distances.indexOf(member.distance);
    if (member.activation === "stopped") return { role: "disabled", lbset: 0 };
    if (member.activation === "disabled")
      return { role: redirected.has(member.name) ? "standby" : "drained", lbset: 0 };
    if (distances.length <= 2) return { role: rank === 0 ? "active" : "standby", lbset: 0 };
    return { role: "active", lbset: rank };
  });
}

/** A redirect to what is disabled is how mod_jk says that it stands by; httpd's standby needs none. */
function withoutStandby(member: JkMember, members: readonly JkMember[]): JkMember {
  const { redirect, ...others } = member.others;
  const target = members.find(({ name }) => name === redirect);
  return target?.activation === "disabled" ? { ...member, others } : member;
}

interface Adoption extends MemberRole {
  /** What factors are divided by. */
  readonly scale: number;
  readonly sticky: boolean;
  readonly recoverTime: number;
}

function adoptMember(member: JkMember, { role, lbset, scale, sticky, recoverTime }: Adoption): Member {
  const { name, host, port, route, lbfactor, others } = member;
  const status = statusOfRole(role);
  const loadfactor = Math.max(1, Math.round((lbfactor / scale) * 100) / 100);
  const redirect = others["redirect"];
  const parameters: WorkerParameters = {
    ...(loadfactor === 1 ? {} : { loadfactor }),
    ...(lbset === 0 ? {} : { lbset }),
    ...(status === undefined ? {} : { status }),
    ...(sticky && route !== unroutedName(name) ? { route } : {}),
    ...(redirect === undefined ? {} : { redirect }),
    ...(recoverTime === JK_DEFAULTS.recoverTime ? {} : { retry: seconds(recoverTime) }),
    ...timesOf(others),
    ...(others["secret"] === undefined ? {} : { secret: others["secret"] }),
  };
  return { name, url: `ajp://${host}:${port}`, parameters };
}

function timesOf(others: Readonly<Record<string, string>>): WorkerParameters {
  const number = (word: string): number | undefined => {
    const text = others[word];
    return text !== undefined && isJkNumber(text) && Number(text) >= 0 ? Number(text) : undefined;
  };
  const connect = number("socket_connect_timeout");
  const reply = number("reply_timeout");
  const ping = number("ping_timeout");
  const size = number("connection_pool_size");
  const least = number("connection_pool_minsize");
  const idle = number("connection_pool_timeout");
  return {
    ...(connect === undefined || connect === 0 ? {} : { connectiontimeout: millis(connect) }),
    ...(reply === undefined || reply === 0 ? {} : { timeout: seconds(Math.max(1, Math.ceil(reply / 1_000))) }),
    ...(ping === undefined || ping === 0 ? {} : { ping: millis(ping) }),
    ...(size === undefined ? {} : { max: size }),
    ...(least === undefined ? {} : { min: least }),
    ...(idle === undefined || idle === 0 ? {} : { ttl: seconds(idle) }),
    ...(/^(t|y|1|on)/i.test(others["socket_keepalive"] ?? "") ? { keepalive: true } : {}),
  };
}

function balancerNotes({ name, method, members }: JkBalancer, line: number | undefined): readonly AdoptedNote[] {
  const counted = `${name}: method ${method} counts otherwise than httpd's byrequests`;
  const largest = Math.max(0, ...members.map(({ lbfactor }) => lbfactor));
  return [
    ...(method === "S" || method === "N" ? [{ line, text: counted, lost: true }] : []),
    ...(largest > MOST_FACTOR
      ? [{ line, text: `${name}: factors above ${MOST_FACTOR} are scaled down`, lost: false }]
      : []),
    { line, text: `${name}: httpd picks in another order, in the same proportion`, lost: false },
  ];
}
