import {
  areParametersOf,
  balancerNameIn,
  readBalancerMember,
  readExpression,
  readProxySet,
  readTemplate,
  setOn,
} from "./balancers.js";
import { BALANCER_PARAMETERS } from "../../vocabulary/balancer.js";
import { emptyScope, report } from "./growing.js";
import type { Where } from "./growing.js";
import { keepLine, sectionLines } from "./keep.js";
import { readLocation } from "./locations.js";
import { readPass, readReverse } from "./mounts.js";
import { readRewriteCondition, readRewriteEngine, readRewriteRule } from "./rewrite.js";
import {
  readAlias,
  readListen,
  readModule,
  readSetting,
  readSingle,
  SINGLE_DIRECTIVES,
  SETTING_NAMES,
} from "./servers.js";
import type { Statement } from "./statement.js";

type Reader = (where: Where, statement: Statement) => void;

const PROXY_DIRECTIVES: Readonly<Record<string, Reader>> = {
  balancermember: readBalancerMember,
  proxyset: readProxySet,
};

const DIRECTIVES: Readonly<Record<string, Reader>> = {
  ...PROXY_DIRECTIVES,
  ...Object.fromEntries(SINGLE_DIRECTIVES.map((name) => [name, readSingle])),
  ...Object.fromEntries([...SETTING_NAMES.keys()].map((name) => [name, readSetting])),
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
  loadmodule: readModule,
};

const SECTIONS: Readonly<Record<string, Reader>> = {
  virtualhost: readVirtualHost,
  proxy: readProxy,
  location: readLocation,
  locationmatch: readLocation,
};

/** Executes statements in file order. */
export function readStatements(where: Where, statements: readonly Statement[]): void {
  for (const statement of statements) readStatement(where, statement);
}

function readStatement(where: Where, statement: Statement): void {
  const name = statement.name.toLowerCase();
  if (statement.children === undefined) {
    (own(DIRECTIVES, name) ?? keepLine)(where, statement);
    return;
  }
  (own(SECTIONS, name) ?? keepLine)(where, statement);
}

function readVirtualHost({ conf }: Where, statement: Statement): void {
  const scope = emptyScope(
    statement.words.map(({ text }) => text),
    statement.place,
  );
  conf.hosts.push(scope);
  report(conf, statement, "understood");
  readStatements({ conf, scope }, statement.children ?? []);
}

/** `<Proxy balancer://name key=value ...>`; every other `<Proxy>` is kept. */
function readProxy(where: Where, statement: Statement): void {
  const [target, ...words] = statement.words;
  const argument = target?.text ?? "";
  const name = balancerNameIn(argument);
  if (name === undefined) {
    keepLine(where, statement);
    return;
  }
  report(where.conf, statement, "understood");
  const inside: Where = { ...where, section: { kind: "proxy", argument, opening: statement } };
  for (const child of statement.children ?? []) {
    const reader = child.children === undefined ? own(PROXY_DIRECTIVES, child.name.toLowerCase()) : undefined;
    if (reader !== undefined) reader(inside, child);
    else keepInCluster(inside, child, name);
  }
  if (words.length > 0 && areParametersOf(BALANCER_PARAMETERS, words))
    setOn(where, { statement, target: argument, words });
}

function keepInCluster(where: Where, statement: Statement, name: string): void {
  const cluster = where.scope.clusters.find((known) => known.name === name);
  if (cluster === undefined) {
    keepLine(where, statement);
    return;
  }
  for (const line of sectionLines(statement)) cluster.extra.push({ value: line, place: statement.place });
  report(where.conf, statement, "kept");
}

function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
