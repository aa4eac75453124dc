import { BALANCER_PARAMETERS } from "../../vocabulary/balancer.js";
import { HEALTH_CHECK_PARAMETERS } from "../../vocabulary/health-check.js";
import { WORKER_PARAMETERS } from "../../vocabulary/worker.js";
import { cutBraced } from "../run/directives/health-checks.js";
import { cutWord } from "../text/words.js";
import { report } from "./read-state.js";
import type { GrowingCluster, GrowingParameters, Located, Where } from "./read-state.js";
import { setParameters, splitParameter } from "./parameters.js";
import { SharedWorkers, workerName } from "../../httpd/shared-workers.js";
import type { SourcePlace } from "../../vocabulary/place.js";
import type { Statement, StatementWord } from "../run/statement.js";
import type { HealthCheckParameters } from "../../vocabulary/health-check.js";
import type { ParameterTable, ParameterValue } from "../../vocabulary/parameter.js";

/** The name of a balancer in a URL or argument, in lower case and without its path; undefined for anything else. */
export function balancerNameIn(text: string): string | undefined {
  return /^balancer:\/\/([^/?#]*)/i.exec(text)?.[1]?.toLowerCase();
}

/** The balancer of that name in this server or virtual host, defined now if it is not yet. */
export function definedCluster({ scope, section }: Where, name: string, at: SourcePlace): GrowingCluster {
  const known = scope.clusters.get(name);
  if (known !== undefined) return known;
  const place = section?.kind === "proxy" ? section.opening.place : at;
  const cluster: GrowingCluster = { name, place, parameters: new Map(), members: new SharedWorkers(), extra: [] };
  scope.clusters.set(name, cluster);
  return cluster;
}

/** `BalancerMember [balancer://name] url key=value ...`: `add_member` of modules/proxy/mod_proxy.c. */
export function readBalancerMember(where: Where, statement: Statement): void {
  const plain = statement.words.filter(({ text }) => !text.includes("="));
  const parameters = statement.words.filter(({ text }) => text.includes("="));
  const inside = where.section?.argument;
  const path = plain.length > 1 || inside === undefined ? plain[0]?.text : inside;
  const url = plain.length > 1 || inside === undefined ? plain[1] : plain[0];
  const name = path === undefined ? undefined : balancerNameIn(path);
  if (name === undefined || url === undefined) {
    report(where.conf, statement, "lost", "it names no balancer and no backend");
    return;
  }
  const cluster = definedCluster(where, name, statement.place);
  const shared = cluster.members.shared(url.text);
  if (shared !== undefined) {
    const why = `httpd takes it for the member '${shared.url}' and drops it with its parameters (AH01150)`;
    report(where.conf, statement, "ignored", why);
    return;
  }
  const twin = cluster.members.named(workerName(url.text));
  const own = twin?.parameters ?? new Map<string, Located<ParameterValue>>();
  cluster.members.add(workerName(url.text), { url: url.text, word: url, parameters: own });
  if (twin !== undefined) {
    const why = `a second entry for '${twin.url}', whose parameters and counters httpd uses for both`;
    report(where.conf, statement, "understood", why);
    return;
  }
  reportSet(where, statement, setParameters(where.conf, WORKER_PARAMETERS, parameters, own));
}

/** A section without the settings that name their balancer themselves: those are executed wherever they stand. */
export function withoutSettings(where: Where, statement: Statement): Statement {
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

/** `ProxySet [balancer://name|url] key=value ...` */
export function readProxySet(where: Where, statement: Statement): void {
  const [first, ...others] = statement.words;
  const inside = where.section?.argument;
  const target = inside ?? first?.text ?? "";
  setOn(where, { statement, target, words: inside === undefined ? others : statement.words });
}

/** Arguments of `<Proxy target key=value ...>`, which httpd executes after what stands in the section. */
export function setOn(
  where: Where,
  given: { readonly statement: Statement; readonly target: string; readonly words: readonly StatementWord[] },
): void {
  const { statement, target, words } = given;
  const name = balancerNameIn(target);
  if (name !== undefined) {
    const cluster = definedCluster(where, name, statement.place);
    reportSet(where, statement, setParameters(where.conf, BALANCER_PARAMETERS, words, cluster.parameters));
    return;
  }
  const worker = where.scope.workers.shared(target);
  if (worker === undefined) {
    report(where.conf, statement, "ignored", `nothing is proxied to '${target}' outside balancers`);
    return;
  }
  reportSet(where, statement, setParameters(where.conf, WORKER_PARAMETERS, words, worker.parameters));
}

/** `ProxyHCTemplate name key=value ...` */
export function readTemplate({ conf }: Where, statement: Statement): void {
  const [name, ...words] = statement.words;
  if (name === undefined) return;
  const parameters: GrowingParameters = new Map();
  const complaints = setParameters(conf, HEALTH_CHECK_PARAMETERS, words, parameters);
  const value = { name: name.text, parameters: plainValues(parameters) as HealthCheckParameters };
  conf.templates.push({ value, place: name.place });
  report(conf, statement, complaints.length > 0 ? "lost" : "understood", complaints.join("; ") || undefined);
}

/** `ProxyHCExpr name {expression}` */
export function readExpression({ conf }: Where, statement: Statement): void {
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

/** True when every word but the first is a parameter of the table. */
export function areParametersOf(table: ParameterTable, words: readonly StatementWord[]): boolean {
  return words.every(({ text }) => Object.hasOwn(table, splitParameter(text)?.key ?? ""));
}

function reportSet({ conf }: Where, statement: Statement, complaints: readonly string[]): void {
  if (complaints.length > 0) report(conf, statement, "lost", complaints.join("; "));
  else report(conf, statement, "understood");
}
