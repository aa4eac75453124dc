import { BACKENDS } from "./backends.js";
import { CERTIFICATES } from "./certificates.js";
import { wiringRefused } from "./change.js";
import type { WireChange, Places, RewireTable, WiredLine } from "./change.js";
import { FILES } from "./files.js";
import { LISTENING } from "./listening.js";
import { REWIRED_MODULES } from "./modules.js";
import { REFUSED, REFUSED_PREFIX } from "./refused.js";
import { TIMES } from "./times.js";

/** All rules; a directive may have one in several tables. */
const TABLES: readonly RewireTable[] = [REFUSED, REWIRED_MODULES, LISTENING, BACKENDS, FILES, CERTIFICATES, TIMES];

/** What is done to a directive; nothing where it is played as it stands. */
export function changesTo(line: WiredLine, places: Places): readonly WireChange[] {
  if (REFUSED_PREFIX.test(line.key)) return wiringRefused("it would run a program");
  return TABLES.flatMap((table) => (Object.hasOwn(table, line.key) ? (table[line.key]?.(line, places) ?? []) : []));
}
