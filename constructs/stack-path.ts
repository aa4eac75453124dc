import { TerraformStack } from "./cdktf.js";
import type { IConstruct } from "constructs";

/**
 * The folder of a construct's files below its stack's folder: one step an id. Two constructs of a stack never share
 * one: what is no letter, digit, `_`, `-` or inner dot is written as the hexadecimal numbers of its UTF-8 bytes.
 */
export function folderOf(construct: IConstruct): string {
  const above = TerraformStack.of(construct).node.scopes.length;
  return construct.node.scopes
    .slice(above)
    .map(({ node }) => stepOf(node.id))
    .join("/");
}

/** A leading dot would hide the folder, and `..` would leave the stack's. */
function stepOf(id: string): string {
  return id.replace(/[^A-Za-z0-9._-]|^\./gu, hexadecimal);
}

function hexadecimal(character: string): string {
  return [...new TextEncoder().encode(character)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
}
