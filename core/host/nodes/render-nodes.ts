import type { OutputFile } from "../../render/files.js";
import type { Rendered } from "../../render/render.js";
import type { Topology } from "../../topology/topology.js";
import { nodePlan } from "./node-plan.js";

/** The files of a description's application servers: `nodes/NAME/server.xml`, its unit, or a script of jboss-cli. */
export function renderNodes(topology: Topology): readonly OutputFile[] {
  return (topology.nodes ?? []).flatMap((node) =>
    nodePlan(topology, node).files.map(({ path, text }) => ({
      path: `nodes/${node.name}/${path.slice(path.lastIndexOf("/") + 1)}`,
      text,
    })),
  );
}

/** What was rendered, and the files of application servers beside it. */
export function withNodes(topology: Topology, rendered: Rendered): Rendered {
  return rendered.ok ? { ...rendered, files: [...rendered.files, ...renderNodes(topology)] } : rendered;
}
