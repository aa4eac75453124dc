import { run as execute } from "../core/conf/run/run.js";
import type { ExpandOptions } from "../core/conf/run/expand.js";
import type { ConfError } from "../core/conf/run/executed.js";
import { readConf, readingOf } from "../core/conf/read/read-conf.js";
import type { ReadLine, ReadOptions } from "../core/conf/read/read-conf.js";
import type { Topology } from "../core/topology/topology.js";
import { readSpec } from "../core/spec/read-spec.js";
import type { MeantHttpd } from "../core/vocabulary/meant-httpd.js";
import type { SourcePlace } from "../core/vocabulary/place.js";
import type { Pointer } from "../core/vocabulary/problem.js";
import type { Options } from "./command.js";
import { RejectedError, UnusableError } from "./io.js";
import type { Io } from "./io.js";
import { openInput } from "./open-input.js";
import { refusedSpec } from "./refused-spec.js";
import { unreadIn } from "./unread.js";
import type { OpenedConf, OpenedSpec } from "./open-input.js";

/** What a command was given: an httpd.conf or a spec, as a topology that knows where it is written. */
export interface Input {
  readonly kind: "conf" | "spec";
  /** The file read: the main one of a folder. */
  readonly path: string;
  readonly topology: Topology;
  /** The httpd that answers are for. */
  readonly meant: MeantHttpd;
  /** Where the value of a pointer into the topology is written, or the nearest thing around it. */
  readonly locate: (at: Pointer) => SourcePlace | undefined;
  /** Of an httpd.conf: what became of each line. */
  readonly lines: readonly ReadLine[];
  /** Of an httpd.conf: all that its execution depends on. */
  readonly run?: ExpandOptions;
}

/**
 * Reads INPUT of a command: an httpd.conf, a folder that holds one, or a spec.
 *
 * What of an httpd.conf is not read is said on stderr.
 *
 * @throws UnusableError for what cannot be read at all, and a RejectedError with httpd's sentence for an httpd.conf
 *   that httpd would not start with, or with the problems of a spec
 */
export function loadInput(path: string, io: Io, options: Options, how: ReadOptions = {}): Input {
  const opened = openInput(path, io, options);
  return opened.kind === "spec" ? loadSpec(opened) : loadConf(opened, how, io);
}

function loadConf({ path, run, meant }: OpenedConf, how: ReadOptions, io: Io): Input {
  const { error, expansion, statements } = execute({ ...run, elsewhere: true });
  if (error?.about === "size") throw new UnusableError(`${path}: ${error.message}`);
  if (error !== undefined) throw new RejectedError(rejection(path, error));
  const reading = readConf(statements, { ...how, ...readingOf(expansion) });
  io.stderr(
    unreadIn(expansion)
      .map((sentence) => `${sentence}\n`)
      .join(""),
  );
  return { kind: "conf", path, run, meant, ...reading };
}

function rejection(file: string, { source, line, message }: ConfError): string {
  return `${source ?? file}${line === undefined ? "" : `:${line}`}: ${message}`;
}

function loadSpec({ path, text, asked }: OpenedSpec): Input {
  const reading = readSpec(text, path, asked);
  if (reading.ok) {
    const { topology, locate, meant } = reading;
    return { kind: "spec", path, topology, meant, locate, lines: [] };
  }
  throw refusedSpec(reading);
}
