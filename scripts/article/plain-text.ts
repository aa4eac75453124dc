import { fillText } from "../../core/render/files.js";
import type { Text } from "../../core/topology/topology.js";

/**
 * A text of the article, whose description knows every value.
 *
 * @throws Error when there is no text, or a hole in it
 */
export function plainText(text: Text | undefined): string {
  if (text === undefined) throw new Error("a file of the article is missing");
  return fillText(text, ({ deferred }) => {
    throw new Error(`${deferred} has no value`);
  });
}
