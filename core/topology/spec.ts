import type { ValidateFunction } from "ajv";
import { shown } from "../vocabulary/shown.js";
import type { JsonValue } from "../vocabulary/json.js";
import type { Pointer, Problem } from "../vocabulary/problem.js";
import { WORKER_PARAMETERS } from "../vocabulary/worker.js";
import { buildTopology } from "./build.js";
import { checkTopology } from "../check/topology.js";
import { parseSpecDocument } from "./spec-document.js";
import type { SpecDocument, SyntaxProblem } from "./spec-document.js";
import { pointerSteps } from "./spec-place.js";
import type { LocateInSpec, PlacedProblem } from "./spec-place.js";
import { specProblems } from "./spec-problems.js";
import { validate as compiled } from "./spec-validator.generated.js";
import { isUrlTarget, topologyOfSpec } from "./spec-topology.js";
import type { Topology } from "./topology.js";

/** A spec read: the topology and where its parts are written, or everything that is wrong with it. */
export type SpecReading =
  | { readonly ok: true; readonly topology: Topology; readonly locate: LocateInSpec }
  | { readonly ok: false; readonly problems: readonly PlacedProblem[] };

/**
 * Reads a spec: YAML or JSON, then the schema, then everything {@link checkTopology} checks. A problem of one stage
 * hides those of the next.
 *
 * @param file - name of the file in messages
 */
export function readSpec(text: string, file: string): SpecReading {
  const document = parseSpecDocument(text, file);
  if ("errors" in document) {
    return { ok: false, problems: document.errors.map((error) => syntaxProblem(error)) };
  }
  const { value } = document;
  const shape = [...schemaProblems(value), ...roleProblems(value), ...mountProblems(value)];
  if (shape.length > 0) {
    return {
      ok: false,
      problems: shape.map((problem) => ({ ...problem, ...document.locate(pointerSteps(problem.at)) })),
    };
  }
  const topology = buildTopology(topologyOfSpec(value, document.keys));
  const locate: LocateInSpec = (at) => document.locate(specPath(topology, at, document));
  const problems = checkTopology(topology);
  if (problems.length === 0) return { ok: true, topology, locate };
  return { ok: false, problems: problems.map((problem) => ({ ...problem, ...locate(problem.at) })) };
}

function syntaxProblem({ message, remedy, ...place }: SyntaxProblem): PlacedProblem {
  const { allowed, fix } = remedy ?? { allowed: "well-formed YAML or JSON", fix: "correct the text there" };
  return { at: "", subject: "the spec", found: message, allowed, fix, ...place };
}

function schemaProblems(value: JsonValue): readonly Problem[] {
  const validate = compiled as unknown as ValidateFunction;
  return validate(value) ? [] : specProblems(validate.errors ?? [], value);
}

/** `role` and `status` say the same thing twice. */
function roleProblems(value: JsonValue): readonly Problem[] {
  const clusters = Object.entries(recordOf(recordOf(value)["clusters"]));
  return clusters.flatMap(([cluster, fields]) =>
    Object.entries(recordOf(recordOf(fields)["members"])).flatMap(([name, member]) => {
      const given = recordOf(member);
      if (given["role"] === undefined || given["status"] === undefined) return [];
      const at: Pointer = `/clusters/${escaped(cluster)}/members/${escaped(name)}/role`;
      const fix = "remove one of the two";
      return [{ at, subject: `member '${name}'`, found: "role and status", allowed: "either role or status", fix }];
    }),
  );
}

/** Parameters of a worker beside a target that is none: they would be written nowhere. */
function mountProblems(value: JsonValue): readonly Problem[] {
  const servers = Object.entries(recordOf(recordOf(value)["servers"]));
  const scopes = servers.flatMap(([server, fields]) => [
    { at: `/servers/${escaped(server)}`, fields: recordOf(fields) },
    ...Object.entries(recordOf(recordOf(fields)["virtualHosts"])).map(([host, own]) => ({
      at: `/servers/${escaped(server)}/virtualHosts/${escaped(host)}`,
      fields: recordOf(own),
    })),
  ]);
  return scopes.flatMap(({ at, fields }) =>
    Object.entries(recordOf(fields["mounts"])).flatMap(([path, mount]) => {
      const given = recordOf(mount);
      if (isUrlTarget(given["to"])) return [];
      const words = Object.keys(given).filter((word) => Object.hasOwn(WORKER_PARAMETERS, word));
      return words.map((word): Problem => ({
        at: `${at as Pointer}/mounts/${escaped(path)}/${word}`,
        subject: `${word} of mount '${path}'`,
        found: `a mount on ${shown(given["to"])}`,
        allowed: "a mount on a URL, or a member of a cluster",
        fix: "move it to the members of the cluster",
      }));
    }),
  );
}

function recordOf(value: JsonValue | undefined): Readonly<Record<string, JsonValue>> {
  const isRecord = typeof value === "object" && value !== null && !Array.isArray(value);
  return isRecord ? (value as Readonly<Record<string, JsonValue>>) : {};
}

function escaped(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** Keys of a spec that stand for the numbers of a topology's lists. */
const NAMED_LISTS: ReadonlySet<string> = new Set([
  "clusters",
  "servers",
  "members",
  "virtualHosts",
  "mounts",
  "healthCheckTemplates",
  "healthCheckExpressions",
]);

/** A pointer into the topology as the path to where a spec says the same. */
function specPath(topology: Topology, at: Pointer, document: SpecDocument): readonly string[] {
  const path: string[] = [];
  let value: unknown = topology;
  let list: string | undefined;
  for (const step of pointerSteps(at)) {
    value = (value as Readonly<Record<string, unknown>> | undefined)?.[step];
    if (list !== undefined) {
      const item = (value ?? {}) as { readonly name?: string; readonly path?: string };
      path.push((list === "mounts" ? item.path : item.name) ?? "");
      list = undefined;
      continue;
    }
    if (step === "parameters" || step === "settings" || step === "name") continue;
    path.push(step === "status" && !written(document, [...path, "status"]) ? "role" : step);
    if (NAMED_LISTS.has(step)) list = step;
  }
  return path;
}

function written(document: SpecDocument, path: readonly string[]): boolean {
  return path.reduce<JsonValue | undefined>((value, step) => recordOf(value)[step], document.value) !== undefined;
}
