import type { Pointer } from "../vocabulary/problem.js";
import { keyOf, REDIRECT } from "./env-key.js";
import type { Going } from "./request.js";

/** True for a variable that was given a value, even an empty one. */
export function isSet(name: string, { env }: Going): boolean {
  return env.has(keyOf(name));
}

/** Gives a variable a value; undefined takes it away. */
export function changeVariable(name: string, value: string | undefined, { env, passed }: Going): void {
  passed.delete(keyOf(name));
  if (value === undefined) env.delete(keyOf(name));
  else env.set(keyOf(name), value);
}

/** Passes a variable of httpd's own environment on. */
export function passVariable(name: string, at: Pointer, { passed }: Going): void {
  passed.set(keyOf(name), at);
}

/** The status of the request that led to this one by an internal redirect. */
const REDIRECT_STATUS = `${REDIRECT}status`;

/** `rename_original_env` of http_request.c, behind an internal redirect. */
export function renameVariables(going: Going): void {
  going.env = renamed(going.env).set(REDIRECT_STATUS, String(going.status));
  going.passed = renamed(going.passed);
}

function renamed<V>(variables: ReadonlyMap<string, V>): Map<string, V> {
  return new Map([...variables].map(([key, value]) => [`${REDIRECT}${key}`, value]));
}
