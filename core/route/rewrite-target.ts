import type { RewriteFlags, RewriteRule } from "./rewrite-rule.js";
import type { Going } from "./request.js";
import { defaultPort } from "../httpd/server-name.js";

/** Schemes mod_rewrite takes for one of a URL, and whether a query belongs to it (`is_absolute_uri`). */
const SCHEMES: readonly (readonly [string, boolean])[] = [
  ["ajp://", true],
  ["balancer://", true],
  ["ftp://", false],
  ["fcgi://", true],
  ["gopher://", false],
  ["http://", true],
  ["https://", true],
  ["h2://", true],
  ["h2c://", true],
  ["ldap://", false],
  ["mailto:", true],
  ["news:", false],
  ["nntp://", false],
  ["scgi://", true],
  ["ws://", true],
  ["wss://", true],
  ["unix:", true],
];

const SHORTEST = 5;

/** The scheme a text begins with, `://` included; undefined when it is no URL to mod_rewrite. */
export function isAbsoluteUri(text: string): string | undefined {
  return schemeOf(text)?.[0];
}

function schemeOf(text: string): (typeof SCHEMES)[number] | undefined {
  if (text.length <= SHORTEST || text.startsWith("/")) return undefined;
  const start = text.slice(0, 11).toLowerCase();
  return SCHEMES.find(([scheme]) => start.startsWith(scheme));
}

/** The second half of `apply_rewrite_rule` (mod_rewrite.c): what a rule's filled-in target makes of the request. */
export function applySubstitution(
  { at, output, flags }: RewriteRule,
  going: Going,
  directory: string | undefined,
  text: string,
): void {
  const onItsWay = directory !== undefined && going.proxied && going.filename?.startsWith("proxy:") === true;
  const relative = !onItsWay && !text.startsWith("/") && isAbsoluteUri(text) === undefined;
  const leaves = flags.proxy === true || flags.redirect !== undefined;
  const prefix = relative ? (directory ?? (leaves ? "" : "/")) : "";
  going.filename = `${prefix}${text}`;
  splitQuery(going, flags);
  if (leaves && going.calledName === undefined && isAbsoluteUri(going.filename) === undefined) going.doubt.of(at);
  if (flags.proxy === true) {
    going.filename = `proxy:${qualified(going)}`;
    return;
  }
  if (flags.redirect !== undefined) {
    going.filename = qualified(going);
    going.status = flags.redirect;
    return;
  }
  going.filename = reduced(going);
  const literalSlashes = output.startsWith("//");
  if (flags.keepSlashes !== true && prefix === "" && !literalSlashes) {
    going.filename = going.filename.replace(/^\/{2,}/, "/");
  }
}

/** `splitout_queryargs`. */
function splitQuery(going: Going, flags: RewriteFlags): void {
  const { filename = "" } = going;
  const scheme = schemeOf(filename);
  if (flags.queryNone === true || scheme?.[1] === false) {
    going.args = undefined;
    return;
  }
  if (flags.queryDiscard === true) going.args = undefined;
  const from = scheme?.[0].length ?? 0;
  const found = flags.queryLast === true ? filename.lastIndexOf("?") : filename.indexOf("?", from);
  if (found < from) return;
  const query = filename.slice(found + 1);
  going.filename = filename.slice(0, found);
  if (flags.queryAppend !== true) going.args = query;
  else if (query !== "") going.args = `${query}&${going.args ?? ""}`;
  if (going.args === "") going.args = undefined;
  else if (going.args?.endsWith("&") === true) going.args = going.args.slice(0, -1);
}

/** `fully_qualify_uri`: what names no host is on this one; where CONNECT leads is left as it is. */
function qualified({ method, filename = "", scheme = "http", calledName, calledPort }: Going): string {
  if (method === "CONNECT" || isAbsoluteUri(filename) !== undefined) return filename;
  const port = calledPort === defaultPort(scheme) ? "" : `:${calledPort ?? ""}`;
  return `${scheme}://${calledName ?? ""}${port}${filename.startsWith("/") ? "" : "/"}${filename}`;
}

/** `reduce_uri`: a URL of this very host and port becomes a path. */
function reduced({ filename = "", secure, calledName, listener }: Going): string {
  const scheme = secure === true ? "https://" : "http://";
  if (!filename.toLowerCase().startsWith(scheme)) return filename;
  const [, host = "", port, path = ""] = /^([^/:]*)(?::([0-9]*)[^/]*)?(.*)$/.exec(filename.slice(scheme.length)) ?? [];
  const same = Number(port ?? (secure === true ? 443 : 80)) === listener.port;
  return same && host.toLowerCase() === calledName?.toLowerCase() ? (path === "" ? "/" : path) : filename;
}
