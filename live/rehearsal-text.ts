import { shortName } from "../core/topology/short-name.js";
import { urlText } from "../core/scenario/nodes.js";
import type { Scenario } from "../core/scenario/scenario.js";
import type { Answer } from "../core/model/trace.js";
import type { Topology } from "../core/topology/topology.js";
import type { Rehearsal, RehearsedRequest } from "./rehearse.js";
import { rewiredLines } from "./rewired-text.js";
import { stepText } from "./step-text.js";

/** Names of members by their URL. */
type Names = ReadonlyMap<string, string>;

/** Requests of one step in a row with the same two answers. */
interface Run {
  readonly first: RehearsedRequest;
  readonly last: RehearsedRequest;
  readonly model: string;
  readonly real: string;
}

/** More rows of one step than these are cut: those around the first difference stay. */
const MOST_ROWS = 12;

/** The timeline for people: model and httpd side by side, step by step, and what they come to. */
export function rehearsalText(topology: Topology, scenario: Scenario, rehearsal: Rehearsal): string {
  const members = topology.clusters.flatMap((cluster) => cluster.members);
  const names: Names = new Map(members.map(({ name, url }) => [urlText(url), shortName(name)]));
  const rows = scenario.steps.flatMap((step, index) => {
    const requests = rehearsal.requests.filter((request) => request.step === index + 1);
    const head = `${String(index + 1).padStart(4)}  ${stepText(step)}`;
    return [head, ...cut(runsOf(requests, names)).map(rowText)];
  });
  return [...rows, "", ...rewiredLines(rehearsal.rewired), "", ...conclusion(rehearsal), ""].join("\n");
}

/** What a rehearsal came to, a sentence a line. */
function conclusion({ httpd, requests, agrees, timing, failures }: Rehearsal): readonly string[] {
  const different = requests.filter((request) => !request.agrees);
  const [first] = different;
  const verdict = agrees
    ? `${requests.length} requests: ${httpd} did what the model says.`
    : `${different.length} of ${requests.length} requests differ from the model, the first is request ${first?.request ?? 0}.`;
  const excuse =
    "At the moments the requests were really sent the model agrees: a retry or check ends too close to a request. " +
    "Make the waits around it longer or shorter.";
  return [
    verdict,
    ...(timing ? [excuse] : []),
    ...failures.map(({ step, request, message }) => {
      const where = request === undefined ? `step ${step}` : `request ${request} (step ${step})`;
      return `FAILED on httpd at ${where}: ${message}`;
    }),
  ];
}

function runsOf(requests: readonly RehearsedRequest[], names: Names): readonly Run[] {
  const runs: Run[] = [];
  for (const request of requests) {
    const model = (request.model.either ?? [request.model]).map((answer) => answerText(answer, names)).join(" or ");
    const real = answerText(request.real, names);
    const run = runs.at(-1);
    if (run?.model === model && run.real === real) runs[runs.length - 1] = { ...run, last: request };
    else runs.push({ first: request, last: request, model, real });
  }
  return runs;
}

function answerText({ member, status }: Answer, names: Names): string {
  const name = member === null ? "httpd" : (names.get(member) ?? member);
  return status === 200 ? name : `${name}:${status}`;
}

/** A run, or how many were left out. */
function cut(runs: readonly Run[]): readonly (Run | number)[] {
  if (runs.length <= MOST_ROWS) return runs;
  const different = runs.findIndex(({ first }) => !first.agrees);
  const from = Math.max(0, Math.min(runs.length - MOST_ROWS, different === -1 ? 0 : different - MOST_ROWS / 2));
  const left = runs.length - from - MOST_ROWS;
  return [...(from > 0 ? [from] : []), ...runs.slice(from, from + MOST_ROWS), ...(left > 0 ? [left] : [])];
}

function rowText(row: Run | number): string {
  if (typeof row === "number") return `        ... ${row} more rows ...`;
  const { first, last, model, real } = row;
  const mark = first.agrees ? " " : ">";
  const seconds = `${(first.sent / 1_000).toFixed(2)} s`.padStart(10);
  const range = first === last ? String(first.request) : `${first.request}-${last.request}`;
  return `    ${mark} ${seconds}  ${range.padEnd(11)}  model ${model.padEnd(20)}  real ${real}`;
}
