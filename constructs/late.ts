import { Token } from "./cdktf.js";
import type { IResolvable } from "./cdktf.js";

/**
 * A value that is computed when the stack is synthesized; undefined leaves its key out. Unlike cdktf's `Lazy` it keeps
 * no stack trace, which costs more than everything else about a construct.
 */
export function late(produce: () => unknown): IResolvable {
  const value: IResolvable = {
    creationStack: [],
    resolve: produce,
    toString: () => Token.asString(value),
  };
  return value;
}
