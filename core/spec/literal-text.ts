import { text } from "../shape/plain.js";
import type { Shape } from "../shape/shape.js";
import type { Text } from "../topology/topology.js";

/** A text without holes; writing one that is known only at apply throws a RangeError. */
export function literalText(): Shape<Text> {
  return { ...text(), write: literal };
}

function literal(value: Text): string {
  if (typeof value === "string") return value;
  const pieces = value.map((piece) => {
    if (typeof piece === "string") return piece;
    throw new RangeError(`'${piece.deferred}' is known only at apply; a spec cannot say it`);
  });
  return pieces.join("");
}
