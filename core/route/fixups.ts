import type { Pointer } from "../vocabulary/problem.js";
import { isUncanonical } from "./canonical.js";
import type { DirConf } from "./dir-conf.js";
import { changeVariable, isSet, passVariable } from "./env-change.js";
import { changeHeaders } from "./headers.js";
import type { Loaded } from "./loaded.js";
import { redirected } from "./redirect.js";
import { rewrite } from "./rewrite.js";
import type { PerDirRewrite } from "./rewrite.js";
import type { Going } from "./request.js";
import type { Ended } from "./step.js";
import { proxy, redirectTo, unsafeQuery } from "./translate.js";

/** Name of the handler that starts a rewritten request again. */
const AGAIN = "redirect-handler";

/**
 * The hook `fixups` in httpd's order: `hook_fixup` of mod_rewrite.c (rules of sections), `proxy_fixup` of mod_proxy.c,
 * `fixup_redir` of mod_alias.c, `ap_headers_fixup` of mod_headers.c (measured). An end where httpd answers or starts again.
 */
export function fixedUp(going: Going, conf: DirConf, loaded: Loaded): Ended | undefined {
  const rewritten = sectionRewrite(going, conf);
  if (rewritten?.kind === "answer") return rewritten;
  if (isUncanonical(going, conf, loaded)) return { kind: "answer", status: 400, by: going.by };
  const redirect = redirected(conf.redirect, conf.redirects ?? [], going);
  if (redirect !== undefined) {
    const { status, location, at } = redirect;
    return { kind: "answer", status, by: [at], ...(location !== undefined && { location }) };
  }
  setVariables(conf, going);
  if (conf.headers !== undefined) changeHeaders(conf.headers, going, false);
  if (going.forcedHandler === undefined) return rewritten;
  // `hook_mimetype` of mod_rewrite.c comes last: a request that was to start again has lost the handler that does it.
  going.handler = going.forcedHandler;
  if (rewritten?.kind === "again") going.filename = `redirect:${rewritten.path}`;
  return undefined;
}

/** `fixup_env_module` of mod_env.c: what is set already stays. */
function setVariables({ variables }: DirConf, going: Going): void {
  for (const [name, value] of variables ?? []) {
    if (value === undefined || isSet(name, going)) continue;
    if (typeof value === "string") changeVariable(name, value, going);
    else passVariable(name, value.passedBy, going);
  }
}

function sectionRewrite(going: Going, { rewrite: conf, options }: DirConf): Ended | undefined {
  if (conf?.directory === undefined || !isRewriting(going, conf)) return undefined;
  if (options !== undefined && !followsLinks(options.value)) return { kind: "answer", status: 403, by: [options.at] };
  const before = going.filename;
  if (!going.proxied && !going.rooted) for (const { at } of conf.rules) going.doubt.of(at);
  const end = rewrite(conf.rules, going, conf.directory);
  if (end.kind === "unchanged") {
    going.filename = before;
    return undefined;
  }
  if (unsafeQuery(going, end.kind === "changed" && end.verbatim)) return { kind: "answer", status: 403, by: [end.at] };
  if (end.kind === "status") return { kind: "answer", status: end.status, by: [end.at] };
  going.by = [...going.by, end.at];
  const filename = (going.filename ?? "").replace(/^passthrough:/, "");
  if (filename.startsWith("proxy:")) {
    proxy(going, filename, end.verbatim);
    return undefined;
  }
  if (end.redirect !== undefined) return redirectTo(going, end.redirect, [end.at]);
  if (!filename.startsWith("/")) return { kind: "answer", status: 400, by: [end.at] };
  going.filename = filename;
  return isFileItself(filename, before, going, end.at)
    ? undefined
    : startsAgain(going, conf.base, conf.directory, [end.at]);
}

/**
 * Whether rules led to where the request was, which is left as it is. A file's name ends at the first part of the path
 * that is not there, and which one that is nobody here can say.
 */
function isFileItself(filename: string, before: string | undefined, going: Going, at: Pointer): boolean {
  const isEqual = filename === before;
  if (going.proxied || !(isEqual || before?.startsWith(`${filename}/`) === true)) return isEqual;
  return going.doubt.guess(at) !== isEqual;
}

/** Nothing is rewritten behind [END], and a folder without its slash is left to mod_dir. */
function isRewriting(going: Going, { engine, directory = "", options }: PerDirRewrite): boolean {
  if (engine !== true || going.ended) return false;
  return !isFolderItself(going, directory) || options?.includes("allownoslash") === true;
}

function isFolderItself({ proxied, filename = "" }: Going, directory: string): boolean {
  return !(proxied && filename.startsWith("proxy:")) && `${filename}/` === directory;
}

/** RewriteBase takes the place of the section's path; else DocumentRoot is taken off. */
function startsAgain(going: Going, base: string | undefined, directory: string, by: Ended["by"]): Ended {
  const { filename = "", documentRoot, args } = going;
  const inside = filename.startsWith(directory);
  const based =
    base !== undefined && inside ? `${base.replace(/\/$/, "")}/${filename.slice(directory.length)}` : filename;
  const rooted =
    base === undefined && filename.startsWith(`${documentRoot}/`) ? filename.slice(documentRoot.length) : based;
  going.handler = AGAIN;
  return { kind: "again", path: args === undefined ? rooted : `${rooted}?${args}`, by };
}

/** `ap_allow_options`: symbolic links are followed unless Options says something else. */
function followsLinks(words: readonly string[]): boolean {
  const absolute = words.filter((word) => !/^[-+]/.test(word));
  const relative = words.findLast((word) => /^[-+]/.test(word) && isAboutLinks(word.slice(1)));
  return relative === undefined ? absolute.length === 0 || absolute.some(isAboutLinks) : relative.startsWith("+");
}

function isAboutLinks(option: string): boolean {
  return option === "followsymlinks" || option === "symlinksifownermatch" || option === "all";
}
