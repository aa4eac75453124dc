import { run } from "../conf/run/run.js";
import type { Execution } from "../conf/run/run.js";
import type { ExpandOptions } from "../conf/run/expand.js";
import { isNoConfiguration } from "../conf/run/no-configuration.js";
import { readConf, readingOf } from "../conf/read/read-conf.js";
import { spelledNames } from "../conf/read/spelled-names.js";
import type { SourcePlace } from "../vocabulary/place.js";
import { nodeAt } from "../conf/text/node-at.js";
import type { Tree } from "../conf/text/tree.js";
import type { Pointer } from "../vocabulary/problem.js";
import { confViewOf } from "./conf-view.js";
import type { ConfView } from "./conf-view.js";
import type { ServerFile } from "../server-files/server-file.js";
import type { Topology } from "../topology/topology.js";
import type { Diagnostic, LintReport } from "./diagnostic.js";
import { DEFAULT_PRESETS, rulesOf } from "./presets.js";
import { followsFrom } from "./follow-ups.js";
import { RetypedFiles } from "./retyped-files.js";
import { refusalOf } from "./refusal.js";
import type { RefusalFinding } from "./refusal.js";
import type { Rule } from "./rule.js";
import { runRules } from "./run.js";
import { confText, specText as serverText } from "./source-text.js";
import { suppressionsIn } from "./suppression-comments.js";
import { viewOf } from "./view.js";

/** Refusals reported one by one; a file with more of them is another kind of file. */
const MOST_REFUSALS = 20;

/** An httpd.conf, with what servers' own files say beside it. */
export interface LintedConf extends ExpandOptions {
  /** @default - nothing */
  readonly beside?: readonly ServerFile[];
}

/**
 * Lints an httpd.conf and all it includes.
 *
 * What httpd refuses is a finding with the rule `configtest`; linting goes on without the refused words or line.
 */
export function lintConf(options: LintedConf, rules: readonly Rule[] = rulesOf(DEFAULT_PRESETS)): LintReport {
  return lintSource(options, rules).report;
}

/** A report with what repairs are made with. */
export interface LintedSource {
  readonly report: LintReport;
  readonly locate: (at: Pointer) => SourcePlace | undefined;
  /** The files as they are written, by name. */
  readonly trees: ReadonlyMap<string, Tree>;
  readonly topology: Topology;
}

/** As {@link lintConf}, for those who repair. */
export function lintSource(options: LintedConf, rules: readonly Rule[]): LintedSource {
  const { test, refusals, originals, pasted, crashes } = tolerantTest(options);
  const { expansion, statements } = test;
  const { topology, locate } = readConf(statements, readingOf(expansion));
  const sources = expansion.sources.filter(({ use }) => use === undefined);
  const trees = new Map(sources.map(({ name, tree }) => [name, originals.get(name) ?? tree]));
  const conf = confViewOf(expansion, statements);
  const { beside = [] } = options;
  const report = runRules(
    {
      path: options.path,
      view: viewOf(topology, { conf, names: spelledNames(statements), beside }),
      locate,
      texts: new Map([
        ...beside.map(({ file, text }) => [file, serverText(text)] as const),
        ...[...trees]
          .filter(([name, tree]) => isShown(name, tree, options))
          .map(([name, { text }]) => [name, confText(text, pasted.has(name))] as const),
      ]),
      suppressions: sources.flatMap(suppressionsIn),
      placed: [...pasted.values()],
      before: refusals.map(({ diagnostic }) => diagnostic),
      follows: followsFrom(
        refusals.flatMap(({ leftOut }) => leftOut ?? []),
        crashes,
      ),
      repairable: (place) => place !== undefined && !isUse(trees.get(place.file), place.line),
    },
    rules,
  );
  const nothing = report.diagnostics.length > 0 ? undefined : nothingIn(topology, conf);
  const told = {
    ...report,
    ...(nothing === undefined ? {} : { nothing }),
    ...(test.error?.about === "size" ? { unread: true } : {}),
  };
  return { report: told, locate, trees, topology };
}

/** Directives that rules look at without a balancer. */
const LOOKED_AT = ["rewriterule", "proxypassmatch", "sethandler", "proxyrequests", "proxyremote"] as const;

/** Why no rule had anything to look at; undefined where one had. */
function nothingIn({ clusters, servers }: Topology, conf: ConfView): string | undefined {
  const scopes = servers.flatMap((server) => [server, ...server.virtualHosts]);
  if (clusters.length > 0 || scopes.some(({ mounts }) => mounts.length > 0)) return undefined;
  if (LOOKED_AT.some((name) => conf.named(name).length > 0)) return undefined;
  return "no balancer and no ProxyPass is read here; -D NAME turns on what stands in an <IfDefine>";
}

/** True where a macro is written out: what is found in it has the place of its `Use`, where nothing can be repaired. */
function isUse(tree: Tree | undefined, line: number): boolean {
  const node = tree === undefined ? undefined : nodeAt(tree, line);
  return node?.kind === "directive" && node.name.toLowerCase() === "use";
}

/** The input itself, and what is a configuration of those that it includes. */
function isShown(name: string, tree: Tree, { path }: ExpandOptions): boolean {
  return name === path || !isNoConfiguration(tree);
}

/** What is left without what was refused; of a file that is no configuration nothing: its lines are told to nobody. */
function restOf({ rest }: RefusalFinding, options: ExpandOptions): RefusalFinding["rest"] {
  return rest === undefined || isShown(rest.file, rest.before, options) ? rest : { ...rest, text: "" };
}

interface TolerantTest {
  readonly test: Execution;
  readonly refusals: readonly RefusalFinding[];
  /** The files in which something was left out or retyped, as they were. */
  readonly originals: ReadonlyMap<string, Tree>;
  /** Findings of look-alikes, by file. */
  readonly pasted: ReadonlyMap<string, Omit<Diagnostic, "fingerprint">>;
  /** One of the refusals is the end of httpd itself. */
  readonly crashes: boolean;
}

/**
 * Tests again and again without what was refused, until nothing is, or nothing more can be left out. Look-alikes of
 * plain characters are read as what they look like.
 */
function tolerantTest(options: ExpandOptions): TolerantTest {
  const files = new RetypedFiles(options);
  const patched = new Map<string, string>();
  const originals = files.originals;
  const refusals: RefusalFinding[] = [];
  const unloaded = new Set<string>();
  let crashes = false;
  for (let round = 1; ; round++) {
    const test = run({ ...files.withTexts(patched), elsewhere: true });
    const pasted = files.findings(test.error);
    if (test.error === undefined) return { test, refusals, originals, pasted, crashes };
    crashes ||= test.error.crash === true;
    const refusal = refusalOf(test.error);
    const { module } = test.error;
    if (module === undefined || !unloaded.has(module)) refusals.push(refusal);
    if (module !== undefined) unloaded.add(module);
    const rest = restOf(refusal, options);
    if (test.error.about === "size" || rest === undefined || rest.text === rest.before.text || round >= MOST_REFUSALS) {
      return { test, refusals, originals, pasted, crashes };
    }
    if (!originals.has(rest.file)) originals.set(rest.file, rest.before);
    patched.set(rest.file, rest.text);
  }
}
