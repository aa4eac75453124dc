import { pointerStep } from "../vocabulary/problem.js";
import type { Server, Topology } from "../topology/topology.js";
import type { Pointer } from "../vocabulary/problem.js";

/** Both names of the directive; the second one is that of httpd 2.2. */
const CHILD_LIMITS: ReadonlySet<string> = new Set(["maxconnectionsperchild", "maxrequestsperchild"]);

/** The line that ends child processes, and after how many connections; undefined where none does. */
export function childLimitOf({
  servers,
}: Topology): { readonly at: Pointer; readonly connections: number } | undefined {
  const lines = servers.flatMap((server, index) => linesOf(server, `/servers${pointerStep(index)}`));
  const limit = lines.findLast(({ name }) => CHILD_LIMITS.has(name.toLowerCase()));
  const connections = Number(limit?.value ?? 0);
  return limit !== undefined && connections > 0 ? { at: limit.at, connections } : undefined;
}

interface SettingLine {
  readonly name: string;
  readonly value: string | undefined;
  readonly at: Pointer;
}

/** Lines kept as they are: no directive of this kind is one of the topology's own. */
function linesOf({ extra = [] }: Server, at: Pointer): readonly SettingLine[] {
  return extra.map((line, place) => {
    const [name = "", value] = line.trim().split(/\s+/);
    return { name, value, at: `${at}/extra${pointerStep(place)}` };
  });
}
