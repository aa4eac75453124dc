import { fromUnicode } from "../httpd/bytes.js";
import { NO_FILES } from "../conf/run/reader.js";
import { run } from "../conf/run/run.js";
import { readConf, readingOf } from "../conf/read/read-conf.js";
import { accessChanges, changeText, unfollowedText } from "../route/access-change.js";
import type { AccessChange, ChangeKind } from "../route/access-change.js";
import type { Way } from "../route/route.js";
import type { Server, Topology } from "../topology/topology.js";
import { LAYOUTS } from "../vocabulary/layouts.js";
import type { SourcePlace } from "../vocabulary/place.js";
import type { Pointer } from "../vocabulary/problem.js";
import { fillText } from "./files.js";
import type { OutputFile } from "./files.js";
import { renderServer } from "./render.js";

/** A line of a file, by its number from 1. */
export interface OutputLine {
  readonly line: number;
  readonly text: string;
}

/**
 * Why an output must not be written: httpd refuses it, or somebody would reach what he did not, or it is not shown. Or
 * what has to be told with it: `unfollowed` requests, beyond the bounds of the comparison.
 */
export interface OutputFault {
  readonly kind: "rejected" | "unfollowed" | ChangeKind;
  /** What happens to whom. */
  readonly text: string;
  /** The line that decides now. */
  readonly before: SourcePlace | undefined;
  /** The line of the output that would decide. */
  readonly after: OutputLine | undefined;
  /** How many requests more are treated in this way. */
  readonly others: number;
}

/** What an output has to be equal to: a topology, and where its parts are written. */
export interface Original {
  readonly topology: Topology;
  readonly locate: (at: Pointer) => SourcePlace | undefined;
}

/**
 * What is wrong with the httpd.conf that a topology is rendered to: what httpd would say to it, and every kind of request
 * that would be answered in another way than by the original, unless httpd itself closes it. Nothing for what may be
 * written. It is judged as it is for the layout this project is measured on: paths and built-in modules are all that
 * other layouts differ in.
 *
 * @param topology - with a server for each of the original, in their order; it has passed `checkTopology`
 * @param most - requests that are followed for each server
 */
export function outputFaults(original: Original, topology: Topology, most?: number): readonly OutputFault[] {
  return original.topology.servers.flatMap((server, index) => {
    const written = topology.servers[index];
    if (written === undefined) return [];
    const [file] = renderServer(topology, written, { layout: LAYOUTS.debian });
    return file === undefined ? [] : fileFaults(original, server, file, most);
  });
}

function fileFaults(
  { topology, locate }: Original,
  server: Server,
  file: OutputFile,
  most: number | undefined,
): readonly OutputFault[] {
  const text = fillText(file.text, ({ deferred }) => deferred);
  const { httpd } = topology;
  const { error, expansion, statements } = run({
    path: file.path,
    text: fromUnicode(text),
    reader: NO_FILES,
    elsewhere: true,
    version: httpd,
  });
  const lines = text.split("\n");
  const lineAt = (line: number | undefined): OutputLine | undefined =>
    line === undefined ? undefined : { line, text: lines[line - 1]?.trim() ?? "" };
  if (error !== undefined) {
    return [{ kind: "rejected", text: error.message, before: undefined, after: lineAt(error.line), others: 0 }];
  }
  const after = readConf(statements, { ...readingOf(expansion), httpd });
  const [read] = after.topology.servers;
  if (read === undefined) return [];
  const changed = { ...read, layout: server.layout };
  const { changes, ...extent } = accessChanges(
    { topology, server },
    { topology: { ...after.topology, servers: [changed] }, server: changed },
    most,
  );
  const unfollowed = changes.length > 0 ? undefined : unfollowedText(extent);
  const told: readonly OutputFault[] =
    unfollowed === undefined
      ? []
      : [{ kind: "unfollowed", text: unfollowed, before: undefined, after: undefined, others: 0 }];
  const faults = byKind(changes).map(([change, others]) => ({
    kind: change.kind,
    text: changeText(change),
    before: placeOf(change.was, locate),
    after: lineAt(placeOf(change.is, after.locate)?.line),
    others,
  }));
  return [...told, ...faults];
}

/** The first of each kind, with the number of those behind it. */
function byKind(changes: readonly AccessChange[]): readonly (readonly [AccessChange, number])[] {
  const groups = new Map<ChangeKind, [AccessChange, number]>();
  for (const change of changes) {
    const known = groups.get(change.kind);
    if (known === undefined) groups.set(change.kind, [change, 0]);
    else known[1] += 1;
  }
  return [...groups.values()];
}

function placeOf({ by, doubts }: Way, locate: Original["locate"]): SourcePlace | undefined {
  return [...doubts, ...by.toReversed()].map(locate).find((place) => place !== undefined);
}
