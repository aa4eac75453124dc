import { relative, resolve } from "node:path";
import type { CommitFiles } from "../live/git.js";
import { UnusableError } from "./io.js";
import type { Io } from "./io.js";

/** Files of a commit as a command reads them, and which of them were read. */
export interface GitIo {
  readonly io: Io;
  readonly read: ReadonlySet<string>;
}

/** The files of a commit in the place of those of this machine: nothing outside of the commit is there. */
export function gitIo(io: Io, { paths, read }: CommitFiles): GitIo {
  const folders = foldersOf(paths);
  const seen = new Set<string>();
  const inside = (path: string): string => relative(resolve("."), resolve(path));
  const known = new Map<string, Uint8Array>();
  return {
    read: seen,
    io: {
      ...io,
      readBytes(path) {
        const name = inside(path);
        if (!paths.has(name)) throw new UnusableError(`${path}: no such file in the commit; check the path`);
        seen.add(name);
        const bytes = known.get(name) ?? read(name);
        known.set(name, bytes);
        return bytes;
      },
      readFolder(path) {
        return folders.get(inside(path));
      },
      kindOf(path) {
        const name = inside(path);
        if (paths.has(name)) return "file";
        return folders.has(name) ? "folder" : undefined;
      },
      realPath: (path) => (paths.has(inside(path)) || folders.has(inside(path)) ? resolve(path) : undefined),
      exists: (path) => paths.has(inside(path)) || folders.has(inside(path)),
      writeFiles(files) {
        throw new UnusableError(`${files.map(({ path }) => path).join(", ")}: a commit is not written to`);
      },
    },
  };
}

/** Names in each folder, sorted. */
function foldersOf(paths: ReadonlySet<string>): ReadonlyMap<string, readonly string[]> {
  const folders = new Map<string, Set<string>>();
  for (const path of paths) {
    const steps = path.split("/");
    steps.forEach((step, depth) => {
      const folder = steps.slice(0, depth).join("/");
      const names = folders.get(folder) ?? new Set();
      folders.set(folder, names.add(step));
    });
  }
  return new Map([...folders].map(([folder, names]) => [folder, [...names].sort()]));
}
