import { explainTopology, explanationJson } from "../../core/model/explain.js";
import { explanationText } from "../../core/model/explain-text.js";
import { weightsFor } from "../../core/model/weights.js";
import { outlookOf } from "../../core/promises/outlook.js";
import { outlookJson, outlookText } from "../../core/promises/outlook-text.js";
import { jsonText } from "../../core/report/json-text.js";
import { proseLines } from "../../core/report/wrap.js";
import { membersMeant, wordProblem } from "../../core/scenario/nodes.js";
import type { Cluster, Topology } from "../../core/topology/topology.js";
import { meantText } from "../../core/vocabulary/meant-httpd.js";
import { problemText } from "../../core/vocabulary/problem.js";
import type { Pointer } from "../../core/vocabulary/problem.js";
import { SearchBudget, withBudget } from "../budget.js";
import type { Command, Options } from "../command.js";
import { comparesReleases, withReleases } from "../releases.js";
import { FORMATS } from "../../core/report/formats/index.js";
import { withConfOptions } from "../conf-options.js";
import { frontsOption } from "../fronts-option.js";
import { loadInput } from "../input.js";
import type { Input } from "../input.js";
import { EXIT, UnusableError } from "../io.js";
import type { Io } from "../io.js";
import { explainedWord, nearestWord } from "../rule-words.js";

/** `httpd-balancer explain`. */
export const command: Command = {
  configure: (command) =>
    withReleases(
      withBudget(
        withConfOptions(command).argument(
          "<input>",
          "httpd.conf, folder or spec; or a rule of lint, or a parameter or setting of httpd",
        ),
      ),
    )
      .option("--format <format>", `with --from or --to, how to report: ${Object.keys(FORMATS).join(", ")}`)
      .option("--load <requests>", "requests per second, to say how soon a silent member takes httpd's workers")
      .option(
        "--fronts <k>",
        "how many httpd of this configuration there are (default: what the spec says, else 1), to say what they do together",
      )
      .option("--want <shares>", "the smallest load factors for shares, for example node1=30,node2=70")
      .option("--html", "print a page with pictures")
      .option("--mermaid", "print paths, balancers and members as a flowchart of Mermaid")
      .option("--json", "print one JSON document"),
  async run([input], options, io) {
    if (saysWord(String(input), options, io)) return EXIT.clean;
    if (comparesReleases(options)) {
      const { explainUpgrade } = await import("../upgrade.js");
      return explainUpgrade(String(input), options, io);
    }
    const { topology, path, locate, meant } = loadInput(String(input), io, options);
    if (await drawn({ topology, path, meant }, options, io)) return EXIT.clean;
    const json = options["json"] === true;
    const { want } = options;
    if (typeof want === "string") {
      const found = wanted(want, topology);
      io.stdout(json ? jsonText(found) : wantedText(found));
      return EXIT.clean;
    }
    const load = options["load"] === undefined ? {} : { requestsPerSecond: loadOf(String(options["load"])) };
    const size = { ...load, ...frontsOption(options) };
    const budget = new SearchBudget(options, io);
    const { isOver } = budget;
    const balancers = explainTopology(topology, { isOver: budget.isSpent }).map((explanation, index, all) => {
      const cluster = topology.clusters[index] as Cluster;
      budget.started(cluster.name, index, all.length);
      return { explanation, outlook: outlookOf(topology, cluster, { ...size, explanation, isOver }) };
    });
    if (json) {
      const placeOf = (at: Pointer): string => {
        const place = locate(at);
        return place === undefined ? at : `${place.file}:${place.line}`;
      };
      const documents = balancers.map(({ explanation, outlook }) => ({
        ...explanationJson(explanation, placeOf),
        outlook: outlookJson(outlook),
      }));
      io.stdout(jsonText({ balancers: documents, httpd: meant.version }));
      return EXIT.clean;
    }
    const texts = balancers.map(({ explanation, outlook }) => {
      const more = outlookText(outlook).map((line) => `  ${line}`);
      return [explanationText(explanation, { input: path, locate }), ...more, ""].join("\n");
    });
    const text = `${texts.length === 0 ? "There is no balancer.\n" : texts.join("\n")}${meantText(meant)}\n`;
    io.stdout(proseLines(text, io.columns));
    return EXIT.clean;
  },
};

/** Says what a rule or a parameter is where the input is the name of one, and of no file. */
function saysWord(input: string, { json }: Options, io: Io): boolean {
  if (io.exists(input)) return false;
  const text = explainedWord(input, io.width);
  const near = text === undefined && /^[\w-]+$/.test(input) ? nearestWord(input) : undefined;
  if (near !== undefined) {
    throw new UnusableError(`${input}: is no file, no rule and no parameter; did you mean '${near}'?`);
  }
  if (text === undefined) return false;
  io.deliver(json === true ? jsonText({ text }) : text);
  return true;
}

/** Pictures, where they are asked for. */
async function drawn(
  { topology, path, meant }: Pick<Input, "topology" | "path" | "meant">,
  { html, mermaid }: Options,
  io: Io,
): Promise<boolean> {
  if (html === true) {
    const { explainPage } = await import("../../core/review/formats/explain-page.js");
    io.stdout(explainPage(topology, path, meantText(meant)));
  } else if (mermaid === true) {
    const { topologyMermaid } = await import("../../core/review/formats/topology-picture.js");
    io.stdout(`${topologyMermaid(topology, meantText(meant)).join("\n")}\n`);
  }
  return html === true || mermaid === true;
}

function loadOf(text: string): number {
  if (/^[0-9]+(\.[0-9]+)?$/.test(text) && Number(text) > 0) return Number(text);
  throw new UnusableError(`--load: found '${text}', allowed is a number of requests per second above 0; correct it`);
}

interface WantedMember {
  readonly member: string;
  readonly loadfactor: number;
  readonly share: number;
}

/** Load factors, and how far they are off at most. */
interface Wanted {
  readonly members: readonly WantedMember[];
  readonly error: number;
}

function wanted(text: string, topology: Topology): Wanted {
  const entries = text.split(",").map((entry) => {
    const [, member, amount] = /^\s*([^=]+)=\s*([0-9]+(?:\.[0-9]+)?)\s*%?\s*$/.exec(entry) ?? [];
    if (member === undefined || !(Number(amount) > 0)) {
      throw new UnusableError(`--want: found '${entry}', allowed is member=amount with an amount above 0; correct it`);
    }
    const unknown = wordProblem(topology, member, "", "--want");
    if (unknown !== undefined && membersMeant(topology, member).length === 0) {
      throw new UnusableError(problemText(unknown));
    }
    return { member, amount: Number(amount) };
  });
  const { loadfactors, shares, error } = weightsFor(entries.map(({ amount }) => amount));
  const members = entries.map(({ member }, index) => ({
    member,
    loadfactor: loadfactors[index] ?? 0,
    share: shares[index] ?? 0,
  }));
  return { members, error };
}

function wantedText({ members, error }: Wanted): string {
  const lines = members.map(
    ({ member, loadfactor, share }) => `${member} loadfactor=${loadfactor} gets ${(100 * share).toFixed(3)} %\n`,
  );
  const off = error < 1e-12 ? "exactly what is wanted" : `at most ${(100 * error).toFixed(4)} points off`;
  return `${lines.join("")}${off}\n`;
}
