import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** An argument or a value of a resource. */
export interface Attribute {
  readonly name: string;
  /** In the words of Terraform's type system, such as `"string"` or `["list", "string"]`. */
  readonly type: unknown;
  readonly required: boolean;
  readonly optional: boolean;
  readonly computed: boolean;
}

/** A part of a resource that is written as a block. */
export interface NestedBlock {
  readonly name: string;
  readonly nesting: "list" | "set" | "single";
  readonly block: Block;
}

/** What may be written in a resource. */
export interface Block {
  readonly attributes: readonly Attribute[];
  readonly blocks: readonly NestedBlock[];
}

/** Types as the bindings name them. */
const TYPES: Readonly<Record<string, unknown>> = {
  string: "string",
  number: "number",
  boolean: "bool",
  stringList: "string",
  numberList: "number",
  stringMap: "string",
  anyMap: "dynamic",
};

interface Entry {
  readonly name: string;
  readonly value: string;
  readonly isBlock: boolean;
  readonly type: string;
  readonly storage: string;
}

/**
 * The schema of a resource, read from the text of its binding, which is generated from the provider's own: each value has
 * its name, its type and whether it must, may or will be there.
 *
 * @param folder - of the resource in the binding's package, such as `lib/container`
 */
export function schemaOf(folder: string): { readonly type: string; readonly block: Block } {
  const structs = join(folder, "index-structs");
  const files = [join(folder, "index.js")];
  if (existsSync(structs))
    for (const name of readdirSync(structs)) if (name.endsWith(".js")) files.push(join(structs, name));
  const text = files.map((file) => readFileSync(file, "utf8").replace(/^\/\/# sourceMappingURL=.*$/m, "")).join("\n");
  const type = /\.tfResourceType = "(\w+)"/.exec(text)?.[1];
  const main = /synthesizeHclAttributes\(\) \{([\s\S]*?)\n {4}\}/.exec(text)?.[1];
  const name = /class (\w+) extends cdktf\.TerraformResource/.exec(text)?.[1];
  if (type === undefined || main === undefined || name === undefined) throw new Error(`no resource in ${folder}`);
  const block = blockOf(text, entriesOf(main), name);
  return { type, block: { ...block, attributes: block.attributes.map(madeByProvider) } };
}

/** Bindings do not say that the provider gives a resource its id. */
function madeByProvider(attribute: Attribute): Attribute {
  return attribute.name === "id" ? { ...attribute, computed: true } : attribute;
}

function blockOf(text: string, entries: readonly Entry[], owner: string): Block {
  const flags = flagsOf(text, owner);
  const attributes: Attribute[] = [];
  const blocks: NestedBlock[] = [];
  for (const entry of entries) {
    if (entry.isBlock) blocks.push({ name: entry.name, nesting: nestingOf(entry), block: nested(text, entry) });
    else attributes.push({ name: entry.name, type: typeOf(entry), ...flagOf(flags, entry.name) });
  }
  const known = new Set(entries.map(({ name }) => name));
  for (const [name, flag] of flags)
    if (!known.has(name) && flag.computed) attributes.push({ name, type: "string", ...flag });
  return { attributes, blocks };
}

function entriesOf(body: string): readonly Entry[] {
  const pattern =
    /^ +(\w+): \{\n +value: ([^\n]*),\n +isBlock: (true|false),\n +type: "(\w+)",\n +storageClassType: "(\w+)",/gm;
  return Array.from(body.matchAll(pattern), ([, name = "", value = "", block, type = "", storage = ""]) => ({
    name,
    value,
    isBlock: block === "true",
    type,
    storage,
  }));
}

function nestingOf({ type }: Entry): NestedBlock["nesting"] {
  return type === "struct" ? "single" : type === "set" ? "set" : "list";
}

/** The block that an entry's own function writes. */
function nested(text: string, { name, value }: Entry): Block {
  const writer = /(\w+)ToHclTerraform/.exec(value.replaceAll("cdktf.listMapperHcl", ""))?.[1];
  if (writer === undefined) throw new Error(`nothing writes ${name}: ${value}`);
  const body = new RegExp(`function ${writer}ToHclTerraform\\(struct\\) \\{([\\s\\S]*?)\\n\\}`).exec(text)?.[1];
  if (body === undefined) throw new Error(`${writer}ToHclTerraform is not there`);
  const struct = `${writer.slice(0, 1).toUpperCase()}${writer.slice(1)}`;
  return blockOf(text, entriesOf(body), `${struct}OutputReference`);
}

function typeOf({ name, type, storage }: Entry): unknown {
  const inner = TYPES[storage];
  if (inner === undefined) throw new Error(`${name} is of an unknown type ${storage}`);
  return type === "simple" || inner === "dynamic" ? inner : [type, inner];
}

type Flag = Pick<Attribute, "required" | "optional" | "computed">;

/** What the remarks of a class say of each value. */
function flagsOf(text: string, owner: string): ReadonlyMap<string, Flag> {
  const start = text.indexOf(`class ${owner} extends`);
  const body = start < 0 ? "" : text.slice(start, text.indexOf("\n}\n", start));
  const pattern = /\/\/ (\w+) - computed: (true|false), optional: (true|false), required: (true|false)/g;
  return new Map(
    Array.from(body.matchAll(pattern), ([, name = "", computed, optional, required]) => [
      name,
      { computed: computed === "true", optional: optional === "true", required: required === "true" },
    ]),
  );
}

function flagOf(flags: ReadonlyMap<string, Flag>, name: string): Flag {
  return flags.get(name) ?? { required: false, optional: true, computed: false };
}
