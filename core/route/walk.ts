import type { DirConf, RouteSection } from "./dir-conf.js";
import { mergeDirConf } from "./merge-dir-conf.js";
import type { Going } from "./request.js";

/** Results of merging, so that one base and one sequence of sections make one and the same value. */
const MERGED = new WeakMap<DirConf, WeakMap<DirConf, DirConf>>();

/**
 * The conf that a list of sections makes of a base, for a request; sections nobody can judge are guessed. Two requests
 * that the same sections hold for have the very same conf, as the caches of server/request.c see to.
 */
export function walked(base: DirConf, sections: readonly RouteSection[], going: Going): DirConf {
  return mergedOnto(base, covering(sections, going));
}

/** The same for `<Proxy>`: `proxy_walk` of mod_proxy.c keeps no results, so that each request has a conf of its own. */
export function walkedAnew(base: DirConf, sections: readonly RouteSection[], going: Going): DirConf {
  return covering(sections, going).reduce((conf, section) => mergeDirConf(conf, section.conf), base);
}

/** `ap_if_walk`: those in the sections that hold are asked in their turn. */
export function walkedIfs(base: DirConf, ifs: readonly RouteSection[], going: Going): DirConf {
  const taken = covering(ifs, going);
  const conf = mergedOnto(base, taken);
  const nested = taken.flatMap((section) => section.conf.ifs ?? []);
  if (nested.length === 0) return conf;
  // All of them share what one request keeps of results; what is found there behind a redirect nobody here has measured.
  if (going.previous !== undefined) for (const { at } of nested) going.doubt.of(at);
  return walkedIfs(conf, nested, going);
}

function covering(sections: readonly RouteSection[], going: Going): readonly RouteSection[] {
  return sections.filter((one) => one.covers(going) ?? going.doubt.guess(one.at));
}

/** Sections are merged with each other, and then onto the base: what the base hands down goes to none of them alone. */
function mergedOnto(base: DirConf, sections: readonly RouteSection[]): DirConf {
  const [first, ...others] = sections.map(({ conf }) => conf);
  return first === undefined ? base : mergedOnce(base, others.reduce(mergedOnce, first));
}

function mergedOnce(base: DirConf, over: DirConf): DirConf {
  const known = MERGED.get(base) ?? new WeakMap<DirConf, DirConf>();
  MERGED.set(base, known);
  const before = known.get(over);
  if (before !== undefined) return before;
  const conf = mergeDirConf(base, over);
  known.set(over, conf);
  return conf;
}
