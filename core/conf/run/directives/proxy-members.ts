import { asciiLower } from "../../../httpd/ascii.js";
import { isBalancerUrl } from "../../../httpd/balancer-name.js";
import { isPlainWorkerName, readWorkerUrl, withoutSocket } from "../../../httpd/worker-url.js";
import { wordsOf } from "../arity.js";
import { balancerComplaint, mergeSettings, settingOf, workerComplaint } from "./proxy-parameters.js";
import { reworded } from "../refusal.js";
import type { Complaint, Refusal } from "../refusal.js";
import type { Call } from "./call.js";
import type { Setting } from "./proxy-parameters.js";
import type { Balancer } from "./server-state.js";
import type { SharedWorkers } from "../../../httpd/shared-workers.js";

/** `BalancerMember`: `add_member` of modules/proxy/mod_proxy.c. */
export function balancerMember(call: Call): Complaint {
  const words = memberWords(call);
  if (typeof words === "string") return words;
  const { path, url, settings } = words;
  const lookup = withoutSocket(url);
  if (lookup === undefined) return 'BalancerMember uses an invalid "unix:" URL';
  const balancer = call.where.server.balancer(asciiLower(path));
  if (typeof balancer === "string") return `BalancerMember ${balancer}`;
  if (balancer.workers.shared(lookup) !== undefined) return undefined;
  const wrong = define(balancer.workers, url, false) ?? settingsComplaint(settings, call);
  return reworded(wrong, (sentence) => `BalancerMember ${sentence}`);
}

interface MemberWords {
  readonly path: string;
  readonly url: string;
  /** Words of the form `key=value`. */
  readonly settings: readonly string[];
}

function memberWords(call: Call): MemberWords | string {
  const inSection = call.where.path !== undefined;
  const names: string[] = inSection ? [call.where.path] : [];
  const settings: string[] = [];
  for (const word of call.words) {
    if (word.includes("=")) settings.push(word);
    else if (names.length < 2) names.push(word);
    else if (inSection) return "BalancerMember can not have a balancer name when defined in a location";
    else return "Invalid BalancerMember parameter. Parameter must be in the form 'key=value'";
  }
  const [path, url] = names;
  if (path === undefined) return "BalancerMember must define balancer name when outside <Proxy > section";
  if (url === undefined) return "BalancerMember must define remote proxy server";
  return { path, url, settings };
}

/** Words that were good once are good again: large files repeat a few settings on every line. */
function settingsComplaint(words: readonly string[], call: Call): Complaint {
  const { goodSettings } = call.where.server;
  if (words.every((word) => goodSettings.has(word))) return undefined;
  const settings = mergeSettings(words.map((word) => settingOf(word) ?? { key: word, value: "" }));
  const complaint = firstComplaint(settings, (setting) => workerComplaint(setting, call));
  const room = complaint === undefined && settings.length === words.length && goodSettings.size < MOST_REMEMBERED;
  if (room) for (const word of words) goodSettings.add(word);
  return complaint;
}

/** Words remembered; rarer ones are read again. */
const MOST_REMEMBERED = 1_000;

/** `ProxySet`: `set_proxy_param` of modules/proxy/mod_proxy.c. */
export function proxySet(call: Call): Complaint {
  const words = call.words;
  const section = call.directive.parent;
  const inside = section !== undefined && /^proxy/i.test(section.name);
  const name = inside ? sectionName(section.args) : (words[0] ?? "");
  const match = inside && section.name.length > "Proxy".length;
  const target = isBalancerUrl(name) ? balancerTarget(call, name, inside) : workerTarget(call, name, { inside, match });
  if (isComplaint(target)) return target;
  for (const word of inside ? words : words.slice(1)) {
    const setting = settingOf(word);
    if (setting === undefined) return "Invalid ProxySet parameter. Parameter must be in the form 'key=value'";
    const complaint = settingComplaint(setting, target.balancer, call);
    const where = `${setting.key}=${setting.value}; ${name}`;
    if (complaint !== undefined) return reworded(complaint, (sentence) => `ProxySet: ${sentence} ${where}`);
  }
  return undefined;
}

/** The first word of a section's arguments, cut at its first `>`. */
function sectionName(args: string): string {
  return (wordsOf(args)[0] ?? "").replace(/>.*$/s, "");
}

/** What settings are given to. */
interface Target {
  /** Undefined for a worker. */
  readonly balancer: Balancer | undefined;
}

function isComplaint(target: Target | string | Refusal): target is string | Refusal {
  return typeof target === "string" || "sentence" in target;
}

function balancerTarget(call: Call, name: string, inside: boolean): Target | string {
  if (!inside) {
    const balancer = call.where.server.findBalancer(name);
    return balancer === undefined ? `ProxySet can not find '${name}' Balancer.` : { balancer };
  }
  const balancer = call.where.server.balancer(name);
  return typeof balancer === "string" ? `ProxySet ${balancer}` : { balancer };
}

function workerTarget(
  call: Call,
  name: string,
  how: { readonly inside: boolean; readonly match: boolean },
): Target | string | Refusal {
  const lookup = withoutSocket(name);
  if (lookup === undefined) return 'ProxySet uses an invalid "unix:" URL';
  const { workers } = call.where.server;
  if (workers.shared(lookup, how.match) !== undefined) return { balancer: undefined };
  if (!how.inside) return `ProxySet can not find '${name}' Worker.`;
  const complaint = define(workers, name, how.match);
  return reworded(complaint, (sentence) => `ProxySet ${sentence}`) ?? { balancer: undefined };
}

/** What a worker, or the balancer, says about a setting. */
export function settingComplaint(setting: Setting, balancer: Balancer | undefined, call: Call): Complaint {
  return balancer === undefined ? workerComplaint(setting, call) : balancerComplaint(setting, balancer, call);
}

/** Defines a worker, or says httpd's complaint. */
export function define(workers: SharedWorkers<true>, url: string, match: boolean): Complaint {
  if (!match && isPlainWorkerName(url)) {
    workers.add(url, true);
    return undefined;
  }
  const read = readWorkerUrl(url, match);
  if (typeof read === "string") return { sentence: read, about: "text", word: url, fault: "bad URL" };
  workers.add(read.name, true, match);
  return undefined;
}

/** The first complaint about settings in their order. */
export function firstComplaint(settings: readonly Setting[], complaintOf: (setting: Setting) => Complaint): Complaint {
  for (const setting of settings) {
    const complaint = complaintOf(setting);
    if (complaint !== undefined) return complaint;
  }
  return undefined;
}
