import {
  balancerNameIn,
  readBalancerMember,
  readExpression,
  readProxySet,
  readTemplate,
  withoutSettings,
} from "./balancers.js";
import { readFront } from "./front.js";
import { emptyScope, report } from "./read-state.js";
import { scopePlanOf } from "./scope-plan.js";
import type { ReadPlace } from "./read-state.js";
import { keepLine, keepRest, keptLines } from "./kept-text.js";
import { readLocation } from "./locations.js";
import { readPass, readReverse } from "./mounts.js";
import { readRewriteCondition, readRewriteEngine, readRewriteRule } from "./rewrite.js";
import { readAlias, readListen, readSetting, readSingle, SINGLE_DIRECTIVES, SETTING_NAMES } from "./servers.js";
import type { Statement } from "../run/statement.js";
import { readTls, TLS_DIRECTIVES } from "./tls.js";

type Reader = (where: ReadPlace, statement: Statement) => void;

const PROXY_DIRECTIVES: Readonly<Record<string, Reader>> = {
  balancermember: readBalancerMember,
  proxyset: readProxySet,
};

const DIRECTIVES: Readonly<Record<string, Reader>> = {
  ...PROXY_DIRECTIVES,
  ...Object.fromEntries(SINGLE_DIRECTIVES.map((name) => [name, readSingle])),
  ...Object.fromEntries([...SETTING_NAMES.keys()].map((name) => [name, readSetting])),
  ...Object.fromEntries(TLS_DIRECTIVES.map((name) => [name, readTls])),
  proxypass: readPass,
  proxypassmatch: readPass,
  proxypassreverse: readReverse("reverse"),
  proxypassreversecookiedomain: readReverse("cookie-domain"),
  proxypassreversecookiepath: readReverse("cookie-path"),
  proxyhctemplate: readTemplate,
  proxyhcexpr: readExpression,
  rewriteengine: readRewriteEngine,
  rewritecond: readRewriteCondition,
  rewriterule: readRewriteRule,
  serveralias: readAlias,
  listen: readListen,
};

const SECTIONS: Readonly<Record<string, Reader>> = {
  virtualhost: readVirtualHost,
  proxy: readProxy,
  location: (where, statement) => {
    readLocation(where, withoutSettings(where, statement));
  },
  locationmatch: (where, statement) => {
    readLocation(where, withoutSettings(where, statement));
  },
};

/** Executes statements in file order. */
export function readStatements(where: ReadPlace, statements: readonly Statement[]): void {
  for (const statement of statements) readStatement(where, statement);
}

function readStatement(where: ReadPlace, statement: Statement): void {
  const name = statement.name.toLowerCase();
  if (statement.children === undefined) {
    (own(DIRECTIVES, name) ?? keepLine)(where, statement);
    return;
  }
  (own(SECTIONS, name) ?? keepOther)(where, statement);
}

/** A section without a word of its own; nothing when only settings of balancers stood in it. */
function keepOther(where: ReadPlace, statement: Statement): void {
  const rest = withoutSettings(where, statement);
  if (statement.children?.length === 0 || rest.children?.length !== 0) keepLine(where, rest);
}

function readVirtualHost({ conf }: ReadPlace, statement: Statement): void {
  const scope = emptyScope(
    readFront(statement.children ?? []),
    scopePlanOf(statement.children ?? []),
    statement.words.map(({ text }) => text),
    statement.place,
  );
  conf.hosts.push(scope);
  report(conf, statement, "understood");
  readStatements({ conf, scope }, statement.children ?? []);
}

/** `<Proxy balancer://name key=value ...>`; every other `<Proxy>` is kept. */
function readProxy(where: ReadPlace, statement: Statement): void {
  const [target, ...words] = statement.words;
  const argument = target?.text ?? "";
  const name = balancerNameIn(argument);
  if (name === undefined) {
    keepOther(where, statement);
    return;
  }
  const executed = words.length > 0;
  if (!executed) report(where.conf, statement, "understood");
  const inside: ReadPlace = { ...where, section: { kind: "proxy", argument, opening: statement } };
  const left: Statement[] = [];
  for (const child of statement.children ?? []) {
    const reader = child.children === undefined ? own(PROXY_DIRECTIVES, child.name.toLowerCase()) : undefined;
    if (reader === undefined) left.push(child);
    else reader(inside, child);
  }
  if (executed) readProxySet(where, statement);
  keepInCluster(inside, left, name);
}

/**
 * What a balancer's section holds besides members and settings stays with the balancer, if it is written in the place
 * where it stood: behind it come kept lines, and other balancers in the order in which they were named.
 */
function keepInCluster(where: ReadPlace, left: readonly Statement[], name: string): void {
  const { scope, conf, section } = where;
  const [first] = left;
  if (first === undefined || section === undefined) return;
  const cluster = scope.clusters.get(name);
  const others = [...scope.clusters.values()];
  const isLast =
    cluster !== undefined && others.slice(others.indexOf(cluster) + 1).every(({ extra }) => extra.length === 0);
  const exactly = section.opening.words.length === 1 && section.argument === `balancer://${name}`;
  if (!isLast || !exactly || scope.addresses !== undefined || scope.keptKinds.has("proxy")) {
    keepRest(where, section.opening, left);
    return;
  }
  for (const value of keptLines(where, left)) cluster.extra.push({ value, place: first.place });
  for (const child of left) report(conf, child, "kept");
}

function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
