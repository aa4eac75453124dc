import { readConf, readingOf } from "../conf/read/read-conf.js";
import type { ConfError } from "../conf/run/executed.js";
import type { ExpandOptions } from "../conf/run/expand.js";
import { run } from "../conf/run/run.js";
import { fromUnicode, toUnicode } from "../httpd/bytes.js";
import { lintConf, lintSource } from "../lint/lint-conf.js";
import { lintSpec } from "../lint/lint-spec.js";
import { rulesBesidePromises } from "../lint/presets.js";
import { EFFECT_RULES, effectNamed } from "../lint/version-effects.js";
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
import { PREVIEW_VERSION } from "../vocabulary/versions.js";
import type { BehaviourName } from "../vocabulary/behaviours.js";
import type { SourcePlace } from "../vocabulary/place.js";
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
  /** What of it depends on the release of httpd, as the behaviours that it depends on. */
  readonly effects: () => readonly VersionEffect[];
  /** Modules that LoadModule lines load; undefined for a fragment, which says nothing about them. */
  readonly modules: readonly string[] | undefined;
}

/** Something of a file that depends on what one release of httpd does and another does not. */
export interface VersionEffect {
  readonly behaviour: BehaviourName;
  readonly subject: string;
  readonly place: SourcePlace | undefined;
}

/** A side, or in one sentence why it cannot be read. */
export type SideReading =
  { readonly ok: true; readonly side: ReviewSide } | { readonly ok: false; readonly sentence: string };

/** An httpd.conf as one side of a comparison. */
export function confSide(options: ExpandOptions, asked?: MeantHttpd): SideReading {
  const { error, expansion, statements } = run({ ...options, elsewhere: true });
  if (error !== undefined) return { ok: false, sentence: refusalSentence(options.path, error) };
  const { httpd } = expansion;
  const { topology } = readConf(statements, readingOf(expansion));
  const meant = asked ?? { version: httpd, by: "described" };
  const report = lintConf(options, rulesBesidePromises());
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
      effects: () => effectsIn(lintConf(options, EFFECT_RULES).diagnostics),
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
  const rules = rulesBesidePromises();
  const { diagnostics: findings, texts } = lintTopology(topology, { ...source, rules });
  const configuration = (): readonly ReviewedText[] => rendered(topology);
  return {
    kind: "spec",
    path: source.path,
    topology,
    meant: { version: topology.httpd, by: "described" },
    findings,
    texts,
    configuration,
    effects: () => effectsIn(lintTopology(topology, { ...source, rules: EFFECT_RULES }).diagnostics),
    modules: modulesOf(topology),
  };
}

/**
 * An httpd.conf as a release reads it, whatever it refuses: that is a finding, and the rest is read without it. For the
 * comparison of releases, in which the text is the same on both sides.
 */
export function confSideFor(options: ExpandOptions, meant: MeantHttpd): ReviewSide {
  const { report, topology } = lintSource({ ...options, version: meant.version }, rulesBesidePromises());
  return {
    kind: "conf",
    path: options.path,
    topology,
    meant,
    findings: report.diagnostics,
    texts: report.texts,
    configuration: () => [],
    effects: () => effectsIn(lintConf({ ...options, version: meant.version }, EFFECT_RULES).diagnostics),
    modules: undefined,
  };
}

/**
 * A spec as a release takes it, whatever is refused of it for that release: that is a finding, and the description is
 * taken as it stands. Undefined for what is refused whichever release is meant.
 */
export function specSideFor(text: string, path: string, meant: MeantHttpd): ReviewSide | undefined {
  const report = lintSpec(text, path, rulesBesidePromises(), { asked: meant });
  const newest = { version: PREVIEW_VERSION, by: "asked" } as const;
  const reading = [meant, newest].map((httpd) => readSpec(text, path, httpd)).find(({ ok }) => ok);
  if (reading?.ok !== true) return undefined;
  const { topology: read, locate } = reading;
  const topology = { ...read, httpd: meant.version };
  return { ...describedSide(topology, { path, text, locate }), meant, findings: report.diagnostics };
}

function effectsIn(found: readonly ReportedFinding[]): readonly VersionEffect[] {
  return found.flatMap(({ rule, subject, place }) => {
    const behaviour = effectNamed(rule);
    return behaviour === undefined ? [] : [{ behaviour, subject, place }];
  });
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
  return readConf(statements, { ...readingOf(expansion), httpd: side.topology.httpd }).topology;
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
