import { checkScenario } from "../../core/model/check-scenario.js";
import { harmlessJson } from "../../core/report/json-text.js";
import type { Scenario } from "../../core/scenario/scenario.js";
import { readScenarioText } from "../../core/scenario/read.js";
import { MOST_SHOWN, tracePage } from "../../core/review/formats/trace-page.js";
import { runScenario } from "../../core/model/run.js";
import { answerText } from "../../core/model/expectation.js";
import { shortName } from "../../core/topology/short-name.js";
import type { AnswerShare, Failure, Pick, Trace } from "../../core/model/trace.js";
import type { Topology } from "../../core/topology/topology.js";
import { meantText } from "../../core/vocabulary/meant-httpd.js";
import type { MeantHttpd } from "../../core/vocabulary/meant-httpd.js";
import { problemText } from "../../core/vocabulary/problem.js";
import type { PlacedProblem } from "../../core/vocabulary/problem.js";
import { EXPECTATION_TEXTS, expectationReport } from "../../core/model/expectation-report.js";
import type { ScenarioSource } from "../../core/model/expectation-report.js";
import { proseLines } from "../../core/report/wrap.js";
import { pointerStep } from "../../core/vocabulary/problem.js";
import type { Pointer } from "../../core/vocabulary/problem.js";
import { SearchBudget, withBudget } from "../budget.js";
import type { Command } from "../command.js";
import { withConfOptions } from "../conf-options.js";
import { formatOf, printFound, withFormats } from "../format.js";
import { loadInput } from "../input.js";
import type { Input } from "../input.js";
import { EXIT, UnusableError } from "../io.js";
import type { Io } from "../io.js";
import { turnsText } from "../turns.js";

/** Most picks a trace may have before it no longer fits into one JSON document. */
const MOST_PICKS = 5_000_000;

/** Picks shown where no trace is asked for. */
const SHOWN = { text: 60, page: MOST_SHOWN } as const;

/** `httpd-balancer simulate`. */
export const command: Command = {
  configure: (command) =>
    withFormats(
      withBudget(withConfOptions(command))
        .argument("<input>", "httpd.conf, folder or spec")
        .requiredOption("--scenario <file>", "what happens: YAML or JSON"),
      "print one JSON document: a pick for each request",
    )
      .option("--explain", "say for each request what happened and why")
      .option("--html", "the same as --format html: a page with a lane for each member"),
  run([input], options, io) {
    const { topology, locate, meant } = loadInput(String(input), io, options);
    const { scenario, source } = loadScenario(String(options["scenario"]), topology, io);
    const explain = options["explain"] === true;
    const format = options["html"] === true ? "html" : formatOf(options);
    const whole = format === "json" || explain;
    if (whole) checkSize(scenario, String(options["scenario"]));
    const trace = runScenario(topology, scenario, {
      explain,
      isOver: new SearchBudget(options, io).isSpent,
      picks: whole ? Infinity : SHOWN[format === "html" ? "page" : "text"],
    });
    const place: PlaceText = (at) => placeText(locate, at, topology);
    const own = {
      text: () => proseLines(explain ? explainedText(trace, place) : summaryText(trace, place), io.columns),
      json: () => jsonText(trace, place, meant),
      html: () => tracePage(scenario, trace, meantText(meant)),
    };
    const reports = () => [expectationReport(source, trace.failures)];
    printFound(format, { command: "simulate", rules: EXPECTATION_TEXTS, reports, meant: [meant], own }, io);
    if (trace.stopped !== undefined) io.stderr(stoppedText(trace.stopped));
    return trace.failures.length === 0 && trace.stopped === undefined ? EXIT.clean : EXIT.findings;
  },
};

/** How far a run came that had no more time. */
function stoppedText({ step, left }: NonNullable<Trace["stopped"]>): string {
  return `the time was over in step ${step}, with ${left} of its requests left and nothing behind it played; --budget gives more\n`;
}

/** Reads a scenario file that fits a topology; throws an UnusableError with file and line of everything wrong. */
export function loadScenario(path: string, topology: Topology, io: Io): LoadedScenario {
  const text = new TextDecoder().decode(io.readBytes(path));
  const reading = readScenarioText(text, path);
  if (!reading.ok) throw scenarioError(reading.problems);
  const { scenario, locate } = reading;
  const problems = checkScenario(topology, scenario);
  if (problems.length > 0) throw scenarioError(problems.map((problem) => ({ ...problem, ...locate(problem.at) })));
  const steps = scenario.steps.flatMap((step, index) => ("request" in step ? [index + 1] : []));
  const source = { file: path, steps, lineOf: (step: number) => locate(`/steps${pointerStep(step - 1)}`).line };
  return { scenario, source };
}

/** A scenario, and where it is written. */
interface LoadedScenario {
  readonly scenario: Scenario;
  readonly source: ScenarioSource;
}

function scenarioError(problems: readonly PlacedProblem[]): UnusableError {
  return new UnusableError(
    problems.map((problem) => `${problem.file}:${problem.line}: ${problemText(problem)}`).join("\n"),
  );
}

function checkSize(scenario: Scenario, path: string): void {
  const requests = scenario.steps.reduce((sum, step) => sum + ("request" in step ? (step.request.count ?? 1) : 0), 0);
  if (requests <= MOST_PICKS) return;
  throw new UnusableError(
    `${path}: has ${requests} requests, too many for one trace of at most ${MOST_PICKS}; leave out --json and --explain`,
  );
}

/** A pointer as a person reads it. */
type PlaceText = (at: Pointer) => string;

/** `judged` is said of every pick; lines that could decide otherwise by file and line. */
function jsonText({ picks, steps, failures, stopped }: Trace, place: PlaceText, { version }: MeantHttpd): string {
  const lines = picks
    .map(({ judged = true, doubts, ...pick }) => {
      const places = doubts?.map(place);
      return JSON.stringify({ ...pick, judged, ...(places !== undefined && { doubts: places }) });
    })
    .join(",\n");
  const stop = stopped === undefined ? "" : `,"stopped":${JSON.stringify(stopped)}`;
  return harmlessJson(
    `{"picks":[\n${lines}\n],"steps":${JSON.stringify(steps)},"failures":${JSON.stringify(failures)}${stop},"httpd":"${version}"}\n`,
  );
}

function placeText(locate: Input["locate"], at: Pointer, { httpd }: Topology): string {
  const place = locate(at);
  if (place !== undefined) return `${place.file}:${place.line}`;
  return at === "/httpd" ? `httpd ${httpd}` : at;
}

/** What the trace does not know; empty where all of it is judged. */
function doubtText(picks: readonly Pick[], place: PlaceText): string {
  const places = new Set(picks.flatMap(({ doubts = [] }) => doubts.map(place)));
  if (places.size === 0) return "";
  return `not judged: ${[...places].join(", ")} may decide otherwise\n`;
}

function explainedText({ picks, failures }: Trace, place: PlaceText): string {
  const lines = picks.map((pick, index) => {
    const reasons = (pick.why ?? []).map((sentence) => `      ${sentence}\n`).join("");
    return `${String(index + 1).padStart(4)}  ${pickText(pick)}\n${reasons}`;
  });
  return `${lines.join("")}${doubtText(picks, place)}${failuresText(failures)}`;
}

/** A share of several clients: exact, or the mean with its bounds. */
function shareText({ member, status, likely, least, most }: AnswerShare): string {
  const who = `${shortName(member ?? "httpd")} ${status}`;
  return least === most ? `${least} x ${who}` : `about ${likely} (${least} to ${most}) x ${who}`;
}

function summaryText({ picks, steps, failures }: Trace, place: PlaceText): string {
  const lines = steps.map(({ step, requests, answers, uncertain, shares }) => {
    if (shares !== undefined) return `step ${step}: ${requests} requests: ${shares.map(shareText).join(", ")}\n`;
    const counts = Object.entries(answers).map(([answer, count]) => `${count} x ${shortName(answer)}`);
    const doubt = uncertain === 0 ? "" : ` (${uncertain} uncertain: httpd is not deterministic there)`;
    return `step ${step}: ${requests} request${requests === 1 ? "" : "s"}: ${counts.join(", ")}${doubt}\n`;
  });
  const total = steps.reduce((sum, { requests }) => sum + requests, 0);
  const rest = total > picks.length ? ` ... (${total - picks.length} more)` : "";
  return `${lines.join("")}${turnsText(picks)}${rest}\n${doubtText(picks, place)}${failuresText(failures)}`;
}

function pickText({ member, name, status, either }: Pick): string {
  const doubt = either === undefined ? "" : `, or ${either.slice(1).map(answerText).join(", or ")}`;
  return `${shortName(name ?? member ?? "httpd")} ${status}${doubt}`;
}

function failuresText(failures: readonly Failure[]): string {
  return failures
    .map(({ step, request, message }) => {
      const where = request === undefined ? `step ${step}` : `request ${request} (step ${step})`;
      return `FAILED at ${where}: ${message}\n`;
    })
    .join("");
}
