import type { FileValue } from "./file-value.js";
import type { XmlAttribute } from "./xml.js";

/** Properties that a server is started with, by name. */
export type StartProperties = ReadonlyMap<string, string>;

/** Expressions in one value that are written out; a value that needs more is unknown. */
const MOST = 50;

const EXPRESSION = /\$\{([^{}$]*)\}/;

/**
 * A value with its expressions written out: `${NAME}` and `${NAME:otherwise}` of JBoss Modules and Tomcat's Digester, the
 * innermost first. What stands behind the colon counts unless the start says otherwise, and that property is named.
 */
export function resolved(text: string, known: StartProperties): Pick<FileValue<string>, "value" | "unless"> {
  let rest = text;
  let unless: string | undefined;
  for (let turn = 0; turn < MOST; turn++) {
    const match = EXPRESSION.exec(rest);
    if (match === null) return { value: rest, unless };
    const [whole, inside = ""] = match;
    const colon = inside.indexOf(":");
    const names = (colon === -1 ? inside : inside.slice(0, colon)).split(",").map((name) => name.trim());
    const given = names.map((name) => known.get(name)).find((value) => value !== undefined);
    // Tomcat writes `:-` where WildFly writes `:`.
    const otherwise = colon === -1 ? undefined : inside.slice(colon + 1).replace(/^-/, "");
    if (given === undefined) unless ??= names[0];
    const value = given ?? otherwise;
    if (value === undefined) return { value: undefined, unless };
    rest = rest.slice(0, match.index) + value + rest.slice(match.index + whole.length);
  }
  return { value: undefined, unless };
}

/** The value of an attribute; undefined for none. */
export function attributeValue(
  attribute: XmlAttribute | undefined,
  known: StartProperties,
): FileValue<string> | undefined {
  return attribute === undefined ? undefined : { ...resolved(attribute.value, known), place: attribute.place };
}
