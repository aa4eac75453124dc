import { atoi } from "../../../httpd/number.js";
import { NOT_IN_FILES, keptOut } from "./contexts.js";
import { compiles } from "../../../httpd/regex.js";
import { textComplaint } from "./texts.js";
import { refused } from "../refusal.js";
import type { Objection } from "../refusal.js";
import { badRegex } from "./regex-refusal.js";
import type { Call, Check } from "./call.js";

const BAD_REGEX = "Regular expression could not be compiled.";

/** Directives of modules/mappers/mod_alias.c. */
export const ALIASES: Readonly<Record<string, Check>> = {
  Alias: alias,
  ScriptAlias: alias,
  AliasMatch: (call) => regex(call.words[0] ?? ""),
  ScriptAliasMatch: (call) => regex(call.words[0] ?? ""),
  Redirect: (call) => redirect(call, 302, false),
  RedirectMatch: (call) => redirect(call, 302, true),
  RedirectTemp: (call) => redirect(call, 302, false),
  RedirectPermanent: (call) => redirect(call, 301, false),
};

function regex(pattern: string): Objection {
  return compiles(pattern) ? undefined : badRegex(BAD_REGEX, pattern);
}

function alias(call: Call): Objection {
  const two = (call.words[1] ?? "") !== "";
  const misplaced = keptOut(call, two ? ["limit"] : NOT_IN_FILES);
  if (misplaced !== undefined) return misplaced;
  if (call.where.path === undefined) {
    if (two) return undefined;
    return refused(
      "Alias must have two arguments when used globally",
      "write the path and the folder: Alias /icons /srv/icons",
    );
  }
  if (two) {
    const mend = "write only the folder here, as the section names the path; or move the line out of the section";
    return refused(`${call.rule.name} cannot occur within directory context`, mend);
  }
  return textComplaint(call, call.words[0] ?? "", (text) => `Cannot parse alias expression '${text}': `);
}

const STATUSES: Readonly<Record<string, number>> = { permanent: 301, temp: 302, seeother: 303, gone: 410 };

/** `add_redirect_internal`. */
function redirect(call: Call, usual: number, match: boolean): Objection {
  const [first = "", second, third] = call.words;
  const named = STATUSES[first.toLowerCase()];
  const status = named ?? (/^[0-9]/.test(first) ? atoi(first) : undefined);
  if (third !== undefined && status === undefined) {
    const mend = "begin with permanent, temp, seeother, gone or a status such as 301, then the path, then the URL";
    return refused("Redirect: invalid first argument (of three)", mend, first);
  }
  const code = status ?? usual;
  const redirects = code >= 300 && code < 400;
  const inSection = call.where.path !== undefined && !match;
  const { path, url } = placesOf([first, second, third], { status, redirects, inSection });
  if (match && path !== undefined && !compiles(path)) return badRegex(BAD_REGEX, path);
  if (!redirects) {
    const mend = `take the URL away: ${code} is no redirect`;
    return url === undefined ? undefined : refused("Redirect URL not valid for this status", mend, url);
  }
  if (url === undefined)
    return refused("URL to redirect to is missing", "write the URL behind the path: Redirect /old /new");
  if (path === undefined) return textComplaint(call, url, (text) => `Cannot parse redirect expression '${text}': `);
  const local = match || url.startsWith("/") || /^[A-Za-z0-9+.-]+:/.test(url);
  if (local) return undefined;
  return refused("Redirect to non-URL", `write a whole URL (https://${url}) or a path that begins with a slash`, url);
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
