import { workerName } from "../../httpd/shared-workers.js";
import { bytesOf } from "../../httpd/bytes.js";
import { matcherOf } from "../../httpd/regex.js";
import { BALANCER_PARAMETERS } from "../../vocabulary/balancer.js";
import { WORKER_PARAMETERS } from "../../vocabulary/worker.js";
import type { Mount, MountKeyword, MountTarget } from "../../topology/topology.js";
import { balancerNameIn, definedCluster } from "./balancers.js";
import { keepLine } from "./kept-text.js";
import { report } from "./read-state.js";
import type { GrowingReverse, GrowingWorker, Where } from "./read-state.js";
import { setParameters } from "./parameters.js";
import type { Statement, StatementWord } from "../run/statement.js";

const KEYWORDS: readonly MountKeyword[] = ["nocanon", "interpolate", "noquery"];

/** The words of a ProxyPass sorted into what they are. */
interface PassWords {
  readonly path: string;
  readonly match: boolean;
  readonly target: StatementWord;
  readonly keywords: readonly MountKeyword[];
  readonly parameters: readonly StatementWord[];
}

/** `ProxyPass`, `ProxyPassMatch`: `add_pass` of modules/proxy/mod_proxy.c. */
export function readPass(where: Where, statement: Statement): void {
  const pass = passWords(where, statement);
  if (pass === undefined) {
    report(where.conf, statement, "lost", "it has no path or no target");
    return;
  }
  const { to, worker, complaints } = targetOf(where, statement, pass);
  const mount: Mount = {
    path: pass.path,
    ...(pass.match ? { match: true } : {}),
    to,
    ...(where.section?.kind === "location" ? { inLocation: true } : {}),
    ...(pass.keywords.length > 0 ? { keywords: pass.keywords } : {}),
  };
  where.scope.mounts.push({ mount, place: statement.place, ...(worker === undefined ? {} : { worker }) });
  if (pass.match && matcherOf(bytesOf(pass.path)) === undefined) {
    report(
      where.conf,
      statement,
      "understood",
      "its expression has no meaning to the model, which lets it match nothing",
    );
    return;
  }
  report(where.conf, statement, complaints.length > 0 ? "lost" : "understood", complaints.join("; ") || undefined);
}

/** ProxyPassReverse, ProxyPassReverseCookieDomain and -Path: joined with their mount when all mounts are known. */
export function readReverse(kind: GrowingReverse["kind"]) {
  return (where: Where, statement: Statement): void => {
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

function passWords({ section }: Where, statement: Statement): PassWords | undefined {
  let words = statement.words;
  const name = section?.opening.name.toLowerCase();
  let match = statement.name.toLowerCase() === "proxypassmatch" || name === "locationmatch";
  if (section === undefined && words[0]?.text === "~") {
    match = true;
    words = words.slice(1);
  }
  const path = section === undefined ? words[0]?.text : section.argument;
  const [target, ...rest] = section === undefined ? words.slice(1) : words;
  if (path === undefined || target === undefined) return undefined;
  const isKeyword = ({ text }: StatementWord): boolean => (KEYWORDS as readonly string[]).includes(text.toLowerCase());
  const keywords = KEYWORDS.filter((keyword) => rest.some(({ text }) => text.toLowerCase() === keyword));
  return { path, match, target, keywords, parameters: rest.filter((word) => !isKeyword(word)) };
}

interface ReadTarget {
  readonly to: MountTarget;
  readonly worker?: GrowingWorker;
  readonly complaints: readonly string[];
}

function targetOf(where: Where, statement: Statement, { target, parameters }: PassWords): ReadTarget {
  if (target.text === "!") return { to: { kind: "exclude" }, complaints: [] };
  const name = balancerNameIn(target.text);
  if (name !== undefined) {
    const cluster = definedCluster(where, name, statement.place);
    const complaints = setParameters(where.conf, BALANCER_PARAMETERS, parameters, cluster.parameters);
    const path = target.text.slice("balancer://".length + name.length);
    return { to: { kind: "cluster", cluster: name, path }, complaints };
  }
  const shared = where.scope.workers.shared(target.text);
  const worker = shared ?? { url: target.text, parameters: new Map() };
  if (shared === undefined) where.scope.workers.add(workerName(worker.url), worker);
  const complaints =
    shared === undefined ? setParameters(where.conf, WORKER_PARAMETERS, parameters, worker.parameters) : [];
  return { to: { kind: "url", url: target.text, parameters: {} }, worker, complaints };
}
