import { randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { isInside } from "./inside.js";
import { UnusableError } from "./io.js";
import type { FileToWrite } from "./io.js";
import { ledOut } from "./led-out.js";

/** A draft that only has to be moved to where it belongs. */
interface Staged {
  readonly path: string;
  readonly draft: string;
  readonly target: string;
}

/**
 * Writes files, all or none: each as a draft beside its place, under a name that nobody can know before, and moved
 * there when all drafts are whole and on the disk. A file that is there keeps its mode and its owner. Links are
 * followed within their own folder and `within` only; a file that is no longer what it was read as stays as it is.
 *
 * @throws UnusableError with the path that could not be written
 */
export function writeFiles(files: readonly FileToWrite[]): void {
  const staged: Staged[] = [];
  try {
    for (const file of files) staged.push(stage(file));
    for (const { path, draft, target } of staged) {
      naming(path, () => {
        renameSync(draft, target);
        syncFolder(dirname(target));
      });
    }
  } finally {
    for (const { draft } of staged) if (existsSync(draft)) unlinkSync(draft);
  }
}

function stage(file: FileToWrite): Staged {
  const { path } = file;
  return naming(path, () => {
    const folder = file.within === undefined ? ledOut(dirname(path)) : undefined;
    if (folder !== undefined) {
      throw new UnusableError(`${path}: a link leads to ${folder}, out of this folder; name a folder in there itself`);
    }
    makeFolder(dirname(path));
    const target = targetOf(file);
    const there = existsSync(target) ? statSync(target) : undefined;
    if (there?.isFile() === false) throw new UnusableError(`${path}: is no regular file; name another one`);
    if (there !== undefined && there.nlink > 1) {
      const names = `has ${there.nlink} names (hard links), of which only one would change`;
      throw new UnusableError(`${path}: ${names}; write to another file, or copy it to itself first`);
    }
    unchanged(file, target);
    const draft = join(dirname(target), `.${basename(target)}.${randomBytes(9).toString("hex")}`);
    const isOpen = there === undefined && file.secret !== true;
    const descriptor = openSync(draft, "wx", isOpen ? 0o666 : 0o600);
    try {
      // Whose it is and who may read it are settled while there is nothing in it.
      if (there !== undefined) giveTo(descriptor, there);
      writeWhole(descriptor, typeof file.text === "string" ? Buffer.from(file.text) : file.text);
      fsyncSync(descriptor);
    } catch (error) {
      unlinkSync(draft);
      throw error;
    } finally {
      closeSync(descriptor);
    }
    return { path, draft, target };
  });
}

/** Where a path leads: through a link only to where its folder, or `within`, reaches. */
function targetOf({ path, within }: FileToWrite): string {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found?.isSymbolicLink() !== true) return path;
  const target = existsSync(path) ? realpathSync(path) : undefined;
  const roots = [dirname(path), ...(within === undefined ? [] : [within])].map((folder) => realpathSync(folder));
  if (target !== undefined && roots.some((root) => isInside(target, root))) return target;
  const where = target === undefined ? "nothing that is there" : target;
  throw new UnusableError(`${path}: is a link to ${where}, out of its folder; name the file itself`);
}

function unchanged({ path, before }: FileToWrite, target: string): void {
  if (before === undefined || (existsSync(target) && readFileSync(target).equals(before))) return;
  throw new UnusableError(`${path}: was changed by somebody else meanwhile, and is left as it is; run this again`);
}

/** Only root gives files away; whoever else writes keeps the mode, for an owner of the same file it is. */
function giveTo(descriptor: number, { uid, gid, mode }: { uid: number; gid: number; mode: number }): void {
  try {
    fchownSync(descriptor, uid, gid);
  } catch (error) {
    if (reason(error) !== "EPERM") throw error;
  }
  fchmodSync(descriptor, mode & 0o7777);
}

function writeWhole(descriptor: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written);
}

/** The move itself is on the disk only when its folder is. */
function syncFolder(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } catch (error) {
    // Some file systems of networks know no sync of a folder.
    if (reason(error) !== "EINVAL") throw error;
  } finally {
    closeSync(descriptor);
  }
}

/** One folder after the other: Node 20's own way to make several never ends where none can be made, as in /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}

/** Does something, and names the path in what goes wrong. */
function naming<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof UnusableError) throw error;
    throw new UnusableError(`${path}: cannot be written (${reason(error)}); ${remedy(reason(error))}`);
  }
}

function remedy(code: string): string {
  const blocked = code === "EEXIST" || code === "ENOTDIR";
  return blocked
    ? "a file stands where a folder has to be: name another folder"
    : "check the folder and its permissions";
}

function reason(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
