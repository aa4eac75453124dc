import { basename, join, resolve } from "node:path";
import { adoptTopology } from "../../core/render/adopt.js";
import { fillText } from "../../core/render/files.js";
import { outputFaults } from "../../core/render/proof.js";
import { projectFiles } from "../../core/render/project.js";
import { typescriptStack } from "../../core/render/typescript.js";
import { projectTopology } from "../../core/topology/project-topology.js";
import type { ProjectAnswers } from "../../core/topology/project-topology.js";
import { checkTopology } from "../../core/check/topology.js";
import { problemText } from "../../core/vocabulary/problem.js";
import type { Topology } from "../../core/topology/topology.js";
import type { Command, Options } from "../command.js";
import { withConfOptions } from "../conf-options.js";
import { EXIT, RejectedError, UnusableError } from "../io.js";
import type { FileToWrite, Io } from "../io.js";
import { loadInput } from "../input.js";
import type { Input } from "../input.js";
import { mergedManifest } from "../manifest.js";
import { isOwnerOnly } from "../owner-only.js";
import { outputNotes, outputText, standing } from "../output-faults.js";
import { programVersion } from "../version.js";

/** The five questions, by the option that answers each; a new one is one entry. */
const QUESTIONS = {
  cluster: { asks: "Name of the balancer", default: "mycluster" },
  members: { asks: "URLs of its members, with commas between", default: "http://localhost:8080,http://localhost:8081" },
  standby: { asks: "URL of a standby that serves when all others are down, or none", default: "none" },
  session: { asks: "Cookie that holds the session, or none", default: "JSESSIONID" },
  port: { asks: "Port that httpd listens on", default: "8000" },
} as const satisfies Record<string, { readonly asks: string; readonly default: string }>;

type Answers = Readonly<Record<keyof typeof QUESTIONS, string>>;

/** `httpd-balancer init`: a working project, from five answers or from an httpd.conf. */
export const command: Command = {
  configure: (command) => {
    const base = withConfOptions(command)
      .argument("[dir]", "folder of the project; it is made if it is not there (default: this one)")
      .option("--from <file>", "adopt this httpd.conf in place of asking")
      .option("--yes", "take the default of every answer that is not given");
    return Object.entries(QUESTIONS).reduce(
      (sub, [name, { asks, default: usual }]) => sub.option(`--${name} <answer>`, `${asks} (default: ${usual})`),
      base,
    );
  },
  async run([dir], options, io) {
    const folder = typeof dir === "string" ? dir : ".";
    const { stack, from, topology } = options["from"] === undefined ? await asked(options, io) : adopted(options, io);
    const name = projectName(folder);
    const parts = { name, stack, from, balancer: programVersion() };
    const files = projectFiles(parts).flatMap((file) =>
      toWrite(
        file.path,
        fillText(file.text, ({ deferred }) => `<deferred: ${deferred}>`),
        folder,
        io,
      ),
    );
    const secret = isOwnerOnly(topology, stack);
    io.writeFiles(files.map((file) => (file.text === stack ? { ...file, secret } : file)));
    io.stdout(files.map(({ path }) => `wrote ${path}\n`).join(""));
    const into = folder === "." ? "" : `cd ${folder}, then `;
    io.stdout(`next: ${into}npm install, npm test, npx cdktf synth\n`);
    return EXIT.clean;
  },
};

interface Described {
  readonly stack: string;
  readonly from: string;
  readonly topology: Topology;
}

async function asked(options: Options, io: Io): Promise<Described> {
  const topology = projectTopology(answersOf(await answers(options, io)));
  const problems = checkTopology(topology);
  if (problems.length > 0) throw new UnusableError(problems.map(problemText).join("\n"));
  const stack = typescriptStack(topology, "the answers given to httpd-balancer init");
  return { stack, from: "from five answers", topology };
}

/** Answers as options, else from the terminal, else the defaults: nothing ever waits where nobody can answer. */
async function answers(options: Options, io: Io): Promise<Answers> {
  const given: Record<string, string> = {};
  const usual: string[] = [];
  for (const [name, question] of Object.entries(QUESTIONS)) {
    const option = options[name];
    if (typeof option === "string") given[name] = option;
    else if (options["yes"] === true || io.ask === undefined) {
      given[name] = question.default;
      usual.push(`--${name} ${question.default}`);
    } else {
      const answer = (await io.ask(`${question.asks} [${question.default}]: `)).trim();
      given[name] = answer === "" ? question.default : answer;
    }
  }
  if (usual.length > 0) io.stderr(`taken as they are: ${usual.join(" ")}\n`);
  return given as Answers;
}

function answersOf({ cluster, members, standby, session, port }: Answers): ProjectAnswers {
  const number = Number(port);
  if (!Number.isInteger(number) || number < 1 || number > 65535) {
    throw new UnusableError(`--port: found '${port}', allowed is a whole number from 1 to 65535`);
  }
  const urls = members.split(",").map((url) => url.trim());
  return {
    cluster,
    members: urls.filter((url) => url !== ""),
    ...(standby === "none" ? {} : { standby }),
    ...(session === "none" ? {} : { session }),
    port: number,
  };
}

function adopted(options: Options, io: Io): Described {
  const file = String(options["from"]);
  const input = loadInput(file, io, options, { modernAccess: true });
  if (input.kind === "spec") throw new UnusableError(`${input.path}: is a spec; init adopts an httpd.conf`);
  const { topology, problems } = adoptTopology(input.topology);
  if (problems.length > 0) throw new RejectedError(problems.map(problemText).join("\n"));
  refuseUnlike(input, topology, file, io);
  const name = basename(input.path);
  return { stack: typescriptStack(topology, name), from: `from ${name}`, topology };
}

/** A project is not made of a file that it would not render alike. */
function refuseUnlike(read: Input, topology: Topology, file: string, io: Io): void {
  const proof = outputNotes(outputFaults(read, topology), file, "the project");
  const against = standing(proof, false);
  if (against.length > 0) throw new RejectedError(against.map(outputText).join("\n"));
  io.stderr(proof.map((note) => `${outputText(note)}\n`).join(""));
}

/** Files that are there are somebody's; a package.json is completed, which is what `npm install` does with it, too. */
function toWrite(path: string, text: string, folder: string, io: Io): readonly FileToWrite[] {
  const target = join(folder, path);
  if (!io.exists(target)) return [{ path: target, text }];
  if (path !== "package.json") throw new UnusableError(`${target}: is there already; name another folder`);
  const before = io.readBytes(target);
  return [{ path: target, text: mergedManifest(new TextDecoder().decode(before), text, target), before }];
}

function projectName(folder: string): string {
  const name = basename(resolve(folder))
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "");
  return name === "" ? "balancer" : name;
}
