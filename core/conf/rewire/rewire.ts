import { originOf as placeOf } from "../run/executed.js";
import type { Executed, Expansion, OnReadLine, Source } from "../run/executed.js";
import { locator } from "../../vocabulary/place.js";
import type { SourcePlace } from "../../vocabulary/place.js";
import { applyEdits } from "../text/edit.js";
import type { Edit } from "../text/edit.js";
import type { Places, WiredLine } from "./change.js";
import { editsOf } from "./edits.js";
import type { DoneChange } from "./edits.js";
import { managerEdits } from "./manager.js";
import type { ManagerScopes } from "./manager.js";
import { changesTo } from "./table.js";
import { wiredLines } from "./wired-lines.js";

/** A change of the text, and where. */
export interface Rewiring extends DoneChange {
  readonly place: SourcePlace;
  readonly directive: string;
}

/** A directive that cannot be played. */
export interface RefusedLine {
  readonly place: SourcePlace;
  /** The directive as it is written. */
  readonly text: string;
  readonly why: string;
}

/** A file of a configuration as it is played. */
export interface PlayedText {
  /** Path in the folder of the play, without a slash in front. */
  readonly path: string;
  /** What the configuration calls it. */
  readonly name: string;
  /** One character a byte. */
  readonly text: string;
}

/** A configuration that is ready to be played. */
export interface Rewired {
  /** The main file first. */
  readonly files: readonly PlayedText[];
  readonly rewirings: readonly Rewiring[];
  /** Where there are any, it must not be played. */
  readonly refused: readonly RefusedLine[];
}

/** How a configuration is rewired. */
export interface RewireOptions {
  readonly places: Places;
  /** Folder that the files are written to. */
  readonly folder: string;
  /** Where balancer-managers are put in. @default - nowhere */
  readonly manager?: ManagerScopes;
}

/**
 * The user's own configuration, such that it can be played beside everything else on a machine: what it listens on, whom
 * it speaks to and what it writes lie elsewhere; every other byte stays. Macros are written out where something in
 * them has to change. Each file that is read gets a copy for each time it is read.
 */
export function rewire(expansion: Expansion, { places, folder, manager }: RewireOptions): Rewired {
  const edits = new Map<Source, Edit[]>();
  const rewirings: Rewiring[] = [];
  const refused: RefusedLine[] = [];
  const edit = (source: Source, made: readonly Edit[]): void => {
    edits.set(source, [...(edits.get(source) ?? []), ...made]);
  };
  for (const line of wiredLines(expansion)) {
    const changes = changesTo(line, places);
    for (const change of changes) {
      if (change.kind === "refused") refused.push({ place: whereIs(line), text: line.line.text, why: change.why });
    }
    const { edits: made, done } = editsOf(line, changes);
    if (made.length > 0) edit(line.source, made);
    rewirings.push(...done.map((one) => ({ ...one, place: whereIs(line), directive: directiveOf(line) })));
  }
  if (manager !== undefined) for (const { source, edits: made } of managerEdits(expansion, manager)) edit(source, made);
  const files = placed(expansion, { edits, folder, rewirings });
  return { files, rewirings: rewirings.toSorted(byPlace(expansion)), refused };
}

interface Placing {
  readonly edits: Map<Source, Edit[]>;
  readonly folder: string;
  readonly rewirings: Rewiring[];
}

/** Puts texts of macros and names of copies in; the innermost first, as what they stand in contains them. */
function placed({ onRead, sources }: Expansion, { edits, folder, rewirings }: Placing): readonly PlayedText[] {
  const textOf = (source: Source): string => applyEdits(source.tree.text, edits.get(source) ?? []);
  const paths = new Map<Source, string>();
  for (const line of [...onRead].reverse()) {
    const about = { place: whereIs(line), directive: directiveOf(line) };
    const own = edits.get(line.source) ?? [];
    if (line.key === "use") {
      const [macro] = line.opened;
      if (macro === undefined || (edits.get(macro) ?? []).length === 0) continue;
      const { start, end } = line.line;
      edits.set(line.source, [...own, { start, end, text: textOf(macro) }]);
      rewirings.push({ ...about, about: "macro", from: line.line.text, to: "its text" });
    } else if (line.key === "include" || line.key === "includeoptional") {
      const number = onRead.indexOf(line);
      const [only] = line.opened;
      for (const [at, source] of line.opened.entries()) {
        const order = line.opened.length > 1 ? `${String(at).padStart(5, "0")}-` : "";
        paths.set(source, `include-${number}/${order}${baseName(source.name)}`);
      }
      const to =
        line.opened.length === 1 && only !== undefined
          ? `${folder}/${paths.get(only) ?? ""}`
          : `${folder}/include-${number}`;
      const changes =
        only === undefined
          ? ([{ kind: "out", about: "include" }] as const)
          : ([{ kind: "word", at: 0, to, about: "include" }] as const);
      const { edits: made, done } = editsOf(line, changes);
      edits.set(line.source, [...own, ...made]);
      rewirings.push(...done.map((one) => ({ ...one, ...about })));
    }
  }
  const [main] = sources;
  if (main !== undefined) paths.set(main, `played/${baseName(main.name)}`);
  return sources.flatMap((source) => {
    const path = paths.get(source);
    return path === undefined ? [] : [{ path, name: source.name, text: textOf(source) }];
  });
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/[^\w.-]/g, "_");
}

function directiveOf({ key, node }: Pick<WiredLine, "key" | "node">): string {
  return node.kind === "directive" ? node.name : node.kind === "section" ? `<${node.name}>` : key;
}

/** Where a line is written; of one that a macro wrote, the line that uses the macro. */
function whereIs(line: WiredLine | OnReadLine | Executed): SourcePlace {
  const { source } = line;
  if (source.use !== undefined) return placeOf(source.use);
  return { file: source.name, ...locator(source.tree.text)(line.node.line.start) };
}

/** In the order the files were read, and of their lines. */
function byPlace({ sources }: Expansion): (one: Rewiring, other: Rewiring) => number {
  const order = new Map(sources.map(({ name }, index) => [name, index]));
  return ({ place: one }, { place: other }) =>
    (order.get(one.file) ?? 0) - (order.get(other.file) ?? 0) || one.line - other.line;
}
