import { cutWord } from "../httpd/word.js";

/** A line of mod_jk in an httpd.conf. */
export interface JkLine {
  /** In lower case: `jkmount`. */
  readonly name: string;
  readonly words: readonly string[];
  readonly text: string;
  /** True in a section, whose path decides where it counts. */
  readonly inside: boolean;
}

/** A line as mod_jk's, or undefined for one that is not. */
export function jkLineOf(text: string): JkLine | undefined {
  const words: string[] = [];
  for (let word = cutWord(text, 0); word !== undefined; word = cutWord(text, word.next)) words.push(word.text);
  const [first = "", ...rest] = words;
  if (!isJkName(first)) return undefined;
  return { name: first.toLowerCase(), words: rest, text: text.trim(), inside: /^\s/.test(text) };
}

/** True for the name of a directive of mod_jk. */
export function isJkName(name: string): boolean {
  return /^jk[a-z]+$/i.test(name);
}

/** Where a JkMount or JkUnMount counts: a prefix as of ProxyPass, or a regular expression as of ProxyPassMatch. */
export interface JkPath {
  readonly path: string;
  readonly match: boolean;
}

/**
 * The paths of a pattern, as uri_worker_map_add of native/common/jk_uri_worker_map.c takes it apart, 1.2.48: `/app|/*` is
 * `/app` and `/app/*`; `*` stands for any characters and `?` for one; without either it is that path only.
 */
export function jkPaths(pattern: string): readonly JkPath[] {
  const bar = pattern.indexOf("|");
  if (bar !== -1) {
    const head = pattern.slice(0, bar);
    const tail = pattern.slice(bar + 1);
    if (tail === "/*") return [{ path: head === "" ? "/" : head, match: false }];
    return [...jkPaths(head), ...jkPaths(`${head}${tail}`)];
  }
  const prefix = pattern.slice(0, -1);
  if (pattern.endsWith("/*") && !/[*?]/.test(prefix)) return [{ path: prefix, match: false }];
  const expression = pattern
    .replace(/[\\^$.|+()[\]{}]/g, String.raw`\$&`)
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return [{ path: `^${expression}$`, match: true }];
}
