import { finished } from "./to-topology.js";
import { readFront } from "./front.js";
import { emptyScope } from "./read-state.js";
import { scopePlanOf } from "./scope-plan.js";
import type { GrowingConf } from "./read-state.js";
import { isTranslatable } from "./access/translatable.js";
import type { ReadConf } from "./read-conf-result.js";
import { readStatements } from "./read-statements.js";
import type { LayoutName } from "../../vocabulary/layouts.js";
import { usualHttpd } from "../../vocabulary/meant-httpd.js";
import type { HttpdVersion } from "../../vocabulary/versions.js";
import type { Expansion } from "../run/executed.js";
import type { Statement } from "../run/statement.js";

export type { ReadConf, ReadLine, Verdict } from "./read-conf-result.js";
export type { Statement } from "../run/statement.js";

/** How an httpd.conf is read. */
export interface ReadOptions {
  /**
   * Write `Order`, `Allow` and `Deny` that are kept as text as `Require`; not done where the file says `Require`, too,
   * because both would have to be satisfied, or where something in it has no word among those of 2.4.
   *
   * @default false
   */
  readonly modernAccess?: boolean;
  /** The httpd that reads it. @default - the one that the layout installs */
  readonly httpd?: HttpdVersion;
  /** The layout of that httpd, as the execution of the file tells. @default "debian" */
  readonly layout?: LayoutName;
  /** Symbols of the modules it loads, as the execution of the file tells. @default - all, as for a fragment */
  readonly modules?: ReadonlySet<string>;
}

/** How a file is read that was executed: what only its execution tells. */
export function readingOf({ httpd, layout, modules, fragment }: Expansion): Omit<ReadOptions, "modernAccess"> {
  return fragment ? { httpd, layout } : { httpd, layout, modules };
}

/**
 * Reads an httpd.conf that `configtest` accepts into a topology: what httpd would run with, member for member.
 *
 * Statements are executed in file order as httpd does, so that the last value wins, balancers defined in several
 * places are one, members that share a worker are dropped, and virtual hosts see what they inherit. Members are named
 * by their URL. What the topology has no word for is kept as text.
 *
 * @param statements - the file with includes resolved and variables replaced
 */
export function readConf(statements: readonly Statement[], options: ReadOptions = {}): ReadConf {
  const { layout = "debian" } = options;
  const translatable = isTranslatable(statements);
  const conf: GrowingConf = {
    httpd: options.httpd ?? usualHttpd([layout]).version,
    main: emptyScope(readFront(statements), scopePlanOf(statements)),
    hosts: [],
    templates: [],
    expressions: [],
    layout,
    modules: options.modules,
    lines: [],
    translatable,
    modernAccess: options.modernAccess === true && translatable,
  };
  readStatements({ conf, scope: conf.main }, statements);
  return finished(conf);
}
