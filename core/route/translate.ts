import type { Pointer } from "../vocabulary/problem.js";
import type { DirConf } from "./dir-conf.js";
import { hasVariable } from "./env-variable.js";
import type { Host } from "./host.js";
import { passed } from "./pass.js";
import { matchedLength } from "../httpd/prefix.js";
import { withoutDots } from "../httpd/request-path.js";
import { redirected } from "./redirect.js";
import { regexOf } from "./regex.js";
import { rewrite } from "./rewrite.js";
import type { Going } from "./request.js";
import type { Ended } from "./step.js";

/**
 * The hook `translate_name` in httpd's order: `hook_uri2file` of mod_rewrite.c, `proxy_translate_name` of mod_proxy.c,
 * `translate_alias_redir` of mod_alias.c, `ap_core_translate`. Sets filename and `proxied`; an end where httpd answers.
 */
export function translated(going: Going, host: Host, conf: DirConf): Ended | undefined {
  const rewritten = serverRewrite(going, host, conf);
  if (rewritten !== "declined") return rewritten;
  const own = hasVariable("no-proxy", going) ? undefined : passed(conf.pass, host.passes, going);
  if (own?.url !== undefined) {
    going.filename = `proxy:${own.url}`;
    going.proxied = true;
    going.verbatim = own.verbatim;
    going.by = [...going.by, own.at];
    return undefined;
  }
  if (own !== undefined) going.by = [...going.by, own.at];
  const redirect = redirected(conf.redirect, host.redirects, going);
  if (redirect !== undefined) {
    const { status, location, at } = redirect;
    return { kind: "answer", status, by: [at], ...(location !== undefined && { location }) };
  }
  const alias = aliased(host, going);
  going.place = alias?.at ?? host.documentRoot?.at;
  if (alias === undefined) return underRoot(going);
  going.filename = alias.path;
  return undefined;
}

/** `ap_core_translate` of server/core.c: what leads above DocumentRoot is 403 (measured: only a rule can make it). */
function underRoot(going: Going): Ended | undefined {
  const path = withoutDots(going.uri);
  if (path === undefined) return { kind: "answer", status: 403, by: going.by };
  going.filename = `${going.documentRoot}${path}`;
  return undefined;
}

/** `hook_uri2file`: the rules of the scope. */
function serverRewrite(going: Going, host: Host, conf: DirConf): Ended | undefined | "declined" {
  if (conf.rewrite?.engine !== true || !host.rewrites || going.ended || host.rules.length === 0) return "declined";
  const before = going.filename;
  going.filename = going.uri;
  const end = rewrite(host.rules, going, undefined);
  if (end.kind === "unchanged") {
    going.filename = before;
    return "declined";
  }
  if (unsafeQuery(going, end.kind === "changed" && end.verbatim)) return { kind: "answer", status: 403, by: [end.at] };
  if (end.kind === "status") return { kind: "answer", status: end.status, by: [end.at] };
  going.by = [...going.by, end.at];
  const filename = going.filename;
  if (filename.startsWith("proxy:")) {
    proxy(going, filename, end.verbatim);
    return undefined;
  }
  if (end.redirect !== undefined) return redirectTo(going, end.redirect, [end.at]);
  if (filename.startsWith("passthrough:")) {
    going.uri = filename.slice("passthrough:".length);
    going.filename = before;
    return "declined";
  }
  if (!filename.startsWith("/")) return { kind: "answer", status: 400, by: [end.at] };
  // `ap_directory_walk` of server/request.c merges what the rule has made, before anything else looks at it.
  const path = withoutDots(filename);
  if (path === undefined) return { kind: "answer", status: 403, by: [end.at] };
  going.place = host.documentRoot?.at;
  going.filename = `${going.documentRoot}${path}`;
  return undefined;
}

/** A query with blanks or control characters that nobody escapes. */
export function unsafeQuery({ args, filename = "" }: Going, verbatim: boolean): boolean {
  const escaped = !verbatim && !filename.startsWith("/") && !filename.startsWith("proxy:") && filename.includes("://");
  return args !== undefined && !escaped && /[^!-~\x80-\xff]/.test(args);
}

/** The way to a backend; with [NE] the query belongs to the path. */
export function proxy(going: Going, filename: string, verbatim: boolean): void {
  going.proxied = true;
  going.verbatim ||= verbatim;
  going.filename = going.verbatim && going.args !== undefined ? `${filename}?${going.args}` : filename;
}

/** The client is sent elsewhere. */
export function redirectTo(going: Going, status: number, by: Ended["by"]): Ended {
  const { filename = "", args } = going;
  going.status = 200;
  return { kind: "answer", status, by, location: args === undefined ? filename : `${filename}?${args}` };
}

/** Alias and ScriptAlias: a file elsewhere. */
function aliased(
  { aliases }: Host,
  { uri, doubt }: Going,
): { readonly path: string; readonly at: Pointer } | undefined {
  for (const { from, to = "", regex, at } of aliases) {
    if (regex) {
      const expression = regexOf(from);
      if (expression === undefined ? doubt.guess(at) : expression.test(uri)) return { path: to, at };
      continue;
    }
    const length = matchedLength(uri, from);
    if (length !== undefined) return { path: `${to}${uri.slice(length)}`, at };
  }
  return undefined;
}
