import type { JsonRecord } from "../vocabulary/json.js";

/** The keys of a mapping in the order written, which JavaScript does not keep for keys that look like numbers. */
export type KeysOf = (mapping: JsonRecord) => readonly string[];

/** Collections may be nested this deep; a spec needs a tenth of it. */
export const PARSING = { maxDepth: 100 } as const;
