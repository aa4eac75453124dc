import { with22 } from "./access-rules.js";
import type { Draft, Standing } from "./draft.js";
import { environmentRule } from "./environment.js";
import { headerChange } from "./headers.js";
import type { RouteLine } from "./line.js";
import { passOf } from "./pass.js";
import { redirectOf } from "./redirect.js";
import type { Redirect } from "./redirect.js";
import { requirementOf } from "./requirement.js";
import { rewriteCondition, rewriteRule } from "./rewrite-rule.js";
import type { PerDirRewrite } from "./rewrite.js";

type Directive = (line: RouteLine, standing: Standing) => void;

/** What each directive adds to the scope or section it stands in, by its name in lower case. */
export const DIRECTIVES: Readonly<Record<string, Directive>> = {
  proxypass: addPass,
  proxypassmatch: addPass,
  redirect: addRedirect,
  redirectmatch: addRedirect,
  redirectpermanent: addRedirect,
  redirecttemp: addRedirect,
  alias: addAlias,
  aliasmatch: addAlias,
  scriptalias: addAlias,
  scriptaliasmatch: addAlias,
  rewriteengine: (line, standing) => {
    setRewrite(standing, { engine: isOn(line) });
  },
  rewriteoptions: setRewriteOptions,
  rewritebase: ({ words }, standing) => {
    setRewrite(standing, { base: words[0] ?? "/" });
  },
  rewritecond: addCondition,
  rewriterule: addRule,
  setenvif: addEnvironment,
  setenvifnocase: addEnvironment,
  setenvifexpr: addEnvironment,
  browsermatch: addEnvironment,
  browsermatchnocase: addEnvironment,
  requestheader: (line, { dir }) => {
    dir.headers = [...(dir.headers ?? []), headerChange(line)];
  },
  require: (line, { dir, limited }) => {
    const before = dir.authorization ?? { requirements: [] };
    dir.authorization = { ...before, requirements: [...before.requirements, requirementOf(line, limited)] };
  },
  authmerging: ({ words }, { dir }) => {
    const merging = words[0]?.toLowerCase();
    dir.authorization = {
      requirements: [],
      ...dir.authorization,
      merging: merging === "and" || merging === "or" ? merging : "off",
    };
  },
  authname: ({ words, at }, { dir }) => {
    dir.authName = { value: words[0] ?? "", at };
  },
  allowmethods: allowMethods,
  setenv: ({ words: [name = "", value = ""] }, { host, dir }) => {
    host.named.add(name.toLowerCase());
    dir.variables = new Map([...(dir.variables ?? []), [name.toLowerCase(), value] as const]);
  },
  unsetenv: ({ words }, { dir }) => {
    dir.variables = new Map([
      ...(dir.variables ?? []),
      ...words.map((name) => [name.toLowerCase(), undefined] as const),
    ]);
  },
  passenv: ({ words, at }, { dir }) => {
    const passed = words.map((name) => [name.toLowerCase(), { passedBy: at }] as const);
    dir.variables = new Map([...(dir.variables ?? []), ...passed]);
  },
  allowoverride: decidesAboutFiles("none"),
  allowoverridelist: decidesAboutFiles("none"),
  fallbackresource: decidesAboutFiles("disabled"),
  checkspelling: decidesAboutFiles("off"),
  userdir: decidesAboutFiles("disabled"),
  addhandler: ({ words, at }, { dir }) => {
    const value = words.slice(1).map((extension) => extension.toLowerCase().replace(/^\./, ""));
    dir.handlers = [...(dir.handlers ?? []), { value, at }];
  },
  traceenable: ({ words, at }, { host }) => {
    const value = words[0]?.toLowerCase();
    host.trace = { value: value === "off" || value === "extended" ? value : "on", at };
  },
  usecanonicalname: (line, { host }) => {
    host.canonical = line.words[0]?.toLowerCase() === "off" ? undefined : line.at;
  },
  /** How a request may be spelled is no matter of one that is spelled well, but for its method. */
  httpprotocoloptions: ({ words, at }, { dir }) => {
    if (words.some((word) => word.toLowerCase() === "registeredmethods")) dir.unread = [...(dir.unread ?? []), at];
  },
  limitinternalrecursion: ({ at }, { host }) => {
    host.recursion = at;
  },
  authtype: ({ words, at }, { dir }) => {
    dir.authType = { value: words[0] ?? "", at };
  },
  order: add22,
  allow: add22,
  deny: add22,
  satisfy: add22,
  sethandler: ({ words, at }, { dir }) => {
    dir.handler = { value: words[0] ?? "", at };
  },
  errordocument: ({ words, at }, { dir }) => {
    const [status = "", value = ""] = words;
    dir.errorDocuments = new Map([...(dir.errorDocuments ?? []), [Number(status), { value, at }] as const]);
  },
  proxyerroroverride: ({ words, at }, { dir }) => {
    const codes = [...(dir.errorOverride?.value.codes ?? []), ...words.slice(1).map(Number)];
    dir.errorOverride = { value: { on: words[0]?.toLowerCase() === "on", codes }, at };
  },
  allowencodedslashes: ({ words, at }, { dir }) => {
    const value = words[0]?.toLowerCase();
    dir.encodedSlashes = { value: value === "on" || value === "nodecode" ? value : "off", at };
  },
  options: ({ words, at }, { dir }) => {
    const said = words.map((word) => word.toLowerCase());
    // Signs change what the lines before them said, in one section as from one to the next (`set_options` of core.c).
    const before = said.every((word) => /^[-+]/.test(word)) ? (dir.options?.value ?? []) : [];
    dir.options = { value: [...before, ...said], at };
  },
  limitrequestbody: (line, { dir }) => {
    dir.bodyLimit = numberOf(line);
  },
  limitrequestline: setLimit("line"),
  limitrequestfieldsize: setLimit("fieldSize"),
  limitrequestfields: setLimit("fields"),
  documentroot: ({ words, at }, { host }) => {
    host.documentRoot = { value: (words[0] ?? "").replace(/\/$/, ""), at };
  },
  sslengine: (line, { host }) => {
    host.secure = isOn(line);
  },
  mergeslashes: (line, { host }) => {
    host.keepsSlashes = isOn(line) ? undefined : line.at;
  },
  proxyrequests: (line, { host }) => {
    host.forward = isOn(line) ? line.at : undefined;
  },
};

/** A module that is asked about each path anew, for which it has to be loaded. */
function allowMethods({ words, at }: RouteLine, { host, dir }: Standing): void {
  host.asksPaths = at;
  const reset = words.length === 1 && words[0]?.toLowerCase() === "reset";
  const value = reset ? [] : [...(dir.methods?.value ?? []), ...words];
  dir.methods = { value, at };
}

/** A line that decides by the files there are, unless its first word is one that switches it off. */
function decidesAboutFiles(off: string): Directive {
  return ({ words, at }, { dir }) => {
    if (words[0]?.toLowerCase() !== off) dir.files = [...(dir.files ?? []), at];
  };
}

function addPass(line: RouteLine, { host, dir, path }: Standing): void {
  const pass = passOf(line, path);
  if (pass === undefined) return;
  if (path === undefined) host.passes.push(pass);
  else dir.pass = pass;
}

function addRedirect(line: RouteLine, { host, dir, path }: Standing): void {
  const redirect = redirectOf(line, path !== undefined);
  if (!("from" in redirect)) dir.redirect = redirect;
  else if (path === undefined) host.redirects.push(redirect);
  else dir.redirects = [...(dir.redirects ?? []), redirect];
}

/** Only that it leads to files is looked at. */
function addAlias(line: RouteLine, { host, dir, path }: Standing): void {
  const { name, words, at } = line;
  const [from = "", to = ""] = words;
  if (path === undefined) {
    const alias: Redirect = { at, status: 0, from, regex: name.endsWith("match"), to };
    host.aliases.push(alias);
  } else dir.unread = [...(dir.unread ?? []), at];
}

function setRewrite({ dir, path }: Standing, change: Partial<PerDirRewrite>): void {
  const folder = path === undefined ? {} : { directory: path.endsWith("/") ? path : `${path}/` };
  dir.rewrite = { rules: [], ...folder, ...dir.rewrite, ...change };
}

function setRewriteOptions({ words }: RouteLine, standing: Standing): void {
  const options = words.map((word) => word.toLowerCase());
  if (standing.path === undefined) for (const option of options) standing.host.rewriteOptions.push(option);
  setRewrite(standing, { options: [...(standing.dir.rewrite?.options ?? []), ...options] });
}

function addCondition(line: RouteLine, standing: Standing): void {
  const condition = rewriteCondition(line);
  const before = standing.host.conditions.get(standing.dir) ?? [];
  setRewrite(standing, {});
  if (condition !== undefined) standing.host.conditions.set(standing.dir, [...before, condition]);
}

function addRule(line: RouteLine, standing: Standing): void {
  const { host, dir, path } = standing;
  const rule = rewriteRule(line, host.conditions.get(dir) ?? []);
  host.conditions.delete(dir);
  if (rule === undefined) return;
  for (const text of rule.flags.env ?? []) host.named.add(text.replace(/^!|:[^]*$/g, "").toLowerCase());
  if (path === undefined) host.rules.push(rule);
  setRewrite(standing, path === undefined ? {} : { rules: [...(dir.rewrite?.rules ?? []), rule] });
}

function addEnvironment(line: RouteLine, { host, dir, path }: Standing): void {
  const rule = environmentRule(line);
  for (const [name] of rule.sets) host.named.add(name.toLowerCase());
  if (path === undefined) host.environment.push(rule);
  else dir.environment = [...(dir.environment ?? []), rule];
}

function add22(line: RouteLine, { dir, limited }: Standing): void {
  dir.access22 = with22(dir.access22, line, limited);
}

function setLimit(key: keyof Draft["limits"]): Directive {
  return (line, { host }) => {
    host.limits = { ...host.limits, [key]: numberOf(line) };
  };
}

function numberOf({ words, at }: RouteLine): { readonly value: number; readonly at: RouteLine["at"] } {
  return { value: Number.parseInt(words[0] ?? "", 10) || 0, at };
}

function isOn({ words }: RouteLine): boolean {
  return words[0]?.toLowerCase() === "on";
}
