import type { Rendered } from "../../render/render.js";
import type { Topology } from "../../topology/topology.js";
import type { FrontPlanning } from "../front-plan.js";
import { frontPlans } from "./front-plans.js";
import { perHost } from "./per-host.js";
import { shellScript } from "./shell.js";

/**
 * A script for the front of a topology, in a folder of the server's name each where there are several. What keeps an
 * httpd.conf from being written keeps this from it, too.
 *
 * @throws ProblemError for an address that is known only at apply
 */
export function renderShell(topology: Topology, planning: FrontPlanning = {}): Rendered {
  const planned = frontPlans(topology, planning);
  if (!planned.ok) return planned;
  return { ok: true, files: perHost(planned.plans, "front.sh", shellScript) };
}
