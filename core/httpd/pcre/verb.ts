import type { PatternReader } from "./pattern-reader.js";
import { PatternRefusal, empty } from "./piece.js";
import type { PatternPiece } from "./piece.js";

/** Verbs that may stand anywhere. */
const VERBS = /^(?:ACCEPT|F|FAIL|COMMIT|PRUNE|SKIP|THEN)$/;
/** Those that set up a whole pattern stand at its beginning. */
const BEGINNING =
  /^(?:UTF|UCP|NOTEMPTY|NOTEMPTY_ATSTART|NO_AUTO_POSSESS|NO_DOTSTAR_ANCHOR|NO_JIT|NO_START_OPT|CR|LF|CRLF|ANY|NUL|ANYCRLF|BSR_ANYCRLF|BSR_UNICODE|LIMIT_(?:HEAP|MATCH|DEPTH|RECURSION)=[0-9]+)$/;

/** `(*VERB)` and `(*VERB:name)`, which change how matching goes on; undefined where none stands. */
export function verb(reader: PatternReader): PatternPiece | undefined {
  const start = reader.at;
  const found = reader.take(/\(\*([A-Z_0-9=]*)(?::([^)]*))?\)/y);
  if (found === undefined || (found[1] === "" && found[2] === undefined)) {
    reader.at = start;
    return undefined;
  }
  const [, name = "", argument] = found;
  const marked = (name === "" || name === "MARK") && argument !== undefined && argument !== "";
  const setup =
    argument === undefined && BEGINNING.test(name) && /^(?:\(\*[A-Z_0-9=]*\))*$/.test(reader.pattern.slice(0, start));
  if (!marked && !setup && !VERBS.test(name)) throw new PatternRefusal();
  reader.exact = false;
  return { ...empty(""), width: undefined };
}
