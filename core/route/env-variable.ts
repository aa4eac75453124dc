import { keyOf, REDIRECT } from "./env-key.js";
import type { Going } from "./request.js";

/** Whether the environment of a request has a variable; guessed for one that comes from httpd's own environment. */
export function hasVariable(name: string, { env, passed, doubt }: Going): boolean {
  if (env.has(keyOf(name))) return true;
  const at = passed.get(keyOf(name));
  return at !== undefined && doubt.guess(at);
}

/** The value of a variable, empty without one; undefined for one that comes from httpd's own environment. */
export function valueOfVariable(name: string, { env, passed }: Going): string | undefined {
  return env.get(keyOf(name)) ?? (passed.has(keyOf(name)) ? undefined : "");
}

/**
 * The same as mod_rewrite and expressions ask for it: of a name that the request has not, they ask httpd's own
 * environment; a name that a line gives a value somewhere is taken for one that is not there.
 */
export function valueOrOfProcess(name: string, going: Going): string | undefined {
  const value = valueOfVariable(name, going);
  return value === "" && !going.env.has(keyOf(name)) && !isNamed(keyOf(name), going.named) ? undefined : value;
}

function isNamed(key: string, named: ReadonlySet<string>): boolean {
  return named.has(key) || (key.startsWith(REDIRECT) && isNamed(key.slice(REDIRECT.length), named));
}

/** Names that httpd gives a value itself where it has one. */
export const NAMED_BY_HTTPD: readonly string[] = ["status"];
