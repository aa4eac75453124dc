import type { Pointer } from "../vocabulary/problem.js";
import { changeVariable } from "./env-change.js";
import { valueOfVariable } from "./env-variable.js";
import { evaluated } from "./expression.js";
import type { RouteLine } from "./line.js";
import { regexOf } from "./regex.js";
import type { Match } from "./regex.js";
import type { Going } from "./request.js";
import { substituted } from "./substitute.js";

/** `SetEnvIf`, `SetEnvIfNoCase`, `BrowserMatch`, `BrowserMatchNoCase`, `SetEnvIfExpr`. */
export interface EnvironmentRule {
  readonly at: Pointer;
  /** Header, or what mod_setenvif has a word for; undefined where an expression is asked. */
  readonly of: string | undefined;
  /** The expression's text where `of` is undefined. */
  readonly pattern: string;
  readonly caseless: boolean;
  /** Name and value; undefined takes the variable away. */
  readonly sets: readonly (readonly [string, string | undefined])[];
}

/** The rule a directive makes: `add_setenvif_core` of mod_setenvif.c. */
export function environmentRule({ name, words, at }: RouteLine): EnvironmentRule {
  const browser = name.startsWith("browsermatch");
  const all = browser ? ["user-agent", ...words] : words;
  const caseless = name.endsWith("nocase");
  const expression = name === "setenvifexpr";
  const [of = "", pattern = "", ...sets] = expression ? ["", ...all] : all;
  return { at, of: expression ? undefined : of.toLowerCase(), pattern, caseless, sets: sets.map(setOf) };
}

function setOf(word: string): readonly [string, string | undefined] {
  if (word.startsWith("!")) return [word.slice(1), undefined];
  const equals = word.indexOf("=");
  return equals === -1 ? [word, "1"] : [word.slice(0, equals), word.slice(equals + 1)];
}

/** `match_headers` of mod_setenvif.c: when the request was read, and again for the sections that match. */
export function setEnvironment(rules: readonly EnvironmentRule[], going: Going): void {
  for (const rule of rules) {
    const match = matched(rule, going);
    if (match === undefined) continue;
    for (const [name, value] of rule.sets) {
      // To a reference to what an expression without groups took httpd answers 500 (measured on httpd 2.4.71).
      if (match.length === 0 && value !== undefined && /\$[0-9]/.test(value)) going.doubt.of(rule.at);
      changeVariable(name, value === undefined ? undefined : substituted(value, match), going);
    }
  }
}

function matched({ of, pattern, caseless, at }: EnvironmentRule, going: Going): Match | undefined {
  if (of === undefined) {
    const { holds, match } = evaluated(pattern, going);
    return (holds ?? going.doubt.guess(at)) ? match : undefined;
  }
  const value = valueOf(of, going);
  const expression = regexOf(pattern, caseless);
  if (value === undefined || expression === undefined) return going.doubt.guess(at) ? EVERYTHING : undefined;
  return expression.exec(value);
}

const EVERYTHING: Match = [""];

/** Undefined for what nobody here can know. */
function valueOf(of: string, going: Going): string | undefined {
  const { client, listener, uri, method, headers } = going;
  switch (of) {
    case "remote_addr":
      return client;
    case "server_addr":
      return listener.address;
    case "remote_host":
      return undefined;
    case "request_uri":
      return uri;
    case "request_method":
      return method;
    case "request_protocol":
      return "HTTP/1.1";
    default:
      return /^[\w-]+$/.test(of) ? (headers.get(of) ?? valueOfVariable(of, going)) : undefined;
  }
}
