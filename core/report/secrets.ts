import { BALANCER_PARAMETERS } from "../vocabulary/balancer.js";
import { withoutCredentials } from "../vocabulary/credentials.js";
import type { Parameter } from "../vocabulary/parameter.js";
import { nearestName } from "../vocabulary/suggest.js";
import { WORKER_PARAMETERS } from "../vocabulary/worker.js";

/** Parameters of httpd whose values are secret. */
const SECRETS: readonly string[] = Object.entries<Parameter>({ ...WORKER_PARAMETERS, ...BALANCER_PARAMETERS }).flatMap(
  ([word, { secret }]) => (secret === true ? [word] : []),
);

/**
 * What in a name says that a secret follows: in those of variables, of arguments in a query, of keys. It begins with the
 * word itself, as a search for whatever stands before one would begin anew at each letter.
 */
const TELLING = "(?:pass(?:word|wd|phrase)|passwd|pwd|secret|token|api[_-]?key)\\w{0,40}";

/** A value, quoted or not; the text may be JSON, which a quote ends before what only JSON writes behind one. */
const VALUE = String.raw`"(?![\s,:}\]])[^"\\]*"|\\"[^"\\]*\\"|[^\s"\\<>]+`;

const PARAMETER = new RegExp(`(\\b(?:${SECRETS.join("|")})|${TELLING})=(${VALUE})`, "gi");
const AUTHORIZATION = /\b(Authorization[\s:=\\"']+(?:Basic|Bearer|Digest)\s+)([^\s"\\<>]+)/gi;
const DIRECTIVE = new RegExp(
  `\\b((?:AuthLDAPBindPassword|SessionCryptoPassphrase|(?:SetEnv|Define)\\s+\\w{0,40}${TELLING})\\s+)(${VALUE})`,
  "gi",
);
const KEY = /(?<key>[A-Za-z][\w-]*)(?<to>["']?\s*[:=]\s*)(?<value>"[^"]*"|'[^']*'|\[[^\]]*\]|[^\s,}\]"']+)/g;

/**
 * A text without what must not appear in reports: values of secret parameters and of what is named like one, passwords
 * in URLs and in headers. As many stars as there were characters stand instead, so that columns stay.
 */
export function withoutSecrets(text: string): string {
  const masked = text
    .replace(PARAMETER, (_, key: string, value: string) => `${key}=${starred(value)}`)
    .replace(AUTHORIZATION, (_, head: string, value: string) => head + starred(value))
    .replace(DIRECTIVE, (_, head: string, value: string) => head + starred(value));
  return withoutCredentials(masked);
}

/**
 * A line of an httpd.conf or a spec, without secrets: also where a key stands before a colon, and where it is misspelt,
 * which is when the line is shown.
 */
export function lineWithoutSecrets(line: string): string {
  return withoutSecrets(line).replace(KEY, (whole, key: string, to: string, value: string) =>
    nearestName(key, SECRETS) === undefined ? whole : `${key}${to}${starred(value)}`,
  );
}

/** What says no secret, with the signs of a sentence around it. */
const OPEN = /^["'`]?(?:\$\{[^}]*\}|none)["'`]?[),;.]*$/i;

/** A variable says nothing, and `None` is a word of httpd. */
function starred(value: string): string {
  return OPEN.test(value) ? value : "*".repeat(value.length);
}
