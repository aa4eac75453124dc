import { jsonText } from "../core/report/json-text.js";
import { runScript } from "../live/run-script.js";
import type { Options } from "./command.js";
import { EXIT, UnusableError } from "./io.js";
import type { ExitStatus, Io } from "./io.js";

/** How a run ended, as `--json` tells it. */
interface RunReport {
  readonly operation: string;
  /** True when every step was carried out and seen to have its effect. */
  readonly done: boolean;
  /** True when the way back was taken after a step that failed. */
  readonly undone: boolean;
  readonly said: readonly string[];
}

/**
 * Carries out a runbook's script against a running httpd: every step is looked at, and the way back is taken after a
 * failure where `--or-undo` asks for it. Ends with 1 when a step failed.
 *
 * @throws UnusableError without a manager
 */
export async function runRunbook(operation: string, script: string, options: Options, io: Io): Promise<ExitStatus> {
  const { manager, journal } = options;
  if (typeof manager !== "string") {
    throw new UnusableError("--run: name the front's balancer-manager with --manager http://front1/balancer-manager");
  }
  const said: string[] = [];
  const json = options["json"] === true || options["format"] === "json";
  const hear = (print: (text: string) => void) => (text: string) => {
    said.push(text);
    if (!json) print(text);
  };
  const environment = { MANAGER: manager, ...(typeof journal === "string" && { JOURNAL: journal }) };
  const curlConfiguration = curlLines(options);
  const go = (word: "forward" | "undo"): Promise<number> =>
    runScript({
      script,
      words: [word],
      environment,
      curlConfiguration,
      stdout: hear((text) => {
        io.stdout(text);
      }),
      stderr: hear((text) => {
        io.stderr(text);
      }),
    });
  const status = await go(options["undo"] === true ? "undo" : "forward");
  const undone = status !== 0 && options["orUndo"] === true && (await go("undo")) === 0;
  const report: RunReport = {
    operation,
    done: status === 0,
    undone,
    said: said
      .join("")
      .split("\n")
      .filter((line) => line !== ""),
  };
  if (json) io.stdout(jsonText(report, 2));
  return status === 0 ? EXIT.clean : EXIT.findings;
}

/** Words of curl's configuration file: a password does not stand in the list of processes. */
function curlLines({ user, ca }: Options): readonly string[] {
  const password = process.env["MANAGER_PASSWORD"] ?? "";
  return [
    ...(typeof user === "string" ? [`user = "${escaped(`${user}:${password}`)}"`] : []),
    ...(typeof ca === "string" ? [`cacert = "${escaped(ca)}"`] : []),
  ];
}

function escaped(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"', '\\"');
}
