import type { ExpandOptions } from "../core/conf/run/expand.js";
import { toUnicode } from "../core/httpd/bytes.js";
import { harmless } from "../core/report/harmless.js";
import { lineWithoutSecrets } from "../core/report/secrets.js";

/** A file as it was read, one character a byte. */
export function readBefore(file: string, run: ExpandOptions): string {
  return file === run.path ? run.text : (run.reader.readText(file) ?? "");
}

/**
 * The changes of a file as a patch that shows no secret; where the lines around a change hold one, it applies only
 * without them.
 *
 * @param context - lines around a change
 */
export async function patchOf(file: string, text: string, run: ExpandOptions, context = 2): Promise<string> {
  const { createTwoFilesPatch } = await import("diff");
  const before = toUnicode(readBefore(file, run));
  const patch = createTwoFilesPatch(file, file, before, toUnicode(text), "", "", { context });
  return patch
    .split("\n")
    .slice(1)
    .map((line) => lineWithoutSecrets(harmlessLine(line)))
    .join("\n");
}

/** A line of a patch as it is read: its tabs stay, without which it would not apply, and no CR is shown. */
function harmlessLine(line: string): string {
  return line.replace(/\r$/, "").split("\t").map(harmless).join("\t");
}
