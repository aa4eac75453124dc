import { BALANCER_PARAMETERS } from "../vocabulary/balancer.js";
import { printParameter } from "../vocabulary/codec.js";
import { HEALTH_CHECK_PARAMETERS } from "../vocabulary/health-check.js";
import type { ParameterTable, ParameterValue } from "../vocabulary/parameter.js";
import { tableWords } from "../vocabulary/table-words.js";
import { WORKER_PARAMETERS } from "../vocabulary/worker.js";
import { effectiveBalancer } from "../topology/effective.js";
import type { Cluster, HealthCheckExpression, HealthCheckTemplate, RouteCookie } from "../topology/topology.js";
import type { Pointer } from "../vocabulary/problem.js";
import { directive, line } from "./line.js";
import type { WrittenLine } from "./line.js";
import { aside, given, metSection } from "./piece.js";
import type { Piece } from "./piece.js";
import { quoteExpression, quoteWord } from "../httpd/quote.js";

/** `<Proxy balancer://name>` with its members, settings, route cookie and own lines. */
export function writeCluster(cluster: Cluster, at: Pointer): Piece {
  const { name, extra } = cluster;
  const body = [aside(() => writeBalancer(cluster)), ...given(extra, `${at}/extra`)];
  return metSection("Proxy", [`balancer://${name}`], at, body);
}

function writeBalancer(cluster: Cluster): readonly WrittenLine[] {
  const { members, parameters, routeCookie } = cluster;
  return [
    ...members.map((member) =>
      directive("BalancerMember", member.url, ...writeParameters(WORKER_PARAMETERS, member.parameters)),
    ),
    ...writeParameters(BALANCER_PARAMETERS, parameters).map((word) => directive("ProxySet", word)),
    ...(routeCookie === undefined ? [] : [writeRouteCookie(routeCookie, effectiveBalancer(cluster).separator)]),
  ];
}

/** `key=value` words in the order of the table, so that `hctemplate` comes before what overrides it. */
export function writeParameters(table: ParameterTable, values: object): readonly string[] {
  const given = values as Readonly<Record<string, ParameterValue | undefined>>;
  const words: string[] = [];
  for (const word of tableWords(table)) {
    const value = given[word];
    const parameter = table[word];
    if (value !== undefined && parameter !== undefined) words.push(`${word}=${printParameter(parameter, value)}`);
  }
  return words;
}

/** ProxyHCExpr and ProxyHCTemplate lines, expressions first: templates may name them. */
export function writeHealthChecks(
  templates: readonly HealthCheckTemplate[],
  expressions: readonly HealthCheckExpression[],
): readonly WrittenLine[] {
  return [
    ...expressions.map(({ name, expression }) => line("ProxyHCExpr", quoteWord(name), quoteExpression(expression))),
    ...templates.map(({ name, parameters }) =>
      directive("ProxyHCTemplate", name, ...writeParameters(HEALTH_CHECK_PARAMETERS, parameters)),
    ),
  ];
}

/**
 * The manual's recipe for applications that put no route into their sessions: httpd sets a cookie with the route
 * whenever it chose another member. Inside `<Proxy>`, so that responses of other clusters do not get it.
 */
function writeRouteCookie({ name, path, secure }: RouteCookie, separator: string): WrittenLine {
  const before = separator === "Off" ? "" : separator;
  const attributes = [`path=${path ?? "/"}`, "HttpOnly", ...(secure === false ? [] : ["Secure"]), "SameSite=Lax"];
  const value = `${name}=${before.replace("%", "%%")}%{BALANCER_WORKER_ROUTE}e; ${attributes.join("; ")}`;
  return directive("Header", "add", "Set-Cookie", value, "env=BALANCER_ROUTE_CHANGED");
}
