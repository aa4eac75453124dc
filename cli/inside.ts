import { sep } from "node:path";

/**
 * True for a folder itself and for what lies in it, however deep.
 *
 * @param path - absolute and without links, as is `folder`
 */
export function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
