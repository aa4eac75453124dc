import type { Problem } from "../vocabulary/problem.js";
import { isBracketed, isPort, judgedAddress } from "./address-text.js";
import type { Expected } from "./address-text.js";
import type { Subject } from "./place.js";

const VHOST_ADDRESS: Expected = {
  allowed: "an address or '*', and a port from 1 to 65535 or '*'",
  fix: "write it like *:443",
};

/** An address of a virtual host: one that httpd cannot resolve would be ignored with a warning, and the host with it. */
export function checkHostAddress(address: string, place: Subject): readonly Problem[] {
  const parts = /^(?<host>\*|_default_|\[[^\]]*\]|[^:]+)(?::(?<port>\*|[0-9]+))?$/i.exec(address)?.groups;
  const { host = "", port = "*" } = parts ?? {};
  const named = /^[A-Za-z][A-Za-z0-9.-]*$/.test(host);
  const good = host === "*" || host === "_default_" || named || isBracketed(host);
  return judgedAddress(address, place, VHOST_ADDRESS, good && (port === "*" || isPort(Number(port))));
}
