import { existsSync, realpathSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { isInside } from "./inside.js";

/**
 * Where a path leads that lies in the working folder by its name and out of it by a link: what a stranger's files name
 * there is not theirs. Undefined where it stays inside, and for what is named outside: that is the caller's own word.
 *
 * @param path - of what is not there yet the folders above it count
 */
export function ledOut(path: string): string | undefined {
  const here = process.cwd();
  const named = resolve(path);
  if (!isInside(named, here)) return undefined;
  const real = realpathSync(nearest(named));
  return isInside(real, here) ? undefined : real;
}

function nearest(path: string): string {
  return existsSync(path) ? path : nearest(dirname(path));
}
