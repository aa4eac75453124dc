import type { Topology } from "../../topology/topology.js";
import type { Pointer } from "../../vocabulary/problem.js";
import type { SourcePlace } from "../../vocabulary/place.js";

/** What became of a directive. */
export type Verdict =
  /** It is in the topology. */
  | "understood"
  /** It is kept as text, with the same meaning to httpd. */
  | "kept"
  /** httpd itself drops it, so nothing is lost. */
  | "ignored"
  /** The topology cannot say it. */
  | "lost";

/** What became of one line of the file. */
export interface ReadLine {
  readonly place: SourcePlace;
  readonly text: string;
  readonly verdict: Verdict;
  /** What is to be known about it. */
  readonly why?: string;
}

/** An httpd.conf as a topology. */
export interface ReadConf {
  readonly topology: Topology;
  /** What became of every directive, in the order httpd executes them; what is not understood is kept as text. */
  readonly lines: readonly ReadLine[];
  /** Where the value of a pointer is written, or the nearest thing around it. */
  readonly locate: (at: Pointer) => SourcePlace | undefined;
}
