import { configtest } from "./configtest.js";
import type { ConfigTest } from "./configtest.js";
import type { Effect } from "./effects.js";
import type { Executed } from "./executed.js";
import type { ExpandOptions } from "./expand.js";
import { statementsOf } from "./statement.js";
import type { Statement } from "./statement.js";

/** One execution of a configuration: what httpd says to it, and what each of its directives does. */
export interface Execution extends ConfigTest {
  /**
   * Every directive that is read, in file order, with the effects of those that httpd accepts: what the reader makes a
   * topology of, and what lint looks at.
   */
  readonly statements: readonly Statement[];
}

/** Executes a configuration once, for all who ask about it. */
export function run(options: ExpandOptions): Execution {
  const effects = new Map<Executed, Effect[]>();
  const test = configtest(options, (directive, effect) => {
    const known = effects.get(directive);
    if (known === undefined) effects.set(directive, [effect]);
    else known.push(effect);
  });
  return { ...test, statements: statementsOf(test.expansion.directives, effects) };
}
