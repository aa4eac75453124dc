import { detourJson, detourLines } from "../../core/model/approach-text.js";
import type { Approach } from "../../core/model/approach.js";
import { checkPromises } from "../../core/promises/check.js";
import type { CheckOptions, PromiseResult } from "../../core/promises/check.js";
import type { Counterexample } from "../../core/promises/counterexample.js";
import type { VerdictWord } from "../../core/promises/finding.js";
import { isPromiseId, PROMISES, unknownPromise } from "../../core/promises/promise.js";
import type { PromiseId } from "../../core/promises/promise.js";
import type { OperatorAction } from "../../core/promises/search/classes.js";
import { jsonText } from "../../core/report/json-text.js";
import { scenarioToJson } from "../../core/scenario/scenario.js";
import { ProblemError, problemText } from "../../core/vocabulary/problem.js";
import type { Pointer } from "../../core/vocabulary/problem.js";
import { PROMISE_TEXTS, promiseReport } from "../../core/promises/promise-report.js";
import { asFarAs } from "../../core/report/decided-by.js";
import { proseLines } from "../../core/report/wrap.js";
import { SearchBudget, withBudget } from "../budget.js";
import type { Command, Options } from "../command.js";
import { withConfOptions } from "../conf-options.js";
import { formatOf, printFound, withFormats } from "../format.js";
import { frontsOption } from "../fronts-option.js";
import { loadInput } from "../input.js";
import type { Input } from "../input.js";
import { EXIT, UnusableError } from "../io.js";
import { replayed, replayText } from "../replay.js";
import type { ReplayedResult } from "../replay.js";
import { scenarioYaml } from "../scenario-yaml.js";

const ACTIONS: readonly OperatorAction[] = ["drain", "disable", "restart"];

/** `httpd-balancer check`: exit 1 when a promise breaks that nobody has acknowledged. */
export const command: Command = {
  configure: (command) =>
    withFormats(
      withBudget(withConfOptions(command).argument("<input>", "an httpd.conf, a folder with one, or a spec")),
      "print one JSON document",
    )
      .option("--promise <id...>", `promises to check: ${Object.keys(PROMISES).join(", ")}`)
      .option("--failures <k>", "members that may be down at once (default: all but one)")
      .option("--operator <action...>", `what operators may do meanwhile: ${ACTIONS.join(", ")}`)
      .option("--accept <verdict>", "bounded: what no scenario of up to so many events breaks counts as kept")
      .option("--fronts <k>", "how many httpd of this configuration there are (default: what the spec says, else 1)")
      .option("--no-mend", "do not look for changes that mend what is broken")
      .option("--replay", "play each counterexample on a real local httpd with stub nodes"),
  async run([path], options, io) {
    const format = formatOf(options);
    const input = loadInput(String(path), io, options);
    const budget = new SearchBudget(options, io);
    const found = checked(input, checkOptions(options, budget));
    const results = options["replay"] === true ? await replayed(found, input) : found;
    const own = {
      text: () => proseLines(asText(results, input), io.columns),
      json: () => jsonText(asJson(results, input), 2),
    };
    const reports = () => [promiseReport(input.path, results, input.locate)];
    printFound(format, { command: "check", rules: PROMISE_TEXTS, reports, meant: [input.meant], own }, io);
    const accepted = acceptedOf(options["accept"]);
    const open = results.filter(
      ({ verdict, acknowledged }) => !accepted.includes(verdict) && acknowledged === undefined,
    );
    return open.length > 0 ? EXIT.findings : EXIT.clean;
  },
};

function checked(input: Input, options: CheckOptions): readonly PromiseResult[] {
  try {
    return checkPromises(input.topology, options);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const sentences = error.problems.map((problem) => `${placeOf(input, problem.at)}: ${problemText(problem)}`);
    throw new UnusableError(sentences.join("\n"));
  }
}

/** Verdicts with which a promise counts as kept. */
function acceptedOf(option: Options[string]): readonly VerdictWord[] {
  if (option === undefined) return ["holds"];
  if (option === "bounded") return ["holds", "bounded"];
  throw new UnusableError(`--accept: found '${String(option)}', allowed is bounded; correct it`);
}

function checkOptions(options: Options, { isOver, started, progress }: SearchBudget): CheckOptions {
  const promises = words(options["promise"]).map(promiseId);
  const actions = words(options["operator"]).map(operatorAction);
  const failures = options["failures"];
  return {
    ...(promises.length > 0 && { promises }),
    ...(actions.length > 0 && { actions }),
    ...(failures !== undefined && { failures: wholeNumber(String(failures)) }),
    ...frontsOption(options),
    mend: options["mend"] !== false,
    ...{ isOver, started, progress },
  };
}

function words(option: Options[string]): readonly string[] {
  if (option === undefined || typeof option === "boolean") return [];
  return (typeof option === "string" ? [option] : option).flatMap((word) => word.split(","));
}

function promiseId(word: string): PromiseId {
  if (isPromiseId(word)) return word;
  throw new UnusableError(`--promise: ${problemText(unknownPromise(word, ""))}`);
}

function operatorAction(word: string): OperatorAction {
  const action = ACTIONS.find((known) => known === word);
  if (action !== undefined) return action;
  throw new UnusableError(`--operator: found '${word}'; use one of ${ACTIONS.join(", ")}`);
}

function wholeNumber(text: string): number {
  if (/^[0-9]{1,6}$/.test(text)) return Number(text);
  throw new UnusableError(`--failures: found '${text}'; write a whole number, 0 or more`);
}

function asJson(results: readonly PromiseResult[], input: Input): unknown {
  return {
    promises: results.map(({ promise, counterexample, race, mends, at, approach, ...result }) => ({
      ...result,
      doubts: approach.doubts.map((doubt) => placeOf(input, doubt)),
      elsewhere: approach.elsewhere.map((detour) => detourJson(detour, (line) => placeOf(input, line))),
      ...(Object.keys(promise).length > 1 && { parameters: { ...promise, id: undefined } }),
      counterexample: counterexample === undefined ? null : exampleJson(counterexample, input),
      ...(race && { race: exampleJson(race, input) }),
      ...(mends && { mends }),
      at: placeOf(input, at),
    })),
    httpd: input.meant.version,
  };
}

function exampleJson({ scenario, at, ...rest }: Counterexample, input: Input): unknown {
  return { scenario: scenarioToJson(scenario), ...rest, at: placeOf(input, at) };
}

function asText(results: readonly ReplayedResult[], input: Input): string {
  if (results.length === 0) return `${input.path}: no cluster, nothing to check\n`;
  const told = new Set<Approach>();
  return results
    .map((result) => {
      const detours = told.has(result.approach) ? [] : detourLines(result.approach, (at) => placeOf(input, at));
      told.add(result.approach);
      return `${[...resultText(result, input), ...detours.map((line) => `  ${line}`)].join("\n")}\n`;
    })
    .join("");
}

function resultText(result: ReplayedResult, input: Input): readonly string[] {
  const { id, cluster, verdict, counterexample, race, acknowledged, note, approach } = result;
  const clause = asFarAs(approach.doubts, input.path, input.locate);
  const name = `${id} (${cluster})${clause === "" ? "" : `, ${clause}`}`;
  if (verdict !== "broken") return [unbrokenText(result, name)];
  const word = acknowledged === undefined ? "BROKEN " : "broken, acknowledged:";
  return [
    `${word} ${name}${acknowledged === undefined ? "" : ` "${acknowledged}"`}`,
    ...(counterexample === undefined ? [] : exampleText(counterexample, input)),
    ...(race === undefined ? [] : ["  A race inside httpd may break it sooner:", ...exampleText(race, input)]),
    ...(note === undefined ? [] : [`  ${note}`]),
    ...(result.replay === undefined ? [] : [`  ${replayText(result.replay)}`]),
  ];
}

function unbrokenText({ verdict, states, proof, depth = 0, note }: PromiseResult, name: string): string {
  const more = note === undefined ? "" : `; ${note}`;
  if (verdict === "bounded") return `bounded ${name}: no scenario of up to ${depth} events breaks it${more}`;
  if (verdict === "unjudged") return `not judged ${name}${note === undefined ? "" : `: ${note}`}`;
  return `holds   ${name}: in all ${states} states${proof === undefined ? "" : `, by ${proof}`}${more}`;
}

function exampleText({ scenario, explanation, at, events, shortest }: Counterexample, input: Input): readonly string[] {
  return [
    `  ${placeOf(input, at)}: ${explanation}`,
    `  ${shortest ? "a shortest scenario" : "a short scenario"}, of ${events} event${events === 1 ? "" : "s"}:`,
    ...scenarioYaml(scenario).map((line) => `    ${line}`),
  ];
}

function placeOf(input: Input, at: Pointer): string {
  const place = input.locate(at);
  return place === undefined ? input.path : `${place.file}:${place.line}`;
}
