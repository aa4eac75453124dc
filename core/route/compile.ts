import { DIRECTIVES } from "./directives.js";
import { isOfCore } from "./core-lines.js";
import type { DraftDir, Standing } from "./draft.js";
import { emptyDraft } from "./draft.js";
import { expressionHolds } from "./expression.js";
import { wildcards } from "../httpd/fnmatch.js";
import { inOrder } from "./host.js";
import type { Host } from "./host.js";
import { isIrrelevant } from "./irrelevant.js";
import type { RouteLine } from "./line.js";
import { expressionText, requirementOf } from "./requirement.js";
import { regexOf } from "./regex.js";
import type { Going } from "./request.js";
import { locationCovers, proxyCovers } from "./section.js";
import type { RouteSection } from "./dir-conf.js";

/** What is known of a scope beside its lines. */
interface Scope extends Pick<Host, "name" | "serverName" | "port" | "loaded"> {
  /** Something that no request meets is of the core. */
  readonly ofCore: boolean;
}

/** What a scope's lines come to, without what it has from the main server. */
export function compileScope(lines: readonly RouteLine[], { ofCore, ...scope }: Scope): Host {
  const host = emptyDraft(scope);
  if (ofCore) host.base.ofCore = true;
  readLines(lines, { host, dir: host.base });
  return { ...host, base: host.base, folders: inOrder(host.folders) };
}

function readLines(lines: readonly RouteLine[], standing: Standing): void {
  for (const line of lines) {
    if (isOfCore(line)) standing.dir.ofCore = true;
    if (line.children === undefined) readDirective(line, standing);
    else readSection(line, line.children, standing);
  }
}

function readDirective(line: RouteLine, standing: Standing): void {
  if (line.name.startsWith("rewrite")) standing.host.rewrites = true;
  const directive = Object.hasOwn(DIRECTIVES, line.name) ? DIRECTIVES[line.name] : undefined;
  if (directive !== undefined) directive(line, standing);
  else if (!isIrrelevant(line.name, line.words[0])) leaveUnread(line, standing);
  if (line.text.includes("${") && !line.name.startsWith("rewrite") && !isIrrelevant(line.name, line.words[0])) {
    leaveUnread(line, standing);
  }
}

function leaveUnread({ at }: RouteLine, { dir }: Standing): void {
  dir.unread = [...(dir.unread ?? []), at];
}

function readSection(line: RouteLine, children: readonly RouteLine[], standing: Standing): void {
  const [first = "", second = ""] = line.words;
  const regex = first === "~" || line.name.endsWith("match");
  const opened = { line, children, standing, regex, argument: first === "~" ? second : first };
  const read = Object.hasOwn(SECTIONS, line.name) ? SECTIONS[line.name] : undefined;
  if (read === undefined) leaveUnread(line, standing);
  else read(opened);
}

/** A section with what is told from its opening line. */
interface Opened {
  readonly line: RouteLine;
  readonly children: readonly RouteLine[];
  readonly standing: Standing;
  readonly argument: string;
  readonly regex: boolean;
}

type SectionReader = (opened: Opened) => void;

const location: SectionReader = ({ line, children, standing, argument, regex }) => {
  standing.host.locations.push(section(line, children, standing, argument, locationCovers(argument, regex)));
};
const proxy: SectionReader = ({ line, children, standing, argument, regex }) => {
  standing.host.proxies.push(section(line, children, standing, argument, proxyCovers(argument, regex)));
};
const folder: SectionReader = ({ line, children, standing, argument, regex }) => {
  const depth = regex ? Number.POSITIVE_INFINITY : argument.split("/").filter((segment) => segment !== "").length;
  standing.host.folders.push({ ...section(line, children, standing, argument, folderCovers(argument, regex)), depth });
};
const files: SectionReader = ({ line, children, standing, argument, regex }) => {
  standing.host.files.push(section(line, children, standing, standing.path, fileCovers(argument, regex)));
};
const branch: SectionReader = ({ line, children, standing }) => {
  readIf(line, children, standing);
};
const limit: SectionReader = ({ line, children, standing }) => {
  const methods = line.words.map(upper);
  readLines(children, { ...standing, limited: { except: line.name === "limitexcept", methods } });
};
const requirements: SectionReader = ({ line, standing }) => {
  addRequirement(line, standing);
};

const SECTIONS: Readonly<Record<string, SectionReader>> = {
  location,
  locationmatch: location,
  proxy,
  proxymatch: proxy,
  directory: folder,
  directorymatch: folder,
  files,
  filesmatch: files,
  if: branch,
  elseif: branch,
  else: branch,
  limit,
  limitexcept: limit,
  requireall: requirements,
  requireany: requirements,
  requirenone: requirements,
};

/** True for a section whose conditions are judged here. */
export function isReadSection(name: string): boolean {
  return Object.hasOwn(SECTIONS, name);
}

function upper(word: string): string {
  return word.toUpperCase() === "HEAD" ? "GET" : word.toUpperCase();
}

function section(
  line: RouteLine,
  children: readonly RouteLine[],
  { host }: Standing,
  path: string | undefined,
  covers: RouteSection["covers"],
): RouteSection {
  const conf: DraftDir = line.name.startsWith("proxy") ? {} : { ofCore: true };
  readLines(children, path === undefined ? { host, dir: conf } : { host, dir: conf, path });
  return { at: line.at, conf, covers };
}

function addRequirement(line: RouteLine, { dir, limited }: Standing): void {
  const before = dir.authorization ?? { requirements: [] };
  dir.authorization = { ...before, requirements: [...before.requirements, requirementOf(line, limited)] };
}

/** A request for files: `ap_directory_walk`; `<Directory "/">` covers all of them. */
function folderCovers(argument: string, regex: boolean): RouteSection["covers"] {
  const folder = argument.endsWith("/") ? argument : `${argument}/`;
  if (folder === "/") return () => true;
  const expression = regex ? regexOf(argument) : /[*?[]/.test(argument) ? wildcards(argument, "path") : undefined;
  if (regex || expression !== undefined) return () => undefined;
  return ({ filename, rooted }) => (rooted ? `${filename ?? ""}/`.startsWith(folder) : undefined);
}

/**
 * `ap_file_walk`: by the last part of a file's name, which ends at the first part of the path that is not there. Which one
 * that is nobody here can say.
 */
function fileCovers(argument: string, regex: boolean): RouteSection["covers"] {
  const expression = regex ? regexOf(argument) : wildcards(argument, "text");
  return ({ filename = "" }) =>
    expression !== undefined && !filename.split("/").some((part) => expression.test(part)) ? false : undefined;
}

/** What stands for a path in an `<If>`, wherever it stands: `ifsection` of server/core.c. */
const IN_IF = "*If";

/** `<If>`, `<ElseIf>`, `<Else>`: `ap_if_walk`. */
function readIf(line: RouteLine, children: readonly RouteLine[], standing: Standing): void {
  const { dir } = standing;
  const before = line.name === "if" ? undefined : dir.ifs?.at(-1);
  const text = expressionText(line.text);
  const own = line.name === "else" ? always : (going: Going): boolean | undefined => expressionHolds(text, going);
  const earlier = before === undefined ? undefined : chains.get(before);
  const covers: RouteSection["covers"] = (going) => {
    const taken = earlier?.(going) ?? (earlier === undefined ? false : undefined);
    if (taken === true) return false;
    const holds = own(going);
    return taken === undefined && holds !== false ? undefined : holds;
  };
  const made = section(line, children, standing, IN_IF, covers);
  chains.set(made, (going) => {
    const taken = earlier?.(going);
    const holds = own(going);
    return taken === true || holds === true ? true : taken === undefined && earlier !== undefined ? undefined : holds;
  });
  dir.ifs = [...(dir.ifs ?? []), made];
}

/** Whether this branch or one before it is taken. */
const chains = new WeakMap<RouteSection, RouteSection["covers"]>();

function always(): boolean {
  return true;
}
