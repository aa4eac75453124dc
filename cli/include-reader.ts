import { dirname, join, resolve, sep } from "node:path";
import type { ConfReader } from "../core/conf/run/reader.js";
import { fromBytes } from "../core/httpd/bytes.js";
import { LAYOUTS } from "../core/vocabulary/layouts.js";
import { isInside } from "./inside.js";
import { UnusableError } from "./io.js";
import type { Io } from "./io.js";

/** Which files of the machine the lines of a configuration may have read. */
export interface Confinement {
  /** The file that was named: it, and what lies in its folder, is read. */
  readonly file: string;
  /** Everything else is read, too. */
  readonly outside: boolean;
}

/** Folders of the layouts: what a configuration of the machine itself includes lies there. */
const LAYOUT_FOLDERS: readonly string[] = Object.values(LAYOUTS).flatMap(({ serverRoot, moduleFolder }) =>
  moduleFolder.startsWith("/") ? [serverRoot, dirname(moduleFolder)] : [serverRoot],
);

/**
 * Reads included files, each once, as far as they may be read: a configuration of a stranger must not be able to show
 * what else lies on this machine. Links are followed before that is judged. What cannot be read counts as missing.
 *
 * The reader throws an UnusableError for an included file that is there and lies outside.
 */
export function includeReader(io: Io, { file, outside }: Confinement): ConfReader {
  const known = new Map<string, string | undefined>();
  const folders = new Map<string, readonly string[] | undefined>();
  const allowed = [dirname(realPath(file, io)), ...LAYOUT_FOLDERS].map((folder) => realPath(folder, io));
  const read = (path: string): string | undefined => {
    if (io.kindOf(path) !== "file") return undefined;
    const real = realPath(path, io);
    const inside = allowed.some((folder) => isInside(real, folder));
    if (!outside && !inside) throw new UnusableError(outsideSentence(file, path));
    return fromBytes(io.readBytes(path, true));
  };
  return {
    readText(path) {
      if (!known.has(path)) known.set(path, read(path));
      return known.get(path);
    },
    readFolder(path) {
      if (!folders.has(path)) folders.set(path, io.readFolder(path));
      return folders.get(path);
    },
  };
}

function realPath(path: string, io: Io): string {
  return io.realPath(path) ?? resolve(path);
}

function outsideSentence(file: string, path: string): string {
  const where = join(dirname(file), sep);
  return `${file}: reads ${path}, which lies outside of ${where} and of httpd's own folders; add --allow-outside if it may be read`;
}
