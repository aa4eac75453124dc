import type { JsonRecord } from "../vocabulary/json.js";

/** The keys of a mapping in the order written, which JavaScript does not keep for keys that look like numbers. */
export type KeysOf = (mapping: JsonRecord) => readonly string[];

/** Collections may be nested 100 deep, of which a spec needs a tenth; the parser counts document and value as well. */
export const PARSING = { maxDepth: 102 } as const;
