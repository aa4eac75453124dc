import type { SearchLimits } from "./classes.js";
import { routesOf } from "./layout.js";
import type { SearchLayout } from "./layout.js";

/** A proof by argument: how many states it covers. */
export interface Argument {
  readonly states: number;
}

/**
 * Proves `always-served` for layouts without a weak point, of any size, from this argument.
 *
 * Let at most K members be down, nobody administratively out, drained, ignoring errors, health-checked or retried at
 * once, `forcerecovery` on, an ordinary member in every set that has spares, and `maxattempts` at least 2K. Then:
 *
 * 1. The walk always finds somebody. Forced recovery sees to it that some member x is not in error, so x is usable.
 *    An ordinary or standby x makes its set offer something. A spare x does too: either an ordinary member of its set
 *    is usable, or one is unusable and lets a usable spare in.
 * 2. A try fails only at a member that is down, and puts it in error. Only forced recovery takes it out again within
 *    the request, since requests take no time.
 * 3. Forced recovery happens at most once in a request while somebody accepts connections: after the first, that
 *    member is not in error, and only failed tries put members in error.
 * 4. So each down member fails at most twice, 2K tries fail at most, and the next one is served.
 *
 * With bybusyness and nothing but ordinary members of one set, K is enough instead of 2K: whoever failed in this
 * request is busier than everybody who accepts connections, so each down member is tried once; a session's own member,
 * which is not elected, may be tried once more.
 *
 * A session's own member is tried under the same bounds; `nofailover` would end the request, so it must not apply.
 *
 * @returns undefined when the layout does not meet the conditions; it may keep the promise all the same
 */
export function argumentFor(layout: SearchLayout, { failures, actions = [] }: SearchLimits): Argument | undefined {
  const { members } = layout;
  if (members.length === 0 || actions.length > 0 || layout.lbmethod === "heartbeat") return undefined;
  const plain = members.every(
    ({ condition, checked, ignoresErrors, retry }) =>
      condition === 0 && !checked && (failures === 0 || (!ignoresErrors && retry > 0)),
  );
  const sparesHelp = layout.lbsets.every((lbset) => {
    const places = members.filter((member) => member.lbset === lbset).map(({ place }) => place);
    return !places.includes("spare") || places.includes("active");
  });
  const sessionsMove = failures === 0 || !layout.nofailover || routesOf(layout).length === 0;
  const recovers = failures === 0 || (layout.forceRecovery && layout.furtherTries >= triesNeeded(layout, failures));
  if (!plain || !sparesHelp || !sessionsMove || !recovers) return undefined;
  return { states: statesCovered(members.length, failures) };
}

/** Tries after the first that are enough. */
function triesNeeded({ members, lbmethod, lbsets, sticky }: SearchLayout, failures: number): number {
  const alike = lbsets.length === 1 && members.every(({ place }) => place === "active");
  return lbmethod === "bybusyness" && alike ? failures + Number(sticky) : 2 * failures;
}

/** Spreads of members over up or down, in error or not, with at most so many down. */
function statesCovered(members: number, failures: number): number {
  let states = 0;
  for (let downs = 0; downs <= Math.min(failures, members); downs++) states += (downs + 1) * (members - downs + 1);
  return states;
}
