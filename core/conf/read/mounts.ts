import { fromUnicode, toUnicode } from "../../httpd/bytes.js";
import { matcherOf } from "../../httpd/regex.js";
import type { Mount, MountKeyword, MountTarget } from "../../topology/topology.js";
import { balancerNameIn, definedCluster } from "./balancers.js";
import { keepLine } from "./kept-text.js";
import { mountedCluster } from "./mounted-cluster.js";
import { report } from "./read-state.js";
import type { GrowingReverse, GrowingWorker, ReadPlace } from "./read-state.js";
import { setValues } from "./parameters.js";
import type { Effect, Worker } from "../run/effects.js";
import { effectOf } from "../run/statement.js";
import type { Statement } from "../run/statement.js";

const KEYWORDS: readonly MountKeyword[] = ["nocanon", "interpolate", "noquery"];

/** `ProxyPass`, `ProxyPassMatch`: what `add_pass` came to. */
export function readPass(where: ReadPlace, statement: Statement): void {
  const effect = effectOf(statement, "mount");
  if (effect === undefined) {
    report(where.conf, statement, "lost", "httpd refuses it");
    return;
  }
  const path = toUnicode(effect.path);
  const match = isMatch(where, statement);
  const target = targetOf(where, statement, effect, match ? path : undefined);
  if (target === "unknown") {
    keepLine(where, statement, "its balancer is named by what the path holds");
    return;
  }
  const { to, worker } = target;
  const keywords = KEYWORDS.filter((keyword) => effect.keywords.includes(keyword));
  const mount: Mount = {
    path,
    ...(match ? { match: true } : {}),
    to,
    ...(where.section?.kind === "location" ? { inLocation: true } : {}),
    ...(keywords.length > 0 ? { keywords } : {}),
  };
  where.scope.mounts.push({ mount, place: statement.place, ...(worker === undefined ? {} : { worker }) });
  if (match && matcherOf(fromUnicode(path)) === undefined) {
    const why = "its expression has no meaning to the model, which lets it match nothing";
    report(where.conf, statement, "understood", why);
    return;
  }
  const lost = effect.mapping === undefined ? undefined : `${effect.mapping}: unknown parameter`;
  report(where.conf, statement, lost === undefined ? "understood" : "lost", lost);
}

/** ProxyPassReverse, ProxyPassReverseCookieDomain and -Path: joined with their mount when all mounts are known. */
export function readReverse(kind: GrowingReverse["kind"]) {
  return (where: ReadPlace, statement: Statement): void => {
    const [first, second, third] = statement.words.map(({ text }) => text);
    const section = where.section?.kind === "location" ? where.section.argument : undefined;
    const located = section !== undefined && kind === "reverse";
    const from = located ? section : first;
    const to = located ? first : second;
    const interpolated = third !== undefined || (located && second !== undefined);
    if (from === undefined || to === undefined || interpolated) {
      keepLine(where, statement);
      return;
    }
    where.scope.reverses.push({ kind, from, to, statement, ...(section === undefined ? {} : { section }) });
    report(where.conf, statement, "understood");
  };
}

/** True for a mount whose path is an expression, by its directive, by `~` or by its section. */
function isMatch({ section }: ReadPlace, { name, words }: Statement): boolean {
  if (name.toLowerCase() === "proxypassmatch") return true;
  if (section === undefined) return words[0]?.text === "~";
  return section.opening.name.toLowerCase() === "locationmatch" || section.opening.words[0]?.text === "~";
}

interface ReadTarget {
  readonly to: MountTarget;
  readonly worker?: GrowingWorker;
}

/** @param pattern - the expression that fills the target in */
function targetOf(
  where: ReadPlace,
  statement: Statement,
  { to, settings, at }: Extract<Effect, { kind: "mount" }>,
  pattern: string | undefined,
): ReadTarget | "unknown" {
  const target = statement.words[at]?.text ?? "";
  if (to === undefined) return { to: { kind: "exclude" } };
  const name = typeof to === "string" ? balancerNameIn(to) : undefined;
  const mounted = name === undefined ? undefined : mountedCluster(target, pattern);
  if (mounted === "unknown") return mounted;
  if (mounted !== undefined) {
    // What is set on a name that is filled in later is set on a balancer that no request comes to.
    if (mounted.cluster === name)
      setValues(statement, settings, definedCluster(where, name, statement.place).parameters);
    return { to: mounted };
  }
  const { workers } = where.scope;
  const key = to as Worker;
  const worker = workers.get(key) ?? { url: target, parameters: new Map() };
  workers.set(key, worker);
  setValues(statement, settings, worker.parameters);
  return { to: { kind: "url", url: target, parameters: {} }, worker };
}
