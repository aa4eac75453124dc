import { rootRelative } from "./reader.js";
import type { ConfReader } from "./reader.js";
import { refused } from "./refusal.js";
import type { Refusal } from "./refusal.js";

/** Deepest folders in folders that `Include` follows: `AP_MAX_INCLUDE_DIR_DEPTH`, include/http_config.h. */
const DEEPEST_FOLDER = 20;

/** The files an `Include` stands for, in the order httpd reads them; or its complaint. */
export type Included = { readonly paths: readonly string[] } | { readonly complaint: Refusal };

/**
 * Finds what `Include` or `IncludeOptional` names, as `ap_process_fnmatch_configs` does (server/config.c): wildcards in
 * any step of the path, folders with all that is in them, each sorted by code point.
 */
export function findIncluded(word: string, serverRoot: string, optional: boolean, reader: ConfReader): Included {
  const path = rootRelative(serverRoot, word);
  if (!WILDCARD.test(path)) {
    if (optional && reader.readFolder(path) === undefined && reader.readText(path) === undefined) return { paths: [] };
    return openFolders([path], reader);
  }
  const matched = matchSteps(path, optional, reader);
  return "complaint" in matched ? matched : openFolders(matched.paths, reader);
}

const WILDCARD = /[?*]|\[[^\]]*\]/;

function matchSteps(path: string, optional: boolean, reader: ConfReader): Included {
  const steps = path.split("/").filter((step) => step !== "");
  let paths: readonly string[] = [""];
  for (const [index, step] of steps.entries()) {
    if (!WILDCARD.test(step)) {
      paths = paths.map((base) => `${base}/${step}`);
      continue;
    }
    const found = matchStep(paths, step, index === steps.length - 1, { optional, reader });
    if ("complaint" in found) return found;
    paths = found.paths;
  }
  return { paths };
}

interface StepOptions {
  readonly optional: boolean;
  readonly reader: ConfReader;
}

function matchStep(bases: readonly string[], step: string, last: boolean, options: StepOptions): Included {
  const pattern = globPattern(step);
  const paths: string[] = [];
  for (const base of bases) {
    const folder = base === "" ? "/" : base;
    const names = options.reader.readFolder(folder);
    if (names === undefined) {
      if (options.optional) continue;
      const sentence = `Include/IncludeOptional: Could not open directory ${folder}: No such file or directory`;
      return { complaint: refused(sentence, `make ${folder}, or write IncludeOptional where it need not be there`) };
    }
    const matching = [...names].sort(byCode).filter((name) => pattern.test(name));
    const found = matching.map((name) => `${base}/${name}`);
    const fitting = last ? found : found.filter((path) => options.reader.readFolder(path) !== undefined);
    if (fitting.length === 0 && !options.optional) {
      const sentence = `Include/IncludeOptional: No matches for the wildcard '${step}' in '${folder}', failing`;
      const mend = "write IncludeOptional, which is content with no file, or correct the pattern";
      return { complaint: refused(sentence, mend) };
    }
    paths.push(...fitting);
  }
  return { paths };
}

function byCode(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

/** `apr_fnmatch` with `APR_FNM_PERIOD`: a leading dot is only matched by a dot. */
function globPattern(step: string): RegExp {
  const body = step.replace(
    /\[([!^]?)([^\]]+)\]|[?*]|[^\w]/g,
    (all, not: string | undefined, set: string | undefined) => {
      if (all === "*") return ".*";
      if (all === "?") return ".";
      if (set === undefined) return `\\${all}`;
      return `[${not === "" || not === undefined ? "" : "^"}${set.replaceAll("\\", "\\\\")}]`;
    },
  );
  return new RegExp(`^${step.startsWith(".") ? "" : "(?!\\.)"}${body}$`, "s");
}

/** Replaces folders by the files in them, depth first. */
function openFolders(paths: readonly string[], reader: ConfReader): Included {
  const files: string[] = [];
  const waiting = paths.map((path) => ({ path, depth: 0 })).reverse();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { path, depth } = next;
    const names = reader.readFolder(path);
    if (names === undefined) {
      files.push(path);
      continue;
    }
    if (depth >= DEEPEST_FOLDER) return { complaint: tooDeep(path) };
    const inside = [...names].sort(byCode).reverse();
    const base = path.endsWith("/") ? path : `${path}/`;
    waiting.push(...inside.map((name) => ({ path: `${base}${name}`, depth: depth + 1 })));
  }
  return { paths: files };
}

function tooDeep(path: string): Refusal {
  const limit = `the maximum include directory nesting level of ${DEEPEST_FOLDER}`;
  const sentence = `Directory ${path} exceeds ${limit}. You have probably a recursion somewhere.`;
  return refused(sentence, "include the files themselves (conf.d/*.conf), or remove the link that leads back up");
}
