import { randomUUID } from "node:crypto";
import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/**
 * Writes a file in one step: a draft of an unpredictable name beside it, which nobody else may read where it is secret,
 * takes its place when it is whole. Nothing is written through a link.
 */
export function writeFile(path: string, text: string, secret: boolean): void {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true });
  const draft = join(folder, `.${basename(path)}.${randomUUID()}`);
  const descriptor = openSync(draft, "wx", secret ? 0o600 : 0o644);
  try {
    writeAll(descriptor, text);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

function writeAll(descriptor: number, text: string): void {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
}
