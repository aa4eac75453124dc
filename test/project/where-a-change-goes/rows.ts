import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./overlay.js";

/** A row of "Where a change goes" in docs/architecture.md. */
export interface Row {
  readonly change: string;
  /** The cell of the one place. */
  readonly place: string;
  /** The cell of the list. */
  readonly list: string;
}

/** The table, as it is written. */
export function rows(): readonly Row[] {
  const text = readFileSync(join(ROOT, "docs/architecture.md"), "utf8");
  const section = /^## Where a change goes\n([^]*?)^## /m.exec(text)?.[1] ?? "";
  const lines = section.split("\n").filter((line) => /^\| (?!change |-)/.test(line));
  return lines.map((line) => {
    const [, change = "", place = "", list = ""] = line.split("|").map((cell) => cell.trim());
    return { change, place, list };
  });
}
