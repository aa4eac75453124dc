import { subnetComplaint } from "../httpd/subnet.js";
import type { Problem } from "../vocabulary/problem.js";
import { judgedAddress } from "./address-text.js";
import type { Expected } from "./address-text.js";
import type { Subject } from "./place.js";

const CLIENT_ADDRESS: Expected = { allowed: "an IP address or network", fix: "write it like 10.0.0.0/8" };

/** A client's address or network, as httpd reads it behind `Require ip`. */
export function checkClientAddress(text: string, place: Subject): readonly Problem[] {
  const slash = text.indexOf("/");
  const address = slash < 0 ? text : text.slice(0, slash);
  const mask = slash < 0 ? undefined : text.slice(slash + 1);
  const written = /^[0-9A-Fa-f:.]+(\/[0-9.]+)?$/.test(text);
  return judgedAddress(text, place, CLIENT_ADDRESS, written && subnetComplaint(address, mask) === undefined);
}
