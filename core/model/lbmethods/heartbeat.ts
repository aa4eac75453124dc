import { isUsable } from "../bits.js";
import { retryCheck } from "../retry.js";
import type { BalancerState } from "../state.js";
import type { LbMethodModel } from "./lbmethod.js";

/** What a server last reported to mod_heartmonitor. */
export interface Heartbeat {
  readonly host: string;
  readonly busy: number;
  readonly ready: number;
  /** Seconds since the report. */
  readonly lastSeen: number;
}

/**
 * `mod_lbmethod_heartbeat.c`: a random draw among usable members, with its own search: lbset, standby, spare, drain and
 * load factor mean nothing to it. Which member serves cannot be told, only {@link heartbeatShares}.
 */
export const heartbeat: LbMethodModel = {
  find(state, chance) {
    const usable = heartbeatCandidates(state, (member) => {
      retryCheck(state, member, chance);
    });
    state.candidates.set(usable);
    state.candidateCount = usable.length;
    if (usable.length === 0) return -1;
    return usable[usable.length === 1 ? 0 : chance.choose(usable.length)] ?? -1;
  },
  reset() {
    // The method keeps nothing of its own.
  },
};

/**
 * Chance of each member, from the servers' reports: servers unseen for 10 s are dead; an idle server counts a quarter
 * of its ready slots, as an integer. The draw is uniform on 0 to the sum of ready slots, both included, and a boundary
 * belongs to the later server (read in httpd's source; measured as a distribution).
 *
 * @returns exact fractions of one as [numerator, denominator], by member
 */
export function heartbeatShares(
  state: BalancerState,
  beats: readonly Heartbeat[],
): readonly (readonly [number, number])[] {
  const slots = heartbeatCandidates(state).flatMap((member) => {
    const host = state.balancer.members[member]?.host;
    const beat = beats.find((known) => known.host === host && known.lastSeen < 10);
    if (beat === undefined) return [];
    const ready = beat.busy === 0 ? Math.floor(beat.ready / 4) : beat.ready;
    return ready > 0 ? [{ member, ready }] : [];
  });
  const total = slots.reduce((sum, { ready }) => sum + ready, 0);
  return state.balancer.members.map((_, member) => {
    const place = slots.findIndex((slot) => slot.member === member);
    const slot = slots[place];
    if (slot === undefined) return [0, total + 1];
    return [slot.ready + (place === slots.length - 1 ? 1 : 0), total + 1];
  });
}

/** Usable members; of several on one host only the last counts, because reports carry no port. */
function heartbeatCandidates(state: BalancerState, check?: (member: number) => void): readonly number[] {
  const byHost = new Map<string, number>();
  for (const [member, { host }] of state.balancer.members.entries()) {
    if (!isUsable(state.status[member] ?? 0)) check?.(member);
    if (isUsable(state.status[member] ?? 0)) byHost.set(host, member);
  }
  return [...byHost.values()].sort((left, right) => left - right);
}
