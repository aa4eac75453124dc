/** An element of an XML document: enough of XML to read what httpd writes (no attributes, no mixed content). */
export interface XmlElement {
  /** Without its namespace prefix. */
  readonly name: string;
  /** Text between the tags, white space around it removed; with entities resolved, but in names, which httpd does not escape. */
  readonly text: string;
  readonly children: readonly XmlElement[];
}

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/** A name with all that stands in it, or a tag and the text behind it. */
const PIECE = /<(\w+:name)>(.*?)<\/\1>|<([^>]*)>([^<]*)/gs;

/**
 * Reads a document; undefined when tags do not match. A reader of XML refuses what httpd 2.4.71 writes for the member
 * `http://a/x&y`: names are not escaped, all else is (measured), so that `&lt;` in a name is four letters of it.
 */
export function readXml(source: string): XmlElement | undefined {
  const open: { readonly name: string; readonly children: XmlElement[]; text: string }[] = [
    { name: "", children: [], text: "" },
  ];
  for (const [, named, own = "", tag, text] of source.matchAll(PIECE)) {
    const top = open.at(-1);
    if (named !== undefined) {
      top?.children.push({ name: localName(named), text: own.trim(), children: [] });
      continue;
    }
    if (tag === undefined || top === undefined) return undefined;
    const name = localName(tag);
    if (tag.startsWith("/")) {
      if (top.name !== name) return undefined;
      open.pop();
      open.at(-1)?.children.push({ ...top, text: top.text.trim() });
    } else if (tag.endsWith("/")) {
      top.children.push({ name, text: "", children: [] });
    } else if (!tag.startsWith("?") && !tag.startsWith("!")) {
      open.push({ name, children: [], text: resolve(text ?? "") });
    }
  }
  return open.length === 1 ? open[0]?.children[0] : undefined;
}

/** The first child of a name, and so on down the path. */
export function childAt(element: XmlElement, ...path: readonly string[]): XmlElement | undefined {
  return path.reduce<XmlElement | undefined>(
    (current, step) => current?.children.find(({ name }) => name === step),
    element,
  );
}

function localName(tag: string): string {
  const [full = ""] = tag.replace(/^\/|\/$/g, "").split(/\s/);
  return full.slice(full.indexOf(":") + 1);
}

function resolve(text: string): string {
  return text.replace(/&(\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole);
}
