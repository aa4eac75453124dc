import { isIpAddress } from "../httpd/address.js";
import type { Problem } from "../vocabulary/problem.js";
import { shown } from "../vocabulary/shown.js";
import type { Subject } from "./place.js";
import { checkText } from "./text.js";

/** What may be written in a place, and how. */
export interface Expected {
  readonly allowed: string;
  readonly fix: string;
}

/** Text that is safe to write, and good as somebody else judged it. */
export function judgedAddress(
  text: string,
  place: Subject,
  { allowed, fix }: Expected,
  good: boolean,
): readonly Problem[] {
  const unsafe = checkText(text, place);
  return unsafe.length > 0 || good ? unsafe : [{ ...place, found: shown(text), allowed, fix }];
}

/** An IPv4 address, or an IPv6 address in brackets. */
export function isBracketed(text: string): boolean {
  const inner = /^\[(.*)\]$/s.exec(text)?.[1];
  return inner === undefined ? !text.includes(":") && isIpAddress(text) : inner.includes(":") && isIpAddress(inner);
}

/** True for a port that can be connected to. */
export function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65_535;
}
