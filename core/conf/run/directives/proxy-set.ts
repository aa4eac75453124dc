import { wordsOf } from "../../../httpd/word.js";
import { isBalancerUrl } from "../../../httpd/balancer-name.js";
import { refused, reworded } from "../refusal.js";
import { badSocket, define, lookupUrl } from "./workers.js";
import { onBalancer, onWorker, settingMend, settingOf } from "./proxy-parameters.js";
import type { SetValue, Worker } from "../effects.js";
import type { Objection, Refusal } from "../refusal.js";
import type { Call } from "./call.js";
import type { Balancer } from "./server-state.js";

/** What settings are given to. */
export type Target = { readonly balancer: Balancer } | { readonly worker: Worker };

/** `ProxySet`: `set_proxy_param` of modules/proxy/mod_proxy.c. */
export function proxySet(call: Call): Objection {
  const { words } = call;
  const section = call.directive.parent;
  const inside = section !== undefined && /^proxy/i.test(section.name);
  const name = inside ? sectionName(section.args) : (words[0] ?? "");
  const match = inside && section.name.length > "Proxy".length;
  const target = isBalancerUrl(name) ? balancerTarget(call, name, inside) : workerTarget(call, name, { inside, match });
  if ("sentence" in target) return target;
  return setOn(call, target, {
    from: inside ? 0 : 1,
    noSetting: "Invalid ProxySet parameter. Parameter must be in the form 'key=value'",
    around: (sentence, word) => `ProxySet: ${sentence} ${word}; ${name}`,
  });
}

/** The first word of a section's arguments, cut at its first `>`. */
function sectionName(args: string): string {
  return (wordsOf(args)[0] ?? "").replace(/>.*$/s, "");
}

/** How a directive sets, and how it complains. */
interface Setting {
  /** Words before this one are no settings. */
  readonly from: number;
  readonly noSetting: string;
  readonly around: (sentence: string, word: string) => string;
}

/** Sets the words of a directive, one after the other, on what they are given to. */
export function setOn(call: Call, target: Target, { from, noSetting, around }: Setting): Objection {
  const read = "balancer" in target ? onBalancer(target.balancer, call) : onWorker(call);
  const settings: SetValue[] = [];
  for (let at = from; at < call.words.length; at += 1) {
    const setting = settingOf(call.words[at] ?? "", at);
    if (setting === undefined) return refused(noSetting, settingMend(call.words, at), call.words[at]);
    const value = read(setting);
    const word = `${setting.key}=${setting.value}`;
    if ("sentence" in value) return reworded(value, (sentence) => around(sentence, word));
    settings.push({ ...value, at });
  }
  const on = "balancer" in target ? target.balancer.name : target.worker;
  call.world.heard?.(call.directive, { kind: "set", on, settings });
  return undefined;
}

function balancerTarget(call: Call, name: string, inside: boolean): Target | Refusal {
  if (!inside) {
    const balancer = call.where.server.findBalancer(name);
    return balancer === undefined ? notFound(name, "Balancer") : { balancer };
  }
  const balancer = call.where.server.balancer(name);
  return "sentence" in balancer ? reworded(balancer, (sentence) => `ProxySet ${sentence}`) : { balancer };
}

interface WorkerLookup {
  readonly inside: boolean;
  readonly match: boolean;
}

function workerTarget(call: Call, name: string, { inside, match }: WorkerLookup): Target | Refusal {
  const lookup = lookupUrl(name, call.world.httpd);
  if (lookup === undefined) return badSocket('ProxySet uses an invalid "unix:" URL', name);
  const { workers } = call.where.server;
  const known = workers.shared(lookup, match);
  if (known !== undefined) return { worker: known };
  if (!inside) return notFound(name, "Worker");
  const defined = define(workers, name, match, call.world.httpd);
  return "sentence" in defined ? { ...defined, sentence: `ProxySet ${defined.sentence}` } : defined;
}

function notFound(name: string, what: "Balancer" | "Worker"): Refusal {
  const above = what === "Balancer" ? `<Proxy ${name}>` : "the ProxyPass or BalancerMember of this URL";
  const setting = name.includes("=");
  const mend = setting
    ? `put the line into the <Proxy> it is about, or write the balancer in front: ProxySet balancer://NAME ${name}`
    : `put the line behind ${above}, in the same server`;
  return refused(`ProxySet can not find '${name}' ${what}.`, mend, name);
}
