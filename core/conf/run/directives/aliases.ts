import { atoi } from "../../../httpd/number.js";
import { NOT_IN_FILES, keptOut } from "./contexts.js";
import { compiles } from "../../../httpd/regex.js";
import { textComplaint } from "./texts.js";
import type { Call, Check } from "./call.js";

const BAD_REGEX = "Regular expression could not be compiled.";

/** Directives of modules/mappers/mod_alias.c. */
export const ALIASES: Readonly<Record<string, Check>> = {
  Alias: alias,
  ScriptAlias: alias,
  AliasMatch: (call) => (compiles(call.words[0] ?? "") ? undefined : BAD_REGEX),
  ScriptAliasMatch: (call) => (compiles(call.words[0] ?? "") ? undefined : BAD_REGEX),
  Redirect: (call) => redirect(call, 302, false),
  RedirectMatch: (call) => redirect(call, 302, true),
  RedirectTemp: (call) => redirect(call, 302, false),
  RedirectPermanent: (call) => redirect(call, 301, false),
};

function alias(call: Call): string | undefined {
  const two = (call.words[1] ?? "") !== "";
  const misplaced = keptOut(call, two ? ["limit"] : NOT_IN_FILES);
  if (misplaced !== undefined) return misplaced;
  if (call.where.path === undefined) return two ? undefined : "Alias must have two arguments when used globally";
  if (two) return `${call.rule.name} cannot occur within directory context`;
  return textComplaint(call, call.words[0] ?? "", (text) => `Cannot parse alias expression '${text}': `);
}

const STATUSES: Readonly<Record<string, number>> = { permanent: 301, temp: 302, seeother: 303, gone: 410 };

/** `add_redirect_internal`. */
function redirect(call: Call, usual: number, regex: boolean): string | undefined {
  const [first = "", second, third] = call.words;
  const named = STATUSES[first.toLowerCase()];
  const status = named ?? (/^[0-9]/.test(first) ? atoi(first) : undefined);
  if (third !== undefined && status === undefined) return "Redirect: invalid first argument (of three)";
  const code = status ?? usual;
  const redirects = code >= 300 && code < 400;
  const inSection = call.where.path !== undefined && !regex;
  const { path, url } = placesOf([first, second, third], { status, redirects, inSection });
  if (regex && path !== undefined && !compiles(path)) return BAD_REGEX;
  if (!redirects) return url === undefined ? undefined : "Redirect URL not valid for this status";
  if (url === undefined) return "URL to redirect to is missing";
  if (path === undefined) return textComplaint(call, url, (text) => `Cannot parse redirect expression '${text}': `);
  const local = regex || url.startsWith("/") || /^[A-Za-z0-9+.-]+:/.test(url);
  return local ? undefined : "Redirect to non-URL";
}

interface RedirectKind {
  readonly status: number | undefined;
  readonly redirects: boolean;
  readonly inSection: boolean;
}

interface Places {
  readonly path: string | undefined;
  readonly url: string | undefined;
}

function placesOf(words: readonly (string | undefined)[], kind: RedirectKind): Places {
  const [first, second, third] = words;
  if (third !== undefined) return { path: second, url: third };
  if (kind.status === undefined) {
    return second === undefined && kind.inSection ? { path: undefined, url: first } : { path: first, url: second };
  }
  const onlyUrl = kind.inSection && kind.redirects;
  return onlyUrl ? { path: undefined, url: second } : { path: second, url: undefined };
}
