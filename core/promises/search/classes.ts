import { ADMINISTRATIVE, CONDITION } from "./condition.js";
import { routesOf } from "./layout.js";
import type { Place, SearchLayout, SearchMember } from "./layout.js";

/** What an operator may do to any member while a search runs. */
export type OperatorAction = "drain" | "disable" | "restart";

/** How far a search may go. */
export interface SearchLimits {
  /** Members that may be down at once. */
  readonly failures: number;
  /** What operators may do; @default - nothing */
  readonly actions?: readonly OperatorAction[];
}

/** What health checks do to a member, whenever they come. */
export interface HealthChecks {
  /** They fail though it accepts connections. */
  readonly alwaysFail: boolean;
  /** When they pass, an error that a request caused ends, too; else only what failed checks did. */
  readonly endErrors: boolean;
}

/**
 * Members that the abstraction cannot tell apart.
 *
 * It forgets counters, so load factor, retry time and place in the order do not matter; what is left is the set, the
 * role, a few flags and the part the member's route plays.
 */
export interface MemberClass {
  /** Indexes into the layout's members, in order. */
  readonly members: readonly number[];
  readonly lbset: number;
  readonly place: Place;
  readonly ignoresErrors: boolean;
  readonly retriedAtOnce: boolean;
  /** How health checks change a member's condition; undefined where none do. */
  readonly checks: HealthChecks | undefined;
  /** `own`: each member has a route of its own and no redirect; `special`: a single member, looked up by its route. */
  readonly route: "none" | "own" | "special";
  /** The condition members start in. */
  readonly start: number;
  /** Every condition a member can be in. */
  readonly conditions: readonly number[];
}

/**
 * Merges the members of a layout into classes.
 *
 * @param apart - true for a class of its own for each member
 */
export function classesOf(layout: SearchLayout, limits: SearchLimits, apart = false): readonly MemberClass[] {
  const routes = routeParts(layout);
  const groups = new Map<string, number[]>();
  layout.members.forEach((member, index) => {
    const part = routes[index] ?? "none";
    const solitary = apart || part === "special" || member.retry === 0 ? index : "";
    const { lbset, place, ignoresErrors, condition, checked, failsChecks } = member;
    const key = [lbset, place, ignoresErrors, condition, checked, failsChecks, part, solitary].join("|");
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [index]);
    else group.push(index);
  });
  return [...groups.values()].map((members) => classOf(layout, limits, members, routes[members[0] ?? 0] ?? "none"));
}

function classOf(
  layout: SearchLayout,
  limits: SearchLimits,
  members: readonly number[],
  route: MemberClass["route"],
): MemberClass {
  const first = layout.members[members[0] ?? 0];
  if (first === undefined) throw new RangeError("a class has no members");
  return {
    members,
    lbset: first.lbset,
    place: first.place,
    ignoresErrors: first.ignoresErrors,
    retriedAtOnce: first.retry === 0,
    checks: checksOf(layout, first),
    route,
    start: first.condition,
    conditions: conditionsOf(first, limits, route !== "none"),
  };
}

/** What health checks do to a member; undefined when none watch it. */
export function checksOf({ checksEndErrors }: SearchLayout, member: SearchMember): HealthChecks | undefined {
  return member.checked ? { alwaysFail: member.failsChecks, endErrors: checksEndErrors } : undefined;
}

/**
 * The condition of a member after enough of its health checks had the same end; itself where that changes nothing
 * (`hc_check`, modules/proxy/mod_proxy_hcheck.c): failures take a good member out, passes put a bad one back.
 */
export function afterChecks(condition: number, { alwaysFail, endErrors }: HealthChecks): number {
  const { down, error, failed } = CONDITION;
  const isBad = (condition & (endErrors ? error | failed : failed)) !== 0;
  if (alwaysFail || (condition & down) !== 0) return isBad ? condition : condition | failed;
  return isBad ? condition & ~(error | failed) : condition;
}

/** True for a member that is in service, or that operators may put into service. */
export function mayBeInService({ condition }: SearchMember, { actions = [] }: SearchLimits): boolean {
  return (condition & ADMINISTRATIVE & ~managedBits(actions)) === 0;
}

function managedBits(actions: readonly OperatorAction[]): number {
  return (actions.includes("drain") ? CONDITION.draining : 0) | (actions.includes("disable") ? CONDITION.out : 0);
}

/** Members nobody can try stay as they are: whether they run does not matter. */
function conditionsOf(member: SearchMember, { actions = [] }: SearchLimits, hasRoute: boolean): readonly number[] {
  const { condition } = member;
  const changes = managedBits(actions);
  const settled = condition & ADMINISTRATIVE & ~changes;
  const tried = (settled & CONDITION.out) === 0 && ((settled & CONDITION.draining) === 0 || hasRoute);
  if (!tried) return [condition];
  const mayFail = member.checked || (condition & CONDITION.failed) !== 0;
  const dynamic =
    CONDITION.down | (member.ignoresErrors ? 0 : CONDITION.error) | (mayFail ? CONDITION.failed : 0) | changes;
  return subsetsOf(dynamic).map((bits) => bits | settled);
}

function subsetsOf(mask: number): number[] {
  const subsets = [0];
  for (let bit = 1; bit <= mask; bit <<= 1) {
    if ((mask & bit) !== 0) subsets.push(...subsets.map((subset) => subset | bit));
  }
  return subsets.sort((a, b) => a - b);
}

function routeParts(layout: SearchLayout): readonly MemberClass["route"][] {
  const routes = routesOf(layout);
  const redirects = layout.members.some(({ redirect }) => redirect !== "");
  return layout.members.map(({ route, retry }) => {
    if (!routes.includes(route)) return "none";
    const shared = layout.members.filter((other) => other.route === route).length > 1;
    return redirects || shared || retry === 0 ? "special" : "own";
  });
}
