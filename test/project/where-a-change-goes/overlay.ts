import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Addition, Put } from "./additions.js";

/** The folder of the sources. */
export const ROOT = join(__dirname, "../../..");

/** The texts of all files that additions change or make, by path below {@link ROOT}; no file is touched. */
export function overlay(additions: readonly Addition[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  const put = (file: string, what: Put): void => {
    texts.set(file, placed(texts.get(file) ?? before(file), file, what));
  };
  for (const { file, list, asked = [], generated = {}, ...what } of additions) {
    put(file, what);
    for (const more of list === undefined ? asked : [list, ...asked]) {
      for (const line of more.lines) put(more.file, line);
    }
    for (const [made, text] of Object.entries(generated)) texts.set(made, text());
  }
  return texts;
}

function before(file: string): string {
  const path = join(ROOT, file);
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

function placed(text: string, file: string, { behind = "", put }: Put): string {
  const at = text.indexOf(behind);
  if (at === -1) throw new Error(`${file} has no ${JSON.stringify(behind)}`);
  return text.slice(0, at + behind.length) + put + text.slice(at + behind.length);
}
