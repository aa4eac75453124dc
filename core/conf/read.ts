import { finished } from "./read/finish.js";
import { emptyScope } from "./read/growing.js";
import type { GrowingConf } from "./read/growing.js";
import type { ReadConf } from "./read/result.js";
import { readStatements } from "./read/walk.js";
import type { Statement } from "./read/statement.js";

export type { ReadConf, ReadLine, Verdict } from "./read/result.js";
export type { SourcePlace, Statement } from "./read/statement.js";

/**
 * Reads an httpd.conf that `configtest` accepts into a topology: what httpd would run with, member for member.
 *
 * Statements are executed in file order as httpd does, so that the last value wins, balancers defined in several
 * places are one, members that share a worker are dropped, and virtual hosts see what they inherit. Members are named
 * by their URL. What the topology has no word for is kept as text.
 *
 * @param statements - the file with includes resolved and variables replaced
 */
export function readConf(statements: readonly Statement[]): ReadConf {
  const conf: GrowingConf = {
    main: emptyScope(),
    hosts: [],
    templates: [],
    expressions: [],
    modules: [],
    lines: [],
  };
  readStatements({ conf, scope: conf.main }, statements);
  return finished(conf);
}
