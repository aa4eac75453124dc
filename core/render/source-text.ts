/** A piece of TypeScript that is written as it stands, such as a call. */
export interface Code {
  readonly code: string;
}

/** What a literal is written from; keys whose value is undefined are left out. */
export type SourceValue =
  string | number | boolean | Code | readonly SourceValue[] | { readonly [key: string]: SourceValue | undefined };

/** Widest line prettier is set to in generated files. */
const WIDTH = 120;

/** A statement `head(argument, argument);` in prettier's layout: on one line, or with its last argument opened up. */
export function callStatement(head: string, args: readonly SourceValue[], indent: number): string {
  const pad = " ".repeat(indent);
  const flat = `${pad}${head}(${args.map(flatSource).join(", ")});`;
  const last = args.at(-1);
  if (fits(flat) || last === undefined) return flat;
  const before = args.slice(0, -1).map((arg) => `${flatSource(arg)}, `);
  const opening = `${pad}${head}(${before.join("")}`;
  if (isList(last) || isSourceRecord(last)) {
    const opened = broken(last, indent);
    if (fits(`${opening}${opened.slice(0, 1)}`)) return `${opening}${opened});`;
  }
  const lines = args.map((arg) => `${pad}  ${source(arg, indent + 2, 1)},`);
  return `${pad}${head}(\n${lines.join("\n")}\n${pad});`;
}

/** A literal on one line. */
export function flatSource(value: SourceValue): string {
  if (typeof value === "string") return quotedSource(value);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (isCode(value)) return value.code;
  if (isList(value)) return `[${value.map(flatSource).join(", ")}]`;
  const rows = rowsOf(value).map(([key, item]) => `${keySource(key)}: ${flatSource(item)}`);
  return rows.length === 0 ? "{}" : `{ ${rows.join(", ")} }`;
}

/** A literal behind text that leaves `indent` and `reserved` columns less. */
function source(value: SourceValue, indent: number, reserved: number, before = 0): string {
  const flat = flatSource(value);
  if (indent + before + flat.length + reserved <= WIDTH) return flat;
  return isList(value) || isSourceRecord(value) ? broken(value, indent) : flat;
}

function broken(
  value: readonly SourceValue[] | { readonly [key: string]: SourceValue | undefined },
  indent: number,
): string {
  const pad = " ".repeat(indent);
  if (isList(value)) {
    const items = value.map((item) => `${pad}  ${source(item, indent + 2, 1)},\n`);
    return items.length === 0 ? "[]" : `[\n${items.join("")}${pad}]`;
  }
  const rows = rowsOf(value).map(([key, item]) => {
    const name = keySource(key);
    return `${pad}  ${name}: ${source(item, indent + 2, 1, name.length + 2)},\n`;
  });
  return rows.length === 0 ? "{}" : `{\n${rows.join("")}${pad}}`;
}

/** In double quotes, or in single ones where that saves escapes, as prettier writes it. */
export function quotedSource(text: string): string {
  const doubles = text.split('"').length;
  const singles = text.split("'").length;
  const json = JSON.stringify(text).replace(
    /[\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16)}`,
  );
  if (doubles <= singles) return json;
  return `'${json.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

function keySource(key: string): string {
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(key) ? key : quotedSource(key);
}

function rowsOf(value: {
  readonly [key: string]: SourceValue | undefined;
}): readonly (readonly [string, SourceValue])[] {
  return Object.entries(value).filter((row): row is [string, SourceValue] => row[1] !== undefined);
}

function fits(line: string): boolean {
  return line.length <= WIDTH;
}

function isCode(value: SourceValue): value is Code {
  return (
    isSourceRecord(value) &&
    typeof (value as { readonly code?: unknown }).code === "string" &&
    Object.keys(value).length === 1
  );
}

function isList(value: SourceValue): value is readonly SourceValue[] {
  return Array.isArray(value);
}

function isSourceRecord(value: SourceValue): value is { readonly [key: string]: SourceValue | undefined } {
  return typeof value === "object" && !isList(value);
}
