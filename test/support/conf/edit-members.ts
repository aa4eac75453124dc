import { argumentsOf } from "../../../core/conf/text/arguments.js";
import { toUnicode } from "../../../core/httpd/bytes.js";
import { insertInto, removeNode, setParameters } from "../../../core/conf/text/edit.js";
import type { Edit } from "../../../core/conf/text/edit.js";
import type { Directive, Node, Section, Tree } from "../../../core/conf/text/tree.js";

/** Every `<Proxy balancer://name ...>` of a file, in any case, in the order of the file. */
export function findBalancers({ text, nodes }: Tree, name: string): readonly Section[] {
  const wanted = `balancer://${name}`.toLowerCase();
  const found: Section[] = [];
  const waiting: Node[] = [...nodes].reverse();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.kind !== "section") continue;
    const argument = toUnicode(argumentsOf(text, node)[0]?.text ?? "").toLowerCase();
    if (node.name.toLowerCase() === "proxy" && argument.replace(/(?<=\/\/[^/]*)\/.*$/, "") === wanted) found.push(node);
    waiting.push(...[...node.children].reverse());
  }
  return found;
}

/** BalancerMember lines that stand in a section, with the URL each names. */
export function membersIn(
  { text }: Tree,
  section: Section,
): readonly { readonly node: Directive; readonly url: string }[] {
  return section.children.flatMap((node) => {
    if (node.kind !== "directive" || node.name.toLowerCase() !== "balancermember") return [];
    const url = argumentsOf(text, node).findLast((word) => !word.text.includes("="));
    return url === undefined ? [] : [{ node, url: toUnicode(url.text) }];
  });
}

/**
 * Makes a section have a member with these parameters: changes the first one with that URL, or adds one behind the
 * last member in the style of its neighbours. Parameters not named stay. No edit when all is so already.
 */
export function putMember(
  tree: Tree,
  section: Section,
  url: string,
  parameters: Readonly<Record<string, string>>,
): readonly Edit[] {
  const member = membersIn(tree, section).find((known) => known.url === url);
  if (member === undefined) {
    const words = [url, ...Object.entries(parameters).map(([key, value]) => `${key}=${value}`)];
    return insertInto(tree, section, { name: "BalancerMember", words });
  }
  return setParameters(tree, member.node, parameters);
}

/** Takes all members with a URL out of a section. */
export function removeMember(tree: Tree, section: Section, url: string): readonly Edit[] {
  const members = membersIn(tree, section).filter((known) => known.url === url);
  return members.flatMap(({ node }) => removeNode(tree, node));
}
