import { isPattern } from "../../httpd/fnmatch.js";
import { accessOf, hasCompatAccess } from "./access/section-access.js";
import type { SaidAccess } from "./access/section-access.js";
import { mountedCluster } from "./mounted-cluster.js";
import { report } from "./read-state.js";
import type { GrowingMount, ReadPlace } from "./read-state.js";
import { keepLine, keepRest } from "./kept-text.js";
import { readPass, readReverse } from "./mounts.js";
import type { Statement } from "../run/statement.js";

const PASSES = ["proxypass", "proxypassmatch"];
const REVERSES = {
  proxypassreverse: "reverse",
  proxypassreversecookiedomain: "cookie-domain",
  proxypassreversecookiepath: "cookie-path",
} as const;

/**
 * `<Location path>`: a mount, a balancer-manager, or text; who may use it belongs to the mount or the manager where the
 * topology can say it at the place where the file said it. What is left over is kept in a section of its own, which
 * httpd merges with the others.
 */
export function readLocation(where: ReadPlace, statement: Statement): void {
  const [first, second] = statement.words.map(({ text }) => text);
  const argument = first === "~" ? second : first;
  const plain = argument !== undefined && statement.words.length === (first === "~" ? 2 : 1);
  const children = statement.children ?? [];
  if (plain && children.some(isNamed(PASSES)) && !isOddPrefix(statement, argument))
    readMountLocation(where, statement, argument);
  else if (plain && children.some(isManagerHandler)) readManagerLocation(where, statement, argument);
  else readOtherLocation(where, statement, argument ?? "");
}

/**
 * True where a section's expression is a prefix to the ProxyPass in it, as it holds no sign that makes a wildcard: httpd
 * compares it letter by letter, and a description has no word for that.
 */
function isOddPrefix({ name, words, children = [] }: Statement, argument: string): boolean {
  const expression = name.toLowerCase() === "locationmatch" || words[0]?.text === "~";
  return expression && !isPattern(argument) && children.some(isNamed(["proxypass"]));
}

function readMountLocation(where: ReadPlace, statement: Statement, argument: string): void {
  const { conf, scope } = where;
  const inside: ReadPlace = { ...where, section: { kind: "location", argument, opening: statement } };
  report(conf, statement, "understood");
  const access = scope.keptKinds.has("location") ? undefined : describedAccess(where, statement);
  const left: Statement[] = [];
  for (const child of statement.children ?? []) {
    const name = child.name.toLowerCase();
    if (PASSES.includes(name)) readPass(inside, child);
    else if (Object.hasOwn(REVERSES, name)) readReverse(REVERSES[name as keyof typeof REVERSES])(inside, child);
    else if (access?.statements.includes(child) === true) report(conf, child, "understood");
    else left.push(child);
  }
  const mount = scope.mounts.at(-1);
  if (access !== undefined && mount !== undefined) restrict(scope.mounts, mount, access.access);
  keepRest(where, statement, left);
}

/** Access control that stands for itself: not beside methods it is limited to, users, or a merge with other sections. */
function describedAccess({ conf }: ReadPlace, { children = [] }: Statement): SaidAccess | undefined {
  if (children.some(({ name }) => /^(?:auth|limit)/i.test(name))) return undefined;
  return hasCompatAccess(children) && !conf.translatable ? undefined : accessOf(children);
}

function restrict(mounts: GrowingMount[], last: GrowingMount, access: GrowingMount["mount"]["access"]): void {
  if (access === undefined) return;
  mounts[mounts.length - 1] = { ...last, mount: { ...last.mount, access } };
}

function readManagerLocation(where: ReadPlace, statement: Statement, argument: string): void {
  const { conf, scope } = where;
  const children = statement.children ?? [];
  const access = describedAccess(where, statement);
  const left = children.filter((child) => !isManagerHandler(child) && access?.statements.includes(child) !== true);
  if (access === undefined || left.length > 0) {
    keepLine(where, statement, "its access control is none the topology has a word for");
    return;
  }
  if (scope.managers.length > 0 || !isDescribedAlike(where, statement, argument)) {
    keepLine(where, statement, "described, it would stand in front of other lines of the file");
    return;
  }
  scope.managers.push({ value: { path: argument, access: access.access }, place: statement.place });
  report(conf, statement, "understood");
  for (const child of children) report(conf, child, "understood");
}

/** True when a balancer-manager is where a description has it: at a plain path, which no mount hides. */
function isDescribedAlike({ scope }: ReadPlace, statement: Statement, argument: string): boolean {
  const { plan, keptKinds } = scope;
  const isPath = statement.name.toLowerCase() === "location" && statement.words.length === 1 && !isPattern(argument);
  return isPath && !keptKinds.has("location") && !plan.mountsInSections && plan.isShown(argument);
}

/** A section that httpd itself serves, or a handler that leads to a balancer. */
function readOtherLocation(where: ReadPlace, statement: Statement, argument: string): void {
  const handler = (statement.children ?? []).find(isNamed(["sethandler"]))?.words[0]?.text ?? "";
  const target = /^proxy:/i.test(handler) ? handler.slice("proxy:".length) : "";
  const to = mountedCluster(target, undefined);
  const isPath = statement.words.length === 1 && statement.name.toLowerCase() === "location";
  if (typeof to === "object" && !to.cluster.includes("$") && isPath) {
    where.scope.mounts.push({ mount: { path: argument, via: "handler", to, reverse: [] }, place: statement.place });
  }
  keepLine(where, statement);
}

function isNamed(names: readonly string[]): (statement: Statement) => boolean {
  return ({ name, children }) => children === undefined && names.includes(name.toLowerCase());
}

function isManagerHandler(statement: Statement): boolean {
  return isNamed(["sethandler"])(statement) && statement.words[0]?.text === "balancer-manager";
}
