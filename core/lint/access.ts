import { fromUnicode } from "../httpd/bytes.js";
import { matcherOf } from "../httpd/regex.js";
import { hostOf } from "./conf-view.js";
import type { ConfView, WrittenDirective } from "./conf-view.js";
import { ACCESS_METHODS, opennessByRequire } from "./requirement.js";
import type { Method, Openness } from "./requirement.js";
import type { ScopeView } from "./view.js";

/**
 * Who may use the place a handler is set for, by the access control of all sections that cover it.
 *
 * httpd merges them in the order of the file, those of a virtual host behind those of the main server: the last section
 * with a `Require` decides by its own alone, and so does the last one with Order, Allow, Deny or Satisfy of httpd 2.2.
 * Both have to let a request in, or one of them under `Satisfy Any`.
 */
export function opennessOf(conf: ConfView, handler: WrittenDirective): Openness {
  const chain = coveringSections(conf, handler);
  if (chain.some(asksWho)) return "limited";
  const openness = ACCESS_METHODS.map((method) => opennessFor(chain, method));
  return WIDEST_FIRST.find((one) => openness.includes(one)) ?? "unsaid";
}

/** What one section says by itself about who may use what it is for. */
export function opennessOfSection(section: WrittenDirective): Openness {
  const openness = ACCESS_METHODS.map((method) => opennessFor([section], method));
  return WIDEST_FIRST.find((one) => openness.includes(one)) ?? "unsaid";
}

/** What the last section for a path says with a directive that is On or Off; undefined where none says it. */
export function sectionSays(
  conf: ConfView | undefined,
  { section }: Pick<ScopeView, "section">,
  path: string,
  directive: string,
): boolean | undefined {
  const said = (conf?.named(directive) ?? []).filter(({ parent }) => {
    if (parent === undefined || !parent.name.startsWith("location")) return false;
    const host = hostOf(parent);
    return (host === undefined || host === section) && covers(parent, path);
  });
  return said.length === 0 ? undefined : said.at(-1)?.words[0]?.text.toLowerCase() === "on";
}

const WIDEST_FIRST: readonly Openness[] = ["open", "unsaid", "limited"];

function opennessFor(chain: readonly WrittenDirective[], method: Method): Openness {
  const merging = chain.some((section) => section.children.some(isMerging));
  const requirements = chain.map((section) => opennessByRequire(section, method)).filter((one) => one !== "unsaid");
  const limits = chain.map(oldLimitsOf).filter((one) => one !== undefined);
  const require = merging && requirements.includes("limited") ? "limited" : (requirements.at(-1) ?? "unsaid");
  const old = limits.at(-1);
  if (old === undefined) return require;
  if (require === "unsaid") return old.openness;
  if (old.any) return old.openness === "open" || require === "open" ? "open" : "limited";
  return old.openness === "open" ? require : "limited";
}

/** Sections around a handler, and others for its path, in the order httpd merges them. */
function coveringSections({ named }: ConfView, handler: WrittenDirective): readonly WrittenDirective[] {
  const around: WrittenDirective[] = [];
  for (let one = handler.parent; one !== undefined && one.name !== "virtualhost"; one = one.parent) around.push(one);
  const host = hostOf(handler);
  const path = around.find(({ name }) => name === "location")?.words[0]?.text;
  const locations = ["location", "locationmatch"].flatMap((name) => named(name));
  const others = locations.filter((section) => {
    const of = hostOf(section);
    return (of === undefined || of === host) && !around.includes(section) && covers(section, path);
  });
  const position = (section: WrittenDirective): number =>
    hostOf(section) === undefined ? 0 : Number.MAX_SAFE_INTEGER / 2;
  return [...around, ...others].sort((one, other) => position(one) + rank(one) - (position(other) + rank(other)));
}

/** Sections of one kind keep their order; `<If>` comes behind all others, files and folders come in front. */
function rank({ name, order }: WrittenDirective): number {
  if (name === "if" || name === "elseif" || name === "else") return Number.MAX_SAFE_INTEGER / 4 + order;
  return name.startsWith("location") ? Number.MAX_SAFE_INTEGER / 8 + order : order;
}

/** @param path - of the handler; undefined where it is no plain path, which only `<Location />` covers for certain */
function covers({ name, words }: WrittenDirective, path: string | undefined): boolean {
  const [first, second] = words.map(({ text }) => text);
  if (first === undefined) return false;
  if (name === "locationmatch" || first === "~") {
    const pattern = first === "~" ? second : first;
    return path !== undefined && pattern !== undefined && matches(pattern, path);
  }
  if (first === "/" || first === path) return true;
  return path?.startsWith(first.endsWith("/") ? first : `${first}/`) === true;
}

function matches(pattern: string, path: string): boolean {
  return matcherOf(fromUnicode(pattern))?.test(fromUnicode(path)) === true;
}

/** True for `<If>` with a condition about the client, which limits as `Require` does. */
function asksWho({ name, words }: WrittenDirective): boolean {
  const condition = words.map(({ text }) => text).join(" ");
  return name === "if" && /REMOTE_(ADDR|USER|HOST)|-(R|ipmatch)\b/.test(condition);
}

function isMerging({ name, words }: WrittenDirective): boolean {
  return name === "authmerging" && words[0]?.text.toLowerCase() !== "off";
}

interface OldLimits {
  readonly openness: Openness;
  /** `Satisfy Any`. */
  readonly any: boolean;
}

/** What a section says with the words of httpd 2.2; undefined when it says nothing. */
function oldLimitsOf({ children }: WrittenDirective): OldLimits | undefined {
  const said = children.filter(({ name }) => /^(order|allow|deny|satisfy)$/.test(name));
  if (said.length === 0) return undefined;
  const texts = said.map(({ name, words }) => [name, ...words.map(({ text }) => text)].join(" ").toLowerCase());
  const any = texts.includes("satisfy any");
  const allowed = texts.includes("allow from all");
  const denied = texts.some((text) => text.startsWith("deny "));
  const order = texts.findLast((text) => text.startsWith("order ")) ?? "order deny,allow";
  if (order === "order deny,allow") return { openness: allowed || !denied ? "open" : "limited", any };
  return { openness: allowed && !texts.includes("deny from all") ? "open" : "limited", any };
}
