import type { Mount } from "../topology/topology.js";

/** A JkMount or JkUnMount. */
export interface JkRule {
  readonly pattern: string;
  /** The worker that it leads to, or is kept away from; `*` for all. */
  readonly worker: string;
  /** False for JkUnMount. */
  readonly isMount: boolean;
}

/** Where a pattern counts: a prefix as of ProxyPass, or a regular expression as of ProxyPassMatch. */
interface JkPath {
  /** The pattern, without a bar. */
  readonly pattern: string;
  readonly path: string;
  readonly match: boolean;
}

/** A path, and its worker. */
interface Placed extends JkPath {
  readonly worker: string;
}

/**
 * The mounts that a scope's rules are, in an order of which the first one counts, as that of ProxyPass. mod_jk takes the
 * pattern with the most slashes, of these the longest, and then leaves the request alone where a JkUnMount of that very
 * worker matches, too: `worker_compare` and `is_nomatch` of native/common/jk_uri_worker_map.c, 1.2.48. Of two rules of
 * one pattern the last one counts.
 */
export function mountsOfJk(rules: readonly JkRule[]): readonly Mount[] {
  const last = [...new Map(rules.map((rule) => [`${rule.isMount ? "" : "!"}${rule.pattern}`, rule])).values()];
  const mounts = placed(last.filter(({ isMount }) => isMount)).toSorted(
    ({ pattern: left }, { pattern: right }) => slashes(right) - slashes(left) || right.length - left.length,
  );
  const taken = placed(last.filter(({ isMount }) => !isMount));
  const isEverywhere = ({ worker }: Placed): boolean =>
    worker === "*" || mounts.every((mount) => mount.worker === worker);
  return [
    ...taken.filter(isEverywhere).map(exclusionOf),
    ...mounts.flatMap((mount) => [
      ...taken
        .filter((one) => one.worker === mount.worker && !isEverywhere(one))
        .flatMap((one) => common(one, mount) ?? [])
        .map(exclusionOf),
      mountOf(mount),
    ]),
  ];
}

function slashes(pattern: string): number {
  return pattern.split("/").length;
}

function mountOf({ path, match, worker }: Placed): Mount {
  const to = { kind: "cluster", cluster: worker, path: match ? "" : path } as const;
  // Whoever speaks AJP knows the name that the client used.
  return { path, ...(match ? { match: true } : {}), to, reverse: [] };
}

function exclusionOf({ path, match }: Pick<JkPath, "path" | "match">): Mount {
  return { path, ...(match ? { match: true } : {}), to: { kind: "exclude" } };
}

/** What two patterns have in common; undefined for nothing. */
function common(left: JkPath, right: JkPath): Pick<JkPath, "path" | "match"> | undefined {
  if (left.match || right.match) return { path: `^(?=${body(right)}$)${body(left)}$`, match: true };
  if (isWithin(left.path, right.path)) return left;
  return isWithin(right.path, left.path) ? right : undefined;
}

function isWithin(path: string, prefix: string): boolean {
  return path === prefix || path.startsWith(prefix.endsWith("/") ? prefix : `${prefix}/`);
}

/** The expression of a path, without its ends. */
function body({ path, match }: JkPath): string {
  if (match) return path.slice(1, -1);
  return path.endsWith("/") ? `${escaped(path)}.*` : `${escaped(path)}(?:/.*)?`;
}

/** `/app` and `/app/*` of one worker are `/app|/*`, which is what ProxyPass has one line for. */
function placed(rules: readonly JkRule[]): readonly Placed[] {
  const has = (pattern: string, worker: string): boolean =>
    rules.some((rule) => rule.pattern === pattern && rule.worker === worker);
  return rules.flatMap(({ pattern, worker }) => {
    if (pattern.endsWith("/*") && has(pattern.slice(0, -2), worker)) return [];
    const whole = has(`${pattern}/*`, worker) ? `${pattern}|/*` : pattern;
    return jkPaths(whole).map((path) => ({ ...path, worker }));
  });
}

/**
 * The paths of a pattern, as uri_worker_map_add of native/common/jk_uri_worker_map.c takes it apart, 1.2.48: `/app|/*` is
 * `/app` and `/app/*`; `*` stands for any characters and `?` for one; without either it is that path only.
 */
function jkPaths(pattern: string): readonly JkPath[] {
  const bar = pattern.indexOf("|");
  if (bar !== -1) {
    const head = pattern.slice(0, bar);
    const tail = pattern.slice(bar + 1);
    if (tail === "/*") return [{ pattern: `${head}/*`, path: head === "" ? "/" : head, match: false }];
    return [...jkPaths(head), ...jkPaths(`${head}${tail}`)];
  }
  const prefix = pattern.slice(0, -1);
  if (pattern.endsWith("/*") && !/[*?]/.test(prefix)) return [{ pattern, path: prefix, match: false }];
  const expression = escaped(pattern)
    .replaceAll(String.raw`\*`, ".*")
    .replaceAll(String.raw`\?`, ".");
  return [{ pattern, path: `^${expression}$`, match: true }];
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*?|+()[\]{}]/g, String.raw`\$&`);
}
