import { renderTopology } from "../../render/render.js";
import { LAYOUTS } from "../../vocabulary/layouts.js";
import { frontPlan } from "../front-plan.js";
import { shellScript } from "./shell.js";
import type { FrontPlanning } from "../front-plan.js";
import type { Rendered } from "../../render/render.js";
import type { Topology } from "../../topology/topology.js";

/**
 * A script for the front of a topology, in a folder of the server's name each where there are several. What keeps an
 * httpd.conf from being written keeps this from it, too.
 *
 * @throws ProblemError for an address that is known only at apply
 */
export function renderShell(topology: Topology, planning: FrontPlanning = {}): Rendered {
  const { layout } = planning;
  const rendered = renderTopology(topology, layout === undefined ? {} : { layout: LAYOUTS[layout] });
  if (!rendered.ok) return rendered;
  const folders = topology.servers.length > 1;
  const files = topology.servers.map((server) => ({
    path: folders ? `${server.name}/front.sh` : "front.sh",
    text: shellScript(frontPlan(topology, server, planning)),
  }));
  return { ok: true, files };
}
