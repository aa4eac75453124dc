import { cutBraced } from "../run/directives/health-checks.js";
import { splitBalancerUrl } from "../../httpd/balancer-name.js";
import { cutWord } from "../../httpd/word.js";
import { report } from "./read-state.js";
import type { GrowingCluster, GrowingParameters, Located, ReadPlace } from "./read-state.js";
import { setValues } from "./parameters.js";
import type { Worker } from "../run/effects.js";
import { effectOf } from "../run/statement.js";
import { toUnicode } from "../../httpd/bytes.js";
import type { SourcePlace } from "../../vocabulary/place.js";
import type { Statement } from "../run/statement.js";
import type { HealthCheckParameters } from "../../vocabulary/health-check.js";
import type { ParameterValue } from "../../vocabulary/parameter.js";

/** The name of a balancer in a URL or argument, in lower case and without its path; undefined for anything else. */
export function balancerNameIn(text: string): string | undefined {
  return splitBalancerUrl(text)?.name.toLowerCase();
}

/** The balancer of that name in this server or virtual host, defined now if it is not yet. */
export function definedCluster({ scope, section }: ReadPlace, name: string, at: SourcePlace): GrowingCluster {
  const known = scope.clusters.get(name);
  if (known !== undefined) return known;
  const place = section?.kind === "proxy" ? section.opening.place : at;
  const cluster: GrowingCluster = { name, place, parameters: new Map(), members: [], extra: [] };
  scope.clusters.set(name, cluster);
  return cluster;
}

/** `BalancerMember [balancer://name] url key=value ...`: what `add_member` came to. */
export function readBalancerMember(where: ReadPlace, statement: Statement): void {
  const effect = effectOf(statement, "member");
  const name = balancerNameIn(effect?.balancer ?? "");
  const word = effect === undefined ? undefined : statement.words[effect.at];
  if (effect === undefined || word === undefined || name === undefined) {
    report(where.conf, statement, "lost", "httpd refuses it");
    return;
  }
  const { members } = definedCluster(where, name, statement.place);
  const { worker, fate, settings } = effect;
  if (fate === "shared") {
    const why = `httpd takes it for the member '${toUnicode(worker.url)}' and drops it with its parameters (AH01150)`;
    report(where.conf, statement, "ignored", why);
    return;
  }
  const twin = members.find((known) => known.worker === worker);
  const parameters: GrowingParameters = twin?.parameters ?? new Map<string, Located<ParameterValue>>();
  members.push({ url: word.text, word, worker, parameters });
  if (fate === "twin") {
    const why = `a second entry for '${toUnicode(worker.url)}', whose parameters and counters httpd uses for both`;
    report(where.conf, statement, "understood", why);
    return;
  }
  setValues(statement, settings, parameters);
  report(where.conf, statement, "understood");
}

/** A section without the settings that name their balancer themselves: those are executed wherever they stand. */
export function withoutSettings(where: ReadPlace, statement: Statement): Statement {
  const kept = (statement.children ?? []).flatMap((child): readonly Statement[] => {
    if (child.children !== undefined) return [withoutSettings(where, child)];
    const name = child.name.toLowerCase();
    const named = balancerNameIn(child.words.find(({ text }) => !text.includes("="))?.text ?? "") !== undefined;
    if (name !== "proxyset" || !named) return [child];
    readProxySet(where, child);
    return [];
  });
  return { ...statement, children: kept };
}

/** `ProxySet [balancer://name|url] key=value ...`, and the arguments of `<Proxy target key=value ...>`. */
export function readProxySet(where: ReadPlace, statement: Statement): void {
  const effect = effectOf(statement, "set");
  if (effect === undefined) {
    report(where.conf, statement, "lost", "httpd refuses it");
    return;
  }
  const { on, settings } = effect;
  const name = typeof on === "string" ? balancerNameIn(on) : undefined;
  const into =
    name === undefined
      ? where.scope.workers.get(on as Worker)?.parameters
      : definedCluster(where, name, statement.place).parameters;
  if (into === undefined) {
    const target = typeof on === "string" ? on : on.url;
    report(where.conf, statement, "ignored", `nothing is proxied to '${toUnicode(target)}' outside balancers`);
    return;
  }
  setValues(statement, settings, into);
  report(where.conf, statement, "understood");
}

/** `ProxyHCTemplate name key=value ...` */
export function readTemplate({ conf }: ReadPlace, statement: Statement): void {
  const [name] = statement.words;
  const effect = effectOf(statement, "template");
  if (name === undefined || effect === undefined) {
    report(conf, statement, "lost", "httpd refuses it");
    return;
  }
  const parameters: GrowingParameters = new Map();
  setValues(statement, effect.settings, parameters);
  const value = { name: name.text, parameters: plainValues(parameters) as HealthCheckParameters };
  conf.templates.push({ value, place: name.place });
  report(conf, statement, "understood");
}

/** `ProxyHCExpr name {expression}` */
export function readExpression({ conf }: ReadPlace, statement: Statement): void {
  const [name] = statement.words;
  const cut = cutWord(statement.text, cutWord(statement.text, 0)?.next ?? 0);
  if (name === undefined || cut === undefined) return;
  const expression = cutBraced(statement.text, cut.next).text;
  conf.expressions.push({ value: { name: name.text, expression }, place: name.place });
  report(conf, statement, "understood");
}

/** Values without their places. */
export function plainValues(
  parameters: ReadonlyMap<string, Located<ParameterValue>>,
): Readonly<Record<string, ParameterValue>> {
  return Object.fromEntries([...parameters].map(([key, { value }]) => [key, value]));
}
