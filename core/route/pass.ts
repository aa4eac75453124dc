import type { Pointer } from "../vocabulary/problem.js";
import { isPattern } from "../httpd/fnmatch.js";
import type { RouteLine } from "./line.js";
import { matchedLength } from "../httpd/prefix.js";
import { regexOf } from "./regex.js";
import type { Going } from "./request.js";
import { substituted } from "./substitute.js";

/** One `ProxyPass` or `ProxyPassMatch`. */
export interface Pass {
  readonly at: Pointer;
  readonly from: string;
  /** Undefined for a prefix. */
  readonly regex: "regex" | undefined;
  /** `!`, or a URL. */
  readonly to: string;
  readonly verbatim: boolean;
  /** `mapping=` or `interpolate`: decided by what is not modelled. */
  readonly unread: boolean;
}

/**
 * The entry a directive makes: `add_pass` of mod_proxy.c. In a section the path is the section's, and whether it is an
 * expression is told from the path alone: `^/m` of a LocationMatch is compared as a prefix.
 *
 * @param section - argument of the section it stands in
 */
export function passOf({ name, words, at }: RouteLine, section: string | undefined): Pass | undefined {
  const rest = [...words];
  let regex = name === "proxypassmatch";
  if (section === undefined && rest[0] === "~") {
    regex = true;
    rest.shift();
  }
  const from = section ?? rest.shift();
  const to = rest.shift();
  if (from === undefined || to === undefined) return undefined;
  const lower = rest.map((word) => word.toLowerCase());
  return {
    at,
    from,
    regex: regex || (section !== undefined && isPattern(from)) ? "regex" : undefined,
    to: to.replace(/^unix:[^|]*\|/i, ""),
    verbatim: lower.includes("nocanon"),
    unread: lower.some((word) => word.startsWith("mapping=")) || (lower.includes("interpolate") && to.includes("${")),
  };
}

/** What `proxy_trans` of mod_proxy.c comes to. */
export type Passed = { readonly at: Pointer; readonly url: string | undefined; readonly verbatim: boolean } | undefined;

/** `ap_proxy_trans_match`, for the section's own entry, then for those of the scope in order; first match wins. */
export function passed(own: Pass | undefined, list: readonly Pass[], going: Going): Passed {
  const first = own === undefined ? undefined : tried(own, going);
  if (first !== undefined) return first;
  for (const pass of candidates(list, going.uri)) {
    const found = tried(pass, going);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What can match a path: a prefix takes whole segments, so that its first has to be the path's. */
interface ByFirstSegment {
  readonly segments: ReadonlyMap<string, readonly Pass[]>;
  /** Those that any path could match. */
  readonly others: readonly Pass[];
}

/** Of scopes with many mounts, where trying each for each request adds up. */
const INDEXES = new WeakMap<readonly Pass[], ByFirstSegment>();

function candidates(list: readonly Pass[], uri: string): readonly Pass[] {
  if (list.length < 16) return list;
  const index = INDEXES.get(list) ?? indexed(list);
  INDEXES.set(list, index);
  const segment = firstSegment(uri);
  return (segment === undefined ? undefined : index.segments.get(segment)) ?? index.others;
}

function indexed(list: readonly Pass[]): ByFirstSegment {
  const segmentOf = ({ regex, from }: Pass): string | undefined => (regex ? undefined : firstSegment(from));
  const segments = new Map<string, Pass[]>();
  const others: Pass[] = [];
  for (const pass of list) {
    const segment = segmentOf(pass);
    if (segment === undefined) {
      others.push(pass);
      for (const among of segments.values()) among.push(pass);
      continue;
    }
    const among = segments.get(segment) ?? [...others];
    among.push(pass);
    segments.set(segment, among);
  }
  return { segments, others };
}

/** Undefined for the root and for what is no path. */
function firstSegment(path: string): string | undefined {
  return /^\/+([^/]+)/.exec(path)?.[1];
}

function tried(pass: Pass, going: Going): Passed {
  const { at, to, verbatim } = pass;
  const target = pass.regex === undefined ? prefixTarget(pass, going) : regexTarget(pass, going);
  if (target === undefined) return undefined;
  if (pass.unread) going.doubt.of(at);
  if (to === "!") return { at, url: undefined, verbatim: false };
  return { at, url: target.url, verbatim: verbatim && !target.reduced };
}

interface Target {
  readonly url: string;
  /** The path as sent cannot be used, though `nocanon` asks for it. */
  readonly reduced: boolean;
}

function prefixTarget({ from, to, verbatim }: Pass, going: Going): Target | undefined {
  const length = matchedLength(going.uri, from);
  if (length === undefined) return undefined;
  const reduced = verbatim && length !== matchedLength(going.unparsed, from);
  return { url: `${to}${(verbatim && !reduced ? going.unparsed : going.uri).slice(length)}`, reduced };
}

/** A target in which nothing was substituted gets the whole path appended. */
function regexTarget({ at, from, to, verbatim }: Pass, going: Going): Target | undefined {
  const expression = regexOf(from);
  if (expression === undefined) return going.doubt.guess(at) ? { url: to, reduced: false } : undefined;
  const match = expression.exec(going.uri);
  if (match === undefined) return undefined;
  const sent = verbatim ? expression.exec(going.unparsed) : undefined;
  const reduced = verbatim && sent === undefined;
  const filled = substituted(to, sent ?? match);
  const uri = sent === undefined ? going.uri : going.unparsed;
  return { url: filled === to ? `${to}${uri}` : filled, reduced };
}
