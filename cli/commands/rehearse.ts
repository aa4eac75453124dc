import type { Scenario } from "../../core/scenario/scenario.js";
import { interruptible } from "../../live/interruption.js";
import { findHttpd, releaseOf, UnreadyError } from "../../live/program.js";
import { rehearse } from "../../live/rehearse.js";
import type { Rehearsal } from "../../live/rehearse.js";
import { rehearsalJson } from "../../live/rehearsal-json.js";
import { REHEARSAL_TEXTS, rehearsalJunit, rehearsalReport } from "../../live/rehearsal-report.js";
import { renderedConf } from "../../live/rendered-conf.js";
import { rehearsalText } from "../../live/rehearsal-text.js";
import { stepText } from "../../live/step-text.js";
import type { MeantHttpd } from "../../core/vocabulary/meant-httpd.js";
import type { Command, Options } from "../command.js";
import { withConfOptions } from "../conf-options.js";
import { formatOf, printFound, withFormats } from "../format.js";
import { loadInput } from "../input.js";
import { EXIT, UnusableError } from "../io.js";
import type { Io } from "../io.js";
import { loadScenario } from "./simulate.js";

/** Scenarios that wait longer than this say where they are: milliseconds. */
const LONG = 3_000;

/** `httpd-balancer rehearse`. */
export const command: Command = {
  configure: (command) =>
    withFormats(
      withConfOptions(command)
        .argument("<input>", "httpd.conf, folder or spec")
        .requiredOption("--scenario <file>", "what happens: YAML or JSON"),
      "print one JSON document: a pick for each request, the model's beside it",
    )
      .option("--junit <file>", "also write a JUnit report")
      .option("--speedup <n>", "divide retry, timeouts and waits by a whole number"),
  async run([input], options, io) {
    const format = formatOf(options);
    const { topology, path, run, meant } = loadInput(String(input), io, options);
    const { scenario, source } = loadScenario(String(options["scenario"]), topology, io);
    const speedup = speedupOf(options);
    const onStep = progress(scenario, speedup, io);
    const rehearsal = await ready(() =>
      interruptible((signal) => {
        const conf = run ?? renderedConf(topology, { path: `${path}, rendered` });
        return rehearse({ conf, topology, scenario, program: findHttpd(process.env), speedup, signal, onStep });
      }),
    );
    const { junit } = options;
    if (typeof junit === "string") io.writeFiles([{ path: junit, text: rehearsalJunit(scenario, rehearsal) }]);
    const other = differenceOf(rehearsal.httpd, meant);
    if (other !== undefined) io.stderr(`httpd-balancer: ${other}\n`);
    const own = {
      text: () => rehearsalText(topology, scenario, rehearsal),
      json: () => rehearsalJson(rehearsal, meant),
      junit: () => rehearsalJunit(scenario, rehearsal),
    };
    const reports = () => [rehearsalReport(source, rehearsal)];
    printFound(format, { command: "rehearse", rules: REHEARSAL_TEXTS, reports, meant: [meant], own }, io);
    return rehearsal.agrees && rehearsal.failures.length === 0 ? EXIT.clean : EXIT.findings;
  },
};

/** Where another httpd played than the one that is meant; undefined where it was that one. */
function differenceOf(program: string, { version }: MeantHttpd): string | undefined {
  if (releaseOf({ version: program }) === version) return undefined;
  return `${program} is what played, and httpd ${version} is what is meant: what they do differently shows as a difference, or does not show at all`;
}

function speedupOf({ speedup = "1" }: Options): number {
  const factor = Number(speedup);
  if (Number.isSafeInteger(factor) && factor >= 1) return factor;
  throw new UnusableError(`--speedup ${String(speedup)} is not a whole number of 1 or more; for example --speedup 5`);
}

/** What is missing or broken outside is one sentence for the user. */
async function ready(work: () => Promise<Rehearsal>): Promise<Rehearsal> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UnreadyError) throw new UnusableError(error.message);
    throw error;
  }
}

function progress(scenario: Scenario, speedup: number, io: Io): (step: number) => void {
  const waits = scenario.steps.map((step) => ("wait" in step ? step.wait.milliseconds / speedup : 0));
  const total = waits.reduce((sum, wait) => sum + wait, 0);
  if (total <= LONG) return () => undefined;
  return (index) => {
    const step = scenario.steps[index];
    const left = waits.slice(index).reduce((sum, wait) => sum + wait, 0);
    if (step === undefined) return;
    const place = `step ${index + 1} of ${scenario.steps.length}`;
    io.stderr(`${place}: ${stepText(step)} (about ${Math.round(left / 1_000)} s left)\n`);
  };
}
