import { SaxesParser } from "saxes";
import { locator } from "../vocabulary/place.js";
import type { SourcePlace } from "../vocabulary/place.js";

/** An element of an XML file. Names are without their prefix. */
export interface FileElement {
  readonly name: string;
  /** The text in it, elements left out. */
  readonly text: string;
  readonly place: SourcePlace;
  readonly attributes: ReadonlyMap<string, XmlAttribute>;
  readonly children: readonly FileElement[];
}

/** An attribute with the place of its name. */
export interface XmlAttribute {
  readonly value: string;
  readonly place: SourcePlace;
}

/** What keeps a text from being read, and where. */
export interface XmlRefusal {
  readonly place: SourcePlace;
  readonly why: string;
}

/** Elements in elements that are read; no server's file has more than some twenty. */
const DEEPEST = 100;

interface OpenElement extends FileElement {
  readonly children: FileElement[];
  text: string;
}

/**
 * The root element of an XML text. A document type is passed over, so that no entity of its own is ever written out:
 * one that is used is refused.
 */
export function readElements(text: string, file: string): FileElement | XmlRefusal {
  const placeOf = locator(text);
  const at = (offset: number): SourcePlace => ({ file, ...placeOf(offset) });
  const parser = new SaxesParser();
  const open: OpenElement[] = [];
  let root: FileElement | undefined;
  let refusal: XmlRefusal | undefined;
  const refuse = (why: string): void => {
    refusal ??= { place: at(Math.max(0, Math.min(parser.position, text.length) - 1)), why };
  };
  parser.on("error", ({ message }) => {
    refuse(message.replace(/^\d+:\d+: /, ""));
  });
  parser.on("opentag", ({ name, attributes }) => {
    if (open.length >= DEEPEST) refuse(`more than ${DEEPEST} elements in each other`);
    if (refusal !== undefined) return;
    const start = text.lastIndexOf("<", parser.position - 1);
    const written = attributePlaces(text.slice(start, parser.position));
    const named = Object.entries(attributes).map(([key, value]): readonly [string, XmlAttribute] => {
      return [local(key), { value, place: at(start + (written.get(key) ?? 0)) }];
    });
    const element: OpenElement = {
      name: local(name),
      text: "",
      place: at(start),
      attributes: new Map(named),
      children: [],
    };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on("text", (part) => {
    const inside = open.at(-1);
    if (inside !== undefined) inside.text += part;
  });
  parser.on("closetag", () => {
    open.pop();
  });
  parser.write(text).close();
  return refusal ?? root ?? { place: at(0), why: "no element" };
}

/** True for what was refused. */
export function isXmlRefusal(read: FileElement | XmlRefusal): read is XmlRefusal {
  return "why" in read;
}

/** Every element below one, itself included, in the order written. */
export function elementsIn(element: FileElement): readonly FileElement[] {
  return [element, ...element.children.flatMap(elementsIn)];
}

/** The first element of a name below one. */
export function firstIn(element: FileElement | undefined, name: string): FileElement | undefined {
  return element === undefined ? undefined : elementsIn(element).find((one) => one.name === name);
}

/** Offsets of the names in an opening tag that is well-formed. */
function attributePlaces(tag: string): ReadonlyMap<string, number> {
  const found = [...tag.matchAll(/([^\s=<>"'/]+)\s*=\s*(?:"[^"]*"|'[^']*')/g)];
  return new Map(found.map((match) => [match[1] ?? "", match.index]));
}

function local(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}
