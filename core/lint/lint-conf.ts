import { expand } from "../conf/expand.js";
import type { ExpandOptions } from "../conf/expand.js";
import { readConf } from "../conf/read.js";
import { statementsOf } from "../conf/read/statement.js";
import { confViewOf } from "./conf-view.js";
import type { LintReport } from "./diagnostic.js";
import { DEFAULT_PRESETS, rulesOf } from "./presets.js";
import type { Rule } from "./rule.js";
import { runRules } from "./run.js";
import { sourceText } from "./source-text.js";
import { suppressionsIn } from "./suppression-comments.js";
import { viewOf } from "./view.js";

/** Lints an httpd.conf and all it includes. */
export function lintConf(options: ExpandOptions, rules: readonly Rule[] = rulesOf(DEFAULT_PRESETS)): LintReport {
  const expansion = expand(options);
  const statements = statementsOf(expansion.directives);
  const { topology, locate } = readConf(statements);
  const { sources } = expansion;
  return runRules(
    {
      path: options.path,
      view: viewOf(topology, confViewOf(expansion, statements)),
      locate,
      texts: new Map(sources.map(({ name, tree }) => [name, sourceText(tree.text)])),
      suppressions: sources.flatMap(suppressionsIn),
      before: [],
    },
    rules,
  );
}
