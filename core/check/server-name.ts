import type { Problem } from "../vocabulary/problem.js";
import { shown } from "../vocabulary/shown.js";
import { isPort } from "./address-text.js";
import type { Subject } from "./place.js";
import { checkPattern } from "./text.js";

/** httpd takes no wildcards in ServerName (measured on httpd 2.4.71). */
const SERVER_NAME = {
  pattern: /^(https?:\/\/)?[A-Za-z0-9_.-]+(:[0-9]{1,5})?$/,
  allowed: "a host name without wildcards, with ':port' at most",
  fix: "write it like www.example.org; wildcards belong in serverAliases",
};
const SERVER_ALIAS = {
  pattern: /^(https?:\/\/)?[A-Za-z0-9_*?.-]+(:[0-9]{1,5})?$/,
  allowed: "a host name, '*' and '?' for any text",
  fix: "write it like *.example.org",
};

/** A name for ServerName, and the port httpd puts into redirects. */
export function checkServerName(name: string, place: Subject): readonly Problem[] {
  const problems = checkPattern(name, place, SERVER_NAME);
  const port = /:([0-9]+)$/.exec(name)?.[1];
  if (problems.length > 0 || port === undefined || isPort(Number(port))) return problems;
  return [{ ...place, found: shown(name), allowed: "a port from 1 to 65535", fix: "correct the port" }];
}

/** A name for ServerAlias. */
export function checkServerAlias(name: string, place: Subject): readonly Problem[] {
  return checkPattern(name, place, SERVER_ALIAS);
}
