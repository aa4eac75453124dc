import { checkTopology } from "../check/topology.js";
import { documentProblems } from "../shape/judge.js";
import type { DocumentShape } from "../shape/judge.js";
import { readText } from "../shape/text.js";
import { buildTopology } from "../topology/build.js";
import type { TopologyInput } from "../topology/build.js";
import type { Topology } from "../topology/topology.js";
import type { SourcePlace } from "../vocabulary/place.js";
import { pointerSteps } from "../vocabulary/problem.js";
import type { PlacedProblem, Pointer } from "../vocabulary/problem.js";
import { CLUSTER } from "./cluster.js";
import { judge } from "./judge.js";
import { MEMBER } from "./member.js";
import { SERVER } from "./server.js";
import { SPEC } from "./spec.js";

/** Finds where a part of a Topology is written. */
export type LocateInSpec = (at: Pointer) => SourcePlace;

/** A spec read: the topology and where its parts are written, or everything that is wrong with it. */
export type SpecReading =
  | { readonly ok: true; readonly topology: Topology; readonly locate: LocateInSpec }
  | { readonly ok: false; readonly problems: readonly PlacedProblem[] };

const DOCUMENT: DocumentShape<TopologyInput> = {
  shape: SPEC,
  judge,
  whole: { step: "", label: "the spec" },
  homes: [
    ["a member", MEMBER],
    ["the cluster", CLUSTER],
    ["the server", SERVER],
  ],
};

/**
 * Reads a spec: YAML or JSON, then the schema, then everything {@link checkTopology} checks. A problem of one stage
 * hides those of the next.
 *
 * @param file - name of the file in messages
 */
export function readSpec(text: string, file: string): SpecReading {
  const document = readText(text, file, DOCUMENT.whole.label);
  if (!document.ok) return document;
  const { value, keys } = document;
  const wrong = documentProblems(DOCUMENT, value);
  if (wrong.length > 0) {
    const placed = wrong.map((problem) => ({ ...problem, ...document.locate(pointerSteps(problem.at)) }));
    return { ok: false, problems: placed };
  }
  const topology = buildTopology(SPEC.read(value, keys));
  const locate: LocateInSpec = (at) => document.locate(SPEC.path?.(pointerSteps(at), topology, value) ?? []);
  const problems = checkTopology(topology);
  if (problems.length === 0) return { ok: true, topology, locate };
  return { ok: false, problems: problems.map((problem) => ({ ...problem, ...locate(problem.at) })) };
}
