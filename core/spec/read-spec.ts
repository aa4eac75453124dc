import { checkTopology } from "../check/topology.js";
import { documentProblems } from "../shape/judge.js";
import type { DocumentShape } from "../shape/judge.js";
import { readText } from "../shape/text.js";
import type { TextDocument } from "../shape/text.js";
import { buildTopology } from "../topology/build.js";
import type { TopologyInput } from "../topology/build.js";
import type { Topology } from "../topology/topology.js";
import type { JsonValue } from "../vocabulary/json.js";
import { usualHttpd } from "../vocabulary/meant-httpd.js";
import type { MeantHttpd } from "../vocabulary/meant-httpd.js";
import type { SourcePlace } from "../vocabulary/place.js";
import { pointerSteps } from "../vocabulary/problem.js";
import type { PlacedProblem, Pointer, Problem } from "../vocabulary/problem.js";
import { CLUSTER } from "./cluster.js";
import { judgeSpec } from "./judge.js";
import { MEMBER } from "./member.js";
import { SERVER } from "./server.js";
import { isBeside, soundPart } from "./sound-part.js";
import { SPEC } from "./spec.js";

/** Finds where a part of a Topology is written. */
export type LocateInSpec = (at: Pointer) => SourcePlace;

/** A spec read: the topology and where its parts are written, or everything that is wrong with it. */
export type SpecReading =
  | { readonly ok: true; readonly topology: Topology; readonly locate: LocateInSpec; readonly meant: MeantHttpd }
  | SpecRefusal;

/** What is wrong with a spec. */
export interface SpecRefusal {
  readonly ok: false;
  /** False for what is no YAML or JSON at all, so that nothing of it was read. */
  readonly wellFormed: boolean;
  readonly problems: readonly PlacedProblem[];
}

const DOCUMENT: DocumentShape<TopologyInput> = {
  shape: SPEC,
  judge: judgeSpec,
  whole: { step: "", label: "the spec" },
  homes: [
    ["a member", MEMBER],
    ["the cluster", CLUSTER],
    ["the server", SERVER],
  ],
};

/**
 * Reads a spec: YAML or JSON, then the schema, then everything {@link checkTopology} checks. Where the schema refuses
 * values, what is beside them is checked all the same, so that everything wrong is told at once.
 *
 * @param file - name of the file in messages
 * @param asked - the httpd that is meant, whatever the spec says
 */
export function readSpec(text: string, file: string, asked?: MeantHttpd): SpecReading {
  const document = readText(text, file, DOCUMENT.whole.label);
  if (!document.ok) return document;
  const { value } = document;
  const wrong = documentProblems(DOCUMENT, value);
  if (wrong.length > 0) {
    const placed = wrong.map((problem) => ({ ...problem, ...document.locate(pointerSteps(problem.at)) }));
    return { ok: false, wellFormed: true, problems: [...placed, ...problemsBeside(document, wrong, asked)] };
  }
  const { topology, locate, meant } = described(document, value, asked);
  const problems = checkTopology(topology);
  if (problems.length === 0) return { ok: true, topology, locate, meant };
  return { ok: false, wellFormed: true, problems: problems.map((problem) => ({ ...problem, ...locate(problem.at) })) };
}

/** What a spec describes, and where its parts are written. */
interface Described {
  readonly topology: Topology;
  /** Path in the spec. */
  readonly path: (at: Pointer) => readonly string[];
  readonly locate: LocateInSpec;
  readonly meant: MeantHttpd;
}

function described({ keys, locate }: TextDocument, value: JsonValue, asked: MeantHttpd | undefined): Described {
  const input = SPEC.read(value, keys);
  const meant = asked ?? meantBy(input);
  const topology = buildTopology({ ...input, httpd: meant.version });
  const path = (at: Pointer): readonly string[] => SPEC.path?.(pointerSteps(at), topology, value) ?? [];
  return { topology, path, locate: (at) => locate(path(at)), meant };
}

function meantBy({ httpd, servers = [] }: TopologyInput): MeantHttpd {
  if (httpd !== undefined) return { version: httpd, by: "described" };
  return usualHttpd(servers.flatMap(({ layout }) => layout ?? []));
}

/** What is wrong beside wrong values, none of which it follows from. */
function problemsBeside(
  document: TextDocument,
  wrong: readonly Problem[],
  asked: MeantHttpd | undefined,
): readonly PlacedProblem[] {
  const paths = wrong.map(({ at }) => pointerSteps(at));
  const sound = soundPart(document.value, paths);
  if (sound === undefined || documentProblems(DOCUMENT, sound).length > 0) return [];
  const { topology, path, locate } = described(document, sound, asked);
  const problems = checkTopology(topology).filter(({ at }) => isBeside(path(at), paths));
  return problems.map((problem) => ({ ...problem, ...locate(problem.at) }));
}
