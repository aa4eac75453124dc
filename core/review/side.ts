import { readConf } from "../conf/read/read-conf.js";
import type { ConfError } from "../conf/run/executed.js";
import type { ExpandOptions } from "../conf/run/expand.js";
import { run } from "../conf/run/run.js";
import { fromUnicode, toUnicode } from "../httpd/bytes.js";
import { lintConf } from "../lint/lint-conf.js";
import { lintTopology } from "../lint/lint-topology.js";
import type { TopologySource } from "../lint/lint-topology.js";
import { renderTopology } from "../render/render.js";
import { NO_FILES } from "../conf/run/reader.js";
import type { Report, ReportedFinding } from "../report/report.js";
import { readSpec } from "../spec/read-spec.js";
import { neededModules } from "../topology/modules.js";
import type { Topology } from "../topology/topology.js";
import { LAYOUTS } from "../vocabulary/layouts.js";
import type { MeantHttpd } from "../vocabulary/meant-httpd.js";
import { problemText } from "../vocabulary/problem.js";
import { fillText } from "../render/files.js";

/** A text that makes up the configuration. */
export interface ReviewedText {
  /** Its path below the folder of the input. */
  readonly path: string;
  readonly text: string;
}

/** One side of a comparison: what it describes, and what is known about it. */
export interface ReviewSide {
  readonly kind: "conf" | "spec";
  readonly path: string;
  readonly topology: Topology;
  /** The httpd that it is for. */
  readonly meant: MeantHttpd;
  readonly findings: readonly ReportedFinding[];
  /** Texts of the findings' files, for excerpts. */
  readonly texts: Report["texts"];
  /** What httpd reads. */
  readonly configuration: () => readonly ReviewedText[];
  /** Modules that LoadModule lines load; undefined for a fragment, which says nothing about them. */
  readonly modules: readonly string[] | undefined;
}

/** A side, or in one sentence why it cannot be read. */
export type SideReading =
  { readonly ok: true; readonly side: ReviewSide } | { readonly ok: false; readonly sentence: string };

/** An httpd.conf as one side of a comparison. */
export function confSide(options: ExpandOptions, asked?: MeantHttpd): SideReading {
  const { error, expansion, statements } = run({ ...options, elsewhere: true });
  if (error !== undefined) return { ok: false, sentence: refusalSentence(options.path, error) };
  const { layout, httpd } = expansion;
  const { topology } = readConf(statements, { layout, httpd });
  const meant = asked ?? { version: httpd, by: "described" };
  const report = lintConf(options);
  const folder = options.path.replace(/[^/]*$/, "");
  const files = expansion.sources.filter(({ use }) => use === undefined);
  const configuration = (): readonly ReviewedText[] =>
    files.map(({ name, tree }, index) => ({
      path: index === 0 ? "httpd.conf" : name.startsWith(folder) ? name.slice(folder.length) : name,
      text: toUnicode(tree.text),
    }));
  // LoadModule lines are executed while httpd reads, so they are no statements.
  const loading = expansion.onRead.filter(({ key }) => key === "loadmodule");
  const loaded = new Set(loading.flatMap(({ words: [symbol] }) => (symbol === undefined ? [] : [symbol])));
  return {
    ok: true,
    side: {
      kind: "conf",
      path: options.path,
      topology,
      meant,
      findings: report.diagnostics,
      texts: report.texts,
      configuration,
      modules: expansion.fragment ? undefined : [...loaded].sort(),
    },
  };
}

/**
 * A spec as one side of a comparison.
 *
 * @param asked - the httpd that is meant, whatever the spec says
 */
export function specSide(text: string, path: string, asked?: MeantHttpd): SideReading {
  const reading = readSpec(text, path, asked);
  if (!reading.ok) {
    const [first] = reading.problems;
    const more = reading.problems.length > 1 ? ` (and ${reading.problems.length - 1} more)` : "";
    const place = first === undefined ? path : `${first.file}:${first.line}:${first.column}`;
    return { ok: false, sentence: `${place}: ${first === undefined ? "is no spec" : problemText(first)}${more}` };
  }
  const { topology, locate, meant } = reading;
  return { ok: true, side: { ...describedSide(topology, { path, text, locate }), meant } };
}

/** A description as one side of a comparison: of a spec, or of constructs. */
export function describedSide(topology: Topology, source: TopologySource): ReviewSide {
  const { diagnostics: findings, texts } = lintTopology(topology, source);
  const configuration = (): readonly ReviewedText[] => rendered(topology);
  return {
    kind: "spec",
    path: source.path,
    topology,
    meant: { version: topology.httpd, by: "described" },
    findings,
    texts,
    configuration,
    modules: modulesOf(topology),
  };
}

/**
 * A side as httpd reads it: a spec by what is rendered of it. So a spec and an httpd.conf are compared in one language.
 */
export function asConf(side: ReviewSide): Topology {
  const [file] = side.kind === "conf" ? [] : side.configuration();
  if (file === undefined) return side.topology;
  const { statements, expansion } = run({
    path: "httpd.conf",
    text: fromUnicode(file.text),
    reader: NO_FILES,
    version: side.topology.httpd,
    elsewhere: true,
  });
  return readConf(statements, { httpd: side.topology.httpd, layout: expansion.layout }).topology;
}

function rendered(topology: Topology): readonly ReviewedText[] {
  const result = renderTopology(topology);
  const files = result.ok ? result.files : [];
  return files.map(({ path, text }) => ({ path, text: fillText(text, ({ deferred }) => `<${deferred}>`) }));
}

function modulesOf(topology: Topology): readonly string[] {
  const names = topology.servers.flatMap((server) =>
    neededModules(topology, server, { layout: LAYOUTS[server.layout], fragment: false }).map(
      ({ name }) => `${name}_module`,
    ),
  );
  return [...new Set(names)].sort();
}

function refusalSentence(file: string, { source, line, message }: ConfError): string {
  return `${source ?? file}${line === undefined ? "" : `:${line}`}: ${toUnicode(message)}`;
}
