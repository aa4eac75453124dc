import { testConf } from "./configtest.js";
import type { ConfigTest } from "./configtest.js";
import type { Effect } from "./effects.js";
import type { ConfError, Executed } from "./executed.js";
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
  const test = testConf(options, (directive, effect) => {
    const known = effects.get(directive);
    if (known === undefined) effects.set(directive, [effect]);
    else known.push(effect);
  });
  const tooDeep = depthComplaint(test.expansion.directives);
  if (tooDeep !== undefined) return { ...test, error: tooDeep, statements: [] };
  return { ...test, statements: statementsOf(test.expansion.directives, effects) };
}

/** Sections in sections that are looked into: httpd itself takes few in each other, and says so one by one. */
const DEEPEST_SECTION = 200;

function depthComplaint(directives: readonly Executed[]): ConfError | undefined {
  let level = directives.filter(({ section }) => section);
  for (let depth = 1; level.length > 0; depth++) {
    const [first] = level;
    if (depth > DEEPEST_SECTION && first !== undefined) {
      const { source, line } = first;
      const message = `sections stand more than ${DEEPEST_SECTION} deep in each other; this program looks no deeper`;
      const mend = "close the sections that are meant to stand beside each other";
      return { message, mend, about: "size", source: source.name, line: line.lastLine, at: { source, line } };
    }
    level = level.flatMap(({ children }) => children.filter(({ section }) => section));
  }
  return undefined;
}
