import { jsonText } from "../../core/report/json-text.js";
import { join } from "node:path";
import { withoutSecrets } from "../../core/report/secrets.js";
import { fillText } from "../../core/render/files.js";
import { imageProblems } from "../../core/host/front-image.js";
import { outputFaults } from "../../core/render/proof.js";
import type { Original } from "../../core/render/proof.js";
import { renderCloudInit } from "../../core/host/forms/cloud-init.js";
import { renderCompose } from "../../core/host/forms/compose.js";
import { renderKubernetes } from "../../core/host/forms/kubernetes/manifests.js";
import { renderShell } from "../../core/host/forms/render-shell.js";
import { renderTopology } from "../../core/render/render.js";
import type { FrontPlanning } from "../../core/host/front-plan.js";
import { withNodes } from "../../core/host/nodes/render-nodes.js";
import { renderModJk } from "../../core/mod-jk/render-mod-jk.js";
import type { Rendered } from "../../core/render/render.js";
import { readSpec } from "../../core/spec/read-spec.js";
import type { Topology } from "../../core/topology/topology.js";
import { meantText } from "../../core/vocabulary/meant-httpd.js";
import type { MeantHttpd } from "../../core/vocabulary/meant-httpd.js";
import { LAYOUTS } from "../../core/vocabulary/layouts.js";
import type { Layout, LayoutName } from "../../core/vocabulary/layouts.js";
import { problemText } from "../../core/vocabulary/problem.js";
import { suggestion } from "../../core/vocabulary/suggest.js";
import type { Command, Options } from "../command.js";
import { askedHttpd, HTTPD_OPTION } from "../conf-options.js";
import { isSpec } from "../open-input.js";
import { problemLine, refusedSpec } from "../refused-spec.js";
import { outputNotes, outputText, standing, toldWith } from "../output-faults.js";
import type { OutputNote } from "../output-faults.js";
import { EXIT, RejectedError, UnusableError } from "../io.js";
import type { Io } from "../io.js";

/** `httpd-balancer render`: writes all files, or none when something is wrong. */
export const command: Command = {
  configure: (command) =>
    command
      .argument("<spec>", "the spec, YAML or JSON")
      .requiredOption("--out <folder>", "folder to write to")
      .option("--layout <layout>", `layout of all servers: ${Object.keys(LAYOUTS).join(", ")}`)
      .option("--httpd <version>", HTTPD_OPTION)
      .option("--as <form>", `what to write: ${Object.keys(FORMS).join(", ")}`, "httpd")
      .option("--image <image>", "image of the fronts, in place of httpd:2.4: --as compose or kubernetes")
      .option("--fragment", "write a part to be included into an existing httpd.conf: --as fragment")
      .option("--unproven", "write it although it is not shown that it lets in only whom the spec lets in")
      .option("--json", "print one JSON document: the files written"),
  run([spec], options, io) {
    const file = String(spec);
    const bytes = io.readBytes(file);
    const reading = readSpec(new TextDecoder().decode(bytes), file, askedHttpd(options["httpd"], "--httpd"));
    if (!reading.ok && !isSpec(file, bytes)) {
      throw new UnusableError(`${file}: is no spec; of an httpd.conf import ${file} --to yaml makes one`);
    }
    if (!reading.ok) throw refusedSpec(reading);
    const rendered: Rendered = FORMS[formOf(options)](reading.topology, planningOf(options));
    if (!rendered.ok) {
      const placed = rendered.problems.map((problem) => ({ ...problem, ...reading.locate(problem.at) }));
      throw new RejectedError(placed.map(problemLine).join("\n"));
    }
    const unproven = options["unproven"] === true;
    const proof = proofOf(reading, file);
    const against = standing(proof, unproven);
    if (against.length > 0) throw new RejectedError(against.map(outputText).join("\n"));
    const files = rendered.files.map(({ path, text }) => {
      const filled = fillText(text, ({ deferred }) => `<deferred: ${deferred}>`);
      return { path: join(String(options["out"]), path), text: filled, secret: withoutSecrets(filled) !== filled };
    });
    io.writeFiles(files);
    const notes = [...(rendered.notes ?? []), ...toldWith(proof).map(({ text }) => text)];
    report({ files: files.map(({ path }) => path), notes, meant: reading.meant }, options, io);
    return EXIT.clean;
  },
};

type Form = (topology: Topology, planning: FrontPlanning) => Rendered;

/** What can be written; a new form is one entry. */
export const FORMS = {
  httpd: (topology, { layout }) =>
    withNodes(topology, renderTopology(topology, { ...layoutNamed(layout), form: "httpd" })),
  fragment: (topology, { layout }) => renderTopology(topology, { ...layoutNamed(layout), form: "fragment" }),
  shell: renderShell,
  compose: renderCompose,
  kubernetes: renderKubernetes,
  "mod-jk": (topology, { layout }) => withNodes(topology, renderModJk(topology, layoutNamed(layout).layout)),
  "cloud-init": renderCloudInit,
} as const satisfies Record<string, Form>;

/** Forms that run an image. */
const OF_IMAGES: readonly string[] = ["compose", "kubernetes"] satisfies readonly (keyof typeof FORMS)[];

function planningOf(options: Options): FrontPlanning {
  const layout = layoutOf(options);
  const image = imageOf(options);
  return { ...(layout !== undefined && { layout }), ...(image !== undefined && { image }) };
}

function imageOf(options: Options): string | undefined {
  const image = options["image"];
  if (typeof image !== "string") return undefined;
  const form = formOf(options);
  if (!OF_IMAGES.includes(form)) {
    throw new UnusableError(`--image: --as ${form} runs no image; write --as ${OF_IMAGES.join(" or ")}`);
  }
  const [wrong] = imageProblems(image, "the fronts");
  if (wrong !== undefined) throw new UnusableError(`--image: ${problemText(wrong)}`);
  return image;
}

function formOf({ as: form = "httpd", fragment }: Options): keyof typeof FORMS {
  if (fragment === true) return "fragment";
  const known = Object.keys(FORMS) as (keyof typeof FORMS)[];
  const found = known.find((name) => name === form);
  if (found !== undefined) return found;
  throw new UnusableError(`--as: found '${String(form)}'; ${suggestion(String(form), known)}`);
}

function layoutNamed(name: LayoutName | undefined): { readonly layout?: Layout } {
  return name === undefined ? {} : { layout: LAYOUTS[name] };
}

/** Requests that are followed: what is written is what the spec is said to mean, so that a few of each kind are enough. */
const MOST_REQUESTS = 1_000;

/** Members of a spec that is judged whatever it says. */
const MOST_MEMBERS = 2_000;

/**
 * What is against writing it: what was rendered is read again, by httpd's rules and by the way of requests. A big spec
 * without lines of its own says nothing whose every value has not been judged one by one; it is not read a second time.
 */
function proofOf(spec: Original, path: string): readonly OutputNote[] {
  const { clusters, servers } = spec.topology;
  const members = clusters.reduce((sum, cluster) => sum + cluster.members.length, 0);
  const scopes = servers.flatMap((server) => [server, ...server.virtualHosts]);
  if (members > MOST_MEMBERS && [...clusters, ...scopes].every(({ extra = [] }) => extra.length === 0)) return [];
  const output = servers.length === 1 ? "the httpd.conf" : "its httpd.conf";
  return outputNotes(outputFaults(spec, spec.topology, MOST_REQUESTS), path, output);
}

function layoutOf(options: Options): LayoutName | undefined {
  const name = options["layout"];
  if (name === undefined) return undefined;
  const layout = (Object.keys(LAYOUTS) as LayoutName[]).find((known) => known === name);
  if (layout !== undefined) return layout;
  throw new UnusableError(`--layout: found '${String(name)}'; ${suggestion(String(name), Object.keys(LAYOUTS))}`);
}

interface Written {
  readonly files: readonly string[];
  readonly notes: readonly string[];
  readonly meant: MeantHttpd;
}

function report({ files, notes, meant }: Written, options: Options, io: Io): void {
  const said = { files, ...(notes.length === 0 ? {} : { notes }), httpd: meant.version };
  if (options["json"] === true) io.stdout(jsonText(said, 2));
  else io.stdout(`${files.map((file) => `wrote ${file}\n`).join("")}${meantText(meant)}\n`);
  io.stderr(notes.map((note) => `not carried over: ${note}\n`).join(""));
}
