import Handlebars from "handlebars";
import type { Deferred, Text } from "../topology/topology.js";
import { TEMPLATES } from "./templates.generated.js";

/** A file skeleton of templates/. */
export type TemplateName = keyof typeof TEMPLATES;

/** What a template may show. */
export type TemplateValue = string | boolean | readonly TemplateValue[] | { readonly [key: string]: TemplateValue };

/** Turns text with holes into text a template can carry. */
export type Mark = (text: Text) => string;

/** Stands around the number of a hole while Handlebars works; no checked text has control characters. */
const BORDER = "\u0000";

/**
 * A template filled in: strict (a missing name throws), without HTML escaping, with known helpers only.
 *
 * @param values - makes what the template shows; text that may have holes goes through `mark`
 */
export function renderTemplate(
  name: TemplateName,
  values: (mark: Mark) => Readonly<Record<string, TemplateValue>>,
): Text {
  const holes: Deferred[] = [];
  const text = compiled(name)(values((given) => marked(given, holes)));
  if (holes.length === 0) return text;
  return text.split(BORDER).map((piece, index) => (index % 2 === 0 ? piece : (holes[Number(piece)] ?? "")));
}

const COMPILED = new Map<TemplateName, HandlebarsTemplateDelegate>();

function compiled(name: TemplateName): HandlebarsTemplateDelegate {
  const known = COMPILED.get(name);
  if (known !== undefined) return known;
  const template = Handlebars.compile(TEMPLATES[name], { strict: true, noEscape: true, knownHelpersOnly: true });
  COMPILED.set(name, template);
  return template;
}

function marked(text: Text, holes: Deferred[]): string {
  if (typeof text === "string") return text;
  return text
    .map((piece) => (typeof piece === "string" ? piece : `${BORDER}${holes.push(piece) - 1}${BORDER}`))
    .join("");
}
