import type { Pointer } from "../vocabulary/problem.js";
import { matchedLength } from "../httpd/prefix.js";
import { regexOf } from "./regex.js";
import type { RouteLine } from "./line.js";
import type { Going } from "./request.js";
import { substituted } from "./substitute.js";

/** `Redirect status from to`, `RedirectMatch`: one entry of mod_alias's list. */
export interface Redirect {
  readonly at: Pointer;
  readonly status: number;
  readonly from: string;
  readonly regex: boolean;
  /** Absent for a status that is no redirect. */
  readonly to?: string;
}

/** A Redirect of a section that names no path: all of the section is redirected. */
export interface FixedRedirect {
  readonly at: Pointer;
  readonly status: number;
  readonly to?: string;
}

const STATUS_WORDS: Readonly<Record<string, number>> = { permanent: 301, temp: 302, seeother: 303, gone: 410 };

/** The redirect that a directive makes: `add_redirect_internal` of mod_alias.c. */
export function redirectOf({ name, words, at }: RouteLine, inSection: boolean): Redirect | FixedRedirect {
  const [first = "", second, third] = words;
  const { status, said } = statusOf(name, first);
  const leads = status >= 300 && status < 400;
  const wanted = said ? (leads ? 2 : 1) : 1;
  const whole = inSection && words.length === wanted;
  if (whole) {
    const to = said ? second : first;
    return to === undefined ? { at, status } : { at, status, to };
  }
  const [from = "", to] = said ? [second, third] : [first, second];
  const regex = name === "redirectmatch";
  return to === undefined ? { at, status, from, regex } : { at, status, from, regex, to };
}

/** The status, and whether the first word says it. */
function statusOf(name: string, first: string): { readonly status: number; readonly said: boolean } {
  if (name === "redirectpermanent") return { status: 301, said: false };
  if (name === "redirecttemp") return { status: 302, said: false };
  const status = STATUS_WORDS[first.toLowerCase()] ?? (/^[0-9]/.test(first) ? Number.parseInt(first, 10) : undefined);
  return { status: status ?? 302, said: status !== undefined };
}

/** Where a redirect leads. */
export interface Redirected {
  readonly at: Pointer;
  readonly status: number;
  /** As configured and filled in, without the server's own name; absent for a status that is no redirect. */
  readonly location?: string;
}

/** `try_redirect` and `try_alias_list` of mod_alias.c: a section's own redirect before the list. */
export function redirected(
  fixed: FixedRedirect | undefined,
  list: readonly Redirect[],
  going: Going,
): Redirected | undefined {
  if (fixed !== undefined) {
    if (fixed.to?.includes("%{") === true) going.doubt.of(fixed.at);
    return ended(fixed.at, fixed.status, fixed.to, going);
  }
  for (const redirect of list) {
    const target = targetOf(redirect, going);
    if (target !== undefined) return ended(redirect.at, redirect.status, target === "" ? undefined : target, going);
  }
  return undefined;
}

/** Empty for a status without a target. */
function targetOf({ from, regex, to, at }: Redirect, going: Going): string | undefined {
  if (!regex) {
    const length = matchedLength(going.uri, from);
    return length === undefined ? undefined : to === undefined ? "" : `${to}${escapedPath(going.uri.slice(length))}`;
  }
  const expression = regexOf(from);
  if (expression === undefined) return going.doubt.guess(at) ? (to ?? "") : undefined;
  const match = expression.exec(going.uri);
  return match === undefined ? undefined : to === undefined ? "" : substituted(to, match);
}

/** A target that is neither a URL nor a path of this server makes httpd answer 500. */
function ended(at: Pointer, status: number, to: string | undefined, { args }: Going): Redirected {
  if (to === undefined || status < 300 || status >= 400) return { at, status };
  if (!to.startsWith("/") && !/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(to)) return { at, status: 500 };
  const query = args === undefined || to.includes("?") ? "" : `?${args}`;
  return { at, status, location: `${to}${query}` };
}

/** `ap_os_escape_path`. */
export function escapedPath(path: string): string {
  return path.replace(/[^A-Za-z0-9$\-_.+!*'(),:@&=/~;]/g, (character) => `%${hex(character)}`);
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(2, "0");
}
