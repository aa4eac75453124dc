import type { ServerScope } from "../topology/topology.js";
import type { Pointer } from "../vocabulary/problem.js";
import { linesOf } from "./line.js";
import type { Line } from "./line.js";

/** The lines of a scope that a request meets: as they were read, or as they are written from what the topology says. */
export function frontOf(scope: ServerScope, at: Pointer): readonly Line[] {
  return scope.front === undefined ? [] : linesOf(scope.front, `${at}/front`);
}
