import { readParameter } from "../../vocabulary/codec.js";
import { SERVER_SETTINGS } from "../../vocabulary/settings.js";
import type { Parameter } from "../../vocabulary/parameter.js";
import type { Listen } from "../../topology/topology.js";
import { report } from "./read-state.js";
import type { GrowingConf, Located, ReadPlace } from "./read-state.js";
import { keepLine } from "./kept-text.js";
import type { Statement } from "../run/statement.js";

/** Setting by directive, both in lower case. */
export const SETTING_NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries<Parameter>(SERVER_SETTINGS).map(([name, { directive }]) => [(directive ?? name).toLowerCase(), name]),
);

/** Directives of which a layout has its own: they are written from it, not carried. */
const LAYOUT_DIRECTIVES = ["pidfile", "user", "group", "defaultruntimedir", "mutex"] as const;

/** Directives with one value a scope, the last one wins. */
export const SINGLE_DIRECTIVES = ["servername", ...LAYOUT_DIRECTIVES] as const;

/** Settings of the vocabulary: ProxyTimeout, ProxyPreserveHost, ... */
export function readSetting(where: ReadPlace, statement: Statement): void {
  const name = SETTING_NAMES.get(statement.name.toLowerCase()) ?? "";
  const parameter: Parameter | undefined = (SERVER_SETTINGS as Readonly<Record<string, Parameter>>)[name];
  const [value, ...others] = statement.words;
  if (parameter === undefined || value === undefined || others.length > 0 || where.section !== undefined) {
    keepLine(where, statement);
    return;
  }
  const none = new Set<string>();
  const context = { lbmethods: none, healthCheckTemplates: none, healthCheckExpressions: none, ajp: false };
  const reading = readParameter(parameter, value.text, context);
  if (!reading.ok) {
    keepLine(where, statement, "its value is none the topology has");
    return;
  }
  where.scope.settings.set(name, { value: reading.value, place: value.place });
  report(where.conf, statement, "understood");
}

/** ServerName and what the layout says. */
export function readSingle(where: ReadPlace, statement: Statement): void {
  where.scope.single.set(statement.name.toLowerCase(), statement);
  const fromLayout = (LAYOUT_DIRECTIVES as readonly string[]).includes(statement.name.toLowerCase());
  report(where.conf, statement, "understood", fromLayout ? "written from the layout" : undefined);
}

/** `ServerAlias name...` */
export function readAlias({ conf, scope }: ReadPlace, statement: Statement): void {
  for (const { text, place } of statement.words) scope.aliases.push({ value: text, place });
  report(conf, statement, "understood");
}

/** `Listen [address:]port`; one with a protocol that its port does not have anyway is kept. */
export function readListen(where: ReadPlace, statement: Statement): void {
  const listen = listenOf(statement);
  const [, protocol, ...more] = statement.words;
  if (listen === undefined || more.length > 0 || !isUsual(protocol?.text, listen)) {
    keepLine(where, statement);
    return;
  }
  where.conf.main.listens.push(statement);
  report(where.conf, statement, "understood");
}

/** `ap_set_listener` of server/listen.c: https on port 443, http elsewhere. */
function isUsual(protocol: string | undefined, { port }: Listen): boolean {
  return protocol === undefined || protocol.toLowerCase() === (port === 443 ? "https" : "http");
}

/** Addresses and ports httpd listens on. */
export function readListens(conf: GrowingConf): readonly Located<Listen>[] {
  return conf.main.listens.flatMap((statement) => {
    const value = listenOf(statement);
    return value === undefined ? [] : [{ value, place: statement.place }];
  });
}

function listenOf(statement: Statement): Listen | undefined {
  const text = statement.words[0]?.text ?? "";
  const match = /^(?:(\[[^\]]*\]|[^:[\]]*):)?([0-9]+)$/.exec(text);
  if (match === null) return undefined;
  const [, address] = match;
  return { ...(address === undefined || address === "*" ? {} : { address }), port: Number(match[2]) };
}
