import { fromUnicode } from "../httpd/bytes.js";
import { readFront } from "../conf/read/front.js";
import { Doubt } from "../route/doubt.js";
import { linesOf } from "../route/line.js";
import { opennessOfLines } from "../route/openness.js";
import type { Openness } from "../route/openness.js";
import { locationCovers } from "../route/section.js";
import { started } from "../route/start.js";
import { hostOf } from "./conf-view.js";
import type { ConfView, WrittenDirective } from "./conf-view.js";
import type { ScopeView } from "./view.js";

/**
 * Who may use the place a handler is set for, by the access control of all sections that cover it, in the order httpd
 * merges them: that of the file, those of a virtual host behind those of the main server.
 */
export function opennessOf(conf: ConfView, handler: WrittenDirective): Openness {
  const chain = coveringSections(conf, handler);
  return chain.some(asksWho) ? "limited" : opennessOfLines(chain.map(linesIn));
}

/** What one section says by itself about who may use what it is for. */
export function opennessOfSection(section: WrittenDirective): Openness {
  return opennessOfLines([linesIn(section)]);
}

function linesIn({ children }: WrittenDirective): ReturnType<typeof linesOf> {
  return linesOf(readFront(children.map(({ statement }) => statement)).front, "");
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
  const [first = "", second = ""] = words.map(({ text }) => fromUnicode(text));
  if (path === undefined) return first === "/";
  const tilde = first === "~";
  const asked = locationCovers(tilde ? second : first, tilde || name === "locationmatch");
  return asked(started({ port: 80 }, { path: fromUnicode(path) }, new Doubt())) === true;
}

/** True for `<If>` with a condition about the client, which limits as `Require` does. */
function asksWho({ name, words }: WrittenDirective): boolean {
  const condition = words.map(({ text }) => text).join(" ");
  return name === "if" && /REMOTE_(ADDR|USER|HOST)|-(R|ipmatch)\b/.test(condition);
}
