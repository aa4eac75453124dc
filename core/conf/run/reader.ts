/** Where included files come from; this folder itself touches no disk. Paths are absolute unless the main file's is not. */
export interface ConfReader {
  /** The text of a file, one character a byte; undefined when there is none or it cannot be read. */
  readText(path: string): string | undefined;
  /** Names in a folder in any order; undefined when the path is not a folder. */
  readFolder(path: string): readonly string[] | undefined;
}

/** A reader that finds nothing: for a file that stands alone. */
export const NO_FILES: ConfReader = { readText: () => undefined, readFolder: () => undefined };

/**
 * A path relative to the ServerRoot, made absolute as `ap_server_root_relative` does: `.`, `..` and doubled slashes go. A path
 * that ends in one of them, or in a slash, keeps a slash at its end.
 */
export function rootRelative(serverRoot: string, path: string): string {
  const joined = path.startsWith("/") ? path : `${serverRoot}/${path}`;
  const steps: string[] = [];
  for (const step of joined.split("/")) {
    if (step === "" || step === ".") continue;
    if (step === "..") steps.pop();
    else steps.push(step);
  }
  const folder = steps.length > 0 && /(?:^|\/)\.{0,2}$/.test(joined) ? "/" : "";
  return `${joined.startsWith("/") ? "/" : ""}${steps.join("/")}${folder}`;
}
