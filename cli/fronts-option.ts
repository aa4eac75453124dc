import { MOST_FRONTS } from "../core/topology/fronts.js";
import type { Options } from "./command.js";
import { UnusableError } from "./io.js";

/**
 * How many httpd of one configuration there are; empty where nothing is said.
 *
 * @throws UnusableError for what is no number of them
 */
export function frontsOption(options: Options): { readonly fronts?: number } {
  const text = options["fronts"];
  if (text === undefined) return {};
  const fronts = /^[0-9]{1,6}$/.test(String(text)) ? Number(text) : 0;
  if (fronts >= 1 && fronts <= MOST_FRONTS) return { fronts };
  throw new UnusableError(
    `--fronts: found '${String(text)}', allowed is a whole number from 1 to ${MOST_FRONTS}; correct it`,
  );
}
