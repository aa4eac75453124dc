import { accessOf } from "./access/section-access.js";
import { balancerNameIn } from "./balancers.js";
import { report } from "./read-state.js";
import type { GrowingMount, Where } from "./read-state.js";
import { keepLine, keptLines, wrapped } from "./kept-text.js";
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
 * topology can say it. What is left over is kept in a section of its own, which httpd merges with the others.
 */
export function readLocation(where: Where, statement: Statement): void {
  const argument = statement.words[0]?.text ?? "";
  const children = statement.children ?? [];
  const plain = statement.words.length === 1;
  const pass = children.find(isNamed(PASSES));
  if (plain && pass !== undefined) readMountLocation(where, statement, argument);
  else if (plain && children.some(isManagerHandler)) readManagerLocation(where, statement, argument);
  else readOtherLocation(where, statement, argument);
}

function readMountLocation(where: Where, statement: Statement, argument: string): void {
  const { conf, scope } = where;
  const inside: Where = { ...where, section: { kind: "location", argument, opening: statement } };
  report(conf, statement, "understood");
  const access = accessOf(statement.children ?? []);
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
  keepRest(inside, statement, left);
}

function restrict(mounts: GrowingMount[], last: GrowingMount, access: GrowingMount["mount"]["access"]): void {
  if (access === undefined) return;
  mounts[mounts.length - 1] = { ...last, mount: { ...last.mount, access } };
}

function readManagerLocation(where: Where, statement: Statement, argument: string): void {
  const { conf, scope } = where;
  const children = statement.children ?? [];
  const access = accessOf(children);
  const left = children.filter((child) => !isManagerHandler(child) && access?.statements.includes(child) !== true);
  if (access === undefined || left.length > 0 || scope.managers.length > 0) {
    keepLine(where, statement, "its access control is none the topology has a word for");
    return;
  }
  scope.managers.push({ value: { path: argument, access: access.access }, place: statement.place });
  report(conf, statement, "understood");
  for (const child of children) report(conf, child, "understood");
}

/** A section that httpd itself serves, or a handler that leads to a balancer. */
function readOtherLocation(where: Where, statement: Statement, argument: string): void {
  const handler = (statement.children ?? []).find(isNamed(["sethandler"]))?.words[0]?.text ?? "";
  const target = /^proxy:/i.test(handler) ? handler.slice("proxy:".length) : "";
  const cluster = balancerNameIn(target);
  const isPath = statement.words.length === 1 && statement.name.toLowerCase() === "location";
  if (cluster !== undefined && isPath) {
    const to = { kind: "cluster", cluster, path: target.slice("balancer://".length + cluster.length) } as const;
    where.scope.mounts.push({ mount: { path: argument, via: "handler", to, reverse: [] }, place: statement.place });
  }
  keepLine(where, statement);
}

function keepRest(where: Where, opening: Statement, left: readonly Statement[]): void {
  if (left.length === 0) return;
  for (const value of wrapped(opening, keptLines(where, left))) where.scope.extra.push({ value, place: opening.place });
  for (const child of left) report(where.conf, child, "kept");
}

function isNamed(names: readonly string[]): (statement: Statement) => boolean {
  return ({ name, children }) => children === undefined && names.includes(name.toLowerCase());
}

function isManagerHandler(statement: Statement): boolean {
  return isNamed(["sethandler"])(statement) && statement.words[0]?.text === "balancer-manager";
}
