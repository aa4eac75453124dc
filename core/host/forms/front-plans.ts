import { renderProblems } from "../../render/render.js";
import type { Topology } from "../../topology/topology.js";
import type { Problem } from "../../vocabulary/problem.js";
import { frontPlan } from "../front-plan.js";
import type { FrontPlanning } from "../front-plan.js";
import type { HostPlan } from "../plan.js";

/** The plans of all fronts, or everything that keeps them from being made. */
export type FrontPlans =
  | { readonly ok: true; readonly plans: readonly HostPlan[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * What each front of a topology needs. What keeps an httpd.conf from being written keeps it from being planned, too.
 *
 * @param check - what else is wrong with a plan; its problems are placed below the server
 */
export function frontPlans(
  topology: Topology,
  planning: FrontPlanning,
  check: (plan: HostPlan) => readonly Problem[] = () => [],
): FrontPlans {
  const unwritable = renderProblems(topology);
  if (unwritable.length > 0) return { ok: false, problems: unwritable };
  const plans = topology.servers.map((server) => frontPlan(topology, server, planning));
  const problems = plans.flatMap((plan, index) =>
    check(plan).map((problem): Problem => ({ ...problem, at: `/servers/${index}${problem.at}` })),
  );
  return problems.length > 0 ? { ok: false, problems } : { ok: true, plans };
}
