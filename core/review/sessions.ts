import { backendOf } from "../httpd/backend.js";
import { fraction, sumOf } from "../model/fraction.js";
import type { Fraction } from "../model/fraction.js";
import { urlText } from "../scenario/nodes.js";
import { effectiveBalancer, effectiveMember } from "../topology/effective.js";
import type { Cluster, Member, Topology } from "../topology/topology.js";
import { behaves } from "../vocabulary/behaviours.js";
import { NOT_USABLE } from "../vocabulary/status.js";
import type { FractionText, SessionsReview, Shares } from "./report.js";
import { fractionOf } from "./traffic.js";

/** A cluster, and the httpd that has it. */
interface SessionSide {
  readonly topology: Topology;
  readonly cluster: Cluster;
}

/**
 * Which part of the requests with a session in the query string goes elsewhere because one of two releases does not see
 * it: each of them goes to whoever is next, and stays by chance where its session is. Undefined where both do the same.
 */
export function strayedInQuery(
  before: SessionSide | undefined,
  after: SessionSide | undefined,
  shares: Shares,
): FractionText | undefined {
  if (before === undefined || after === undefined) return undefined;
  const [blindly, blind] = [before, after].map(({ topology }) => behaves(topology.httpd, "query-sessions-unseen"));
  const stick = [before, after].every(({ cluster }) => effectiveBalancer(cluster).sticky !== undefined);
  if (blindly === blind || !stick) return undefined;
  const tied = tiedIn(before.cluster, shares);
  const all = tied.reduce((sum, { part }) => sumOf(sum, part), NOTHING);
  if (all.numerator === 0) return undefined;
  const stays = tied.reduce((sum, { part: { numerator, denominator } }) => {
    return sumOf(sum, fraction(numerator * numerator, denominator * denominator));
  }, NOTHING);
  const left = fraction(stays.numerator * all.denominator, stays.denominator * all.numerator);
  return fractionOf(fraction(left.denominator - left.numerator, left.denominator));
}

/**
 * Which part of the sessions that stick before goes to another member, everything being up, because of the change:
 * each member has as many sessions as it serves requests. A member without a route has none that stick.
 */
export function sessionsMoved(before: Cluster | undefined, after: Cluster | undefined, shares: Shares): SessionsReview {
  const tied = before === undefined ? [] : tiedIn(before, shares);
  const all = tied.reduce((sum, { part }) => sumOf(sum, part), NOTHING);
  if (before === undefined || all.numerator === 0) return { moved: null, why: [] };
  const moves = tied.flatMap(({ member, part }) => {
    const why = moveOf(member, before, after);
    return why === undefined ? [] : [{ part, why }];
  });
  const moved = moves.reduce((sum, { part }) => sumOf(sum, part), NOTHING);
  const share = fraction(moved.numerator * all.denominator, moved.denominator * all.numerator);
  return { moved: fractionOf(share), why: [...new Set(moves.map(({ why }) => why))] };
}

const NOTHING: Fraction = { numerator: 0, denominator: 1 };

interface Tied {
  readonly member: Member;
  readonly part: Fraction;
}

function tiedIn(cluster: Cluster, shares: Shares): readonly Tied[] {
  if (effectiveBalancer(cluster).sticky === undefined) return [];
  return cluster.members.flatMap((member) => {
    const [numerator, denominator] = (shares[member.name] ?? "0/1").split("/").map(Number);
    const part = fraction(numerator ?? 0, denominator ?? 1);
    return (member.parameters.route ?? "") === "" || part.numerator === 0 ? [] : [{ member, part }];
  });
}

/** Why the sessions of a member go elsewhere; undefined where they stay. */
function moveOf(member: Member, before: Cluster, after: Cluster | undefined): string | undefined {
  const { name } = member;
  const route = member.parameters.route ?? "";
  if (after === undefined) return `cluster ${before.name} is removed`;
  const [old, young] = [effectiveBalancer(before), effectiveBalancer(after)];
  if (young.sticky === undefined) return "sessions do not stick any more: every request goes to whoever is next";
  if (young.sticky.cookie !== old.sticky?.cookie || young.separator !== old.separator) {
    return "httpd looks for sessions under another name or separator and finds none of those that are there";
  }
  const heir = after.members.find(({ parameters }) => parameters.route === route);
  if (heir === undefined) {
    const renamed = after.members.find(({ url }) => urlText(url) === urlText(member.url));
    const now = renamed?.parameters.route;
    if (renamed === undefined) return `${name} is gone${kept(member, after)}`;
    return now === undefined ? `${name} has no route any more` : `${name} has the route ${now} instead of ${route}`;
  }
  if (isElsewhere(member, heir)) return `route ${route} leads to ${urlText(heir.url)} now`;
  const unusable = NOT_USABLE.some((letter) => effectiveMember(heir).status.has(letter));
  return unusable ? `${name} is out of service${kept(member, after)}` : undefined;
}

/** A server is known by its host and port; behind another scheme it listens to another port of the same host. */
function isElsewhere(before: Member, after: Member): boolean {
  const [old, young] = [urlText(before.url), urlText(after.url)].map(backendOf);
  if (old === undefined || young === undefined) return false;
  if (old.host !== young.host || old.socket !== young.socket) return true;
  return old.scheme === young.scheme && old.port !== young.port;
}

function kept({ name, replicationGroup }: Member, after: Cluster): string {
  if (replicationGroup === undefined) return "; its sessions are lost unless they are replicated";
  const copies = after.members.some((other) => other.name !== name && other.replicationGroup === replicationGroup);
  return copies ? `; copies of its sessions are in group ${replicationGroup}` : "; its sessions are lost";
}
