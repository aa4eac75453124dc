import type { Pointer } from "../vocabulary/problem.js";
import { hasVariable } from "./env-variable.js";
import { expressionHolds } from "./expression.js";
import type { RouteLine } from "./line.js";
import { regexOf } from "./regex.js";
import type { Pattern } from "./regex.js";
import { substituted } from "./substitute.js";
import type { Going } from "./request.js";

/** `RequestHeader action name [value [replacement]] [early|env=...|expr=...]` */
export interface HeaderChange {
  readonly at: Pointer;
  readonly action: string;
  /** In lower case. */
  readonly name: string;
  readonly value: string;
  readonly replacement: string;
  /** When the request was read, in place of before it is answered. */
  readonly early: boolean;
  /** `env=NAME`, `env=!NAME`, `expr=...`. */
  readonly condition?: string;
}

const EDITS = ["edit", "edit*"];

/** `header_inout_cmd` of mod_headers.c. */
export function headerChange({ words, at }: RouteLine): HeaderChange {
  const [action = "", name = "", ...rest] = words;
  const kind = action.toLowerCase();
  const valued = kind === "unset" ? 0 : EDITS.includes(kind) ? 2 : 1;
  const [value = "", replacement = ""] = rest.slice(0, valued);
  const condition = rest[valued];
  const early = condition?.toLowerCase() === "early";
  const own = { at, action: kind, name: name.toLowerCase().replace(/:$/, ""), value, replacement, early };
  return condition === undefined || early ? own : { ...own, condition };
}

/** `do_headers_fixup` of mod_headers.c. */
export function changeHeaders(changes: readonly HeaderChange[], going: Going, early: boolean): void {
  for (const change of changes) {
    if (change.early === early && applies(change, going)) changeHeader(change, going);
  }
}

function applies({ condition, at }: HeaderChange, going: Going): boolean {
  if (condition === undefined) return true;
  if (condition.startsWith("expr=")) return expressionHolds(condition.slice(5), going) ?? going.doubt.guess(at);
  const name = condition.replace(/^env=/, "");
  return name.startsWith("!") ? !hasVariable(name.slice(1), going) : hasVariable(name, going);
}

function changeHeader({ action, name, value, replacement, at }: HeaderChange, going: Going): void {
  const { headers } = going;
  const before = headers.get(name);
  if (action === "unset") {
    headers.delete(name);
    return;
  }
  if (value.includes("%") || replacement.includes("%")) {
    going.doubt.of(at);
    return;
  }
  if (action === "set") headers.set(name, value);
  else if (action === "setifempty") headers.set(name, before ?? value);
  else if (action === "add") {
    // A second line of the name: whoever asks for the header gets the first one (apr_table_get).
    headers.set(name, before ?? value);
  } else if (action === "append" || action === "merge") {
    const merged = action === "merge" && before?.split(",").some((token) => token.trim() === value) === true;
    if (!merged) headers.set(name, before === undefined ? value : `${before}, ${value}`);
  } else if (EDITS.includes(action)) {
    const expression = regexOf(value);
    if (expression === undefined) going.doubt.of(at);
    else if (before !== undefined) headers.set(name, edited(before, expression, replacement, action === "edit*"));
  } else going.doubt.of(at);
}

/** Where an expression matches is found by what it took. */
function edited(text: string, pattern: Pattern, replacement: string, all: boolean): string {
  const match = pattern.exec(text);
  const taken = match?.[0] ?? "";
  if (match === undefined || (taken === "" && all)) return text;
  const at = text.indexOf(taken);
  const rest = text.slice(at + taken.length);
  return `${text.slice(0, at)}${substituted(replacement, match)}${all ? edited(rest, pattern, replacement, all) : rest}`;
}
