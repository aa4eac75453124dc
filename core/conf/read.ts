import type { Topology } from "../topology/topology.js";
import type { Pointer } from "../vocabulary/problem.js";
import { finished } from "./read/finish.js";
import { emptyScope } from "./read/growing.js";
import type { GrowingConf, ReadLine } from "./read/growing.js";
import { readStatements } from "./read/walk.js";
import type { SourcePlace, Statement } from "./read/statement.js";

export type { ReadLine, Verdict } from "./read/growing.js";
export type { SourcePlace, Statement } from "./read/statement.js";

/** An httpd.conf as a topology. */
export interface ReadConf {
  readonly topology: Topology;
  /** What became of every directive, in the order httpd executes them; what is not understood is kept as text. */
  readonly lines: readonly ReadLine[];
  /** Where the value of a pointer is written, or the nearest thing around it. */
  readonly locate: (at: Pointer) => SourcePlace | undefined;
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
