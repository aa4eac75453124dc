import { asciiLower } from "../../../httpd/ascii.js";
import { isPlainWorkerName, readWorkerUrl, withoutSocket } from "../../../httpd/worker-url.js";
import { mergeSettings, onWorker, readSettings, settingOf } from "./proxy-parameters.js";
import { reworded } from "../refusal.js";
import type { SetValue, Worker } from "../effects.js";
import type { Complaint, Refusal } from "../refusal.js";
import type { Call } from "./call.js";
import type { Setting } from "./proxy-parameters.js";
import type { SharedWorkers } from "../../../httpd/shared-workers.js";

/** `BalancerMember`: `add_member` of modules/proxy/mod_proxy.c. */
export function balancerMember(call: Call): Complaint {
  const words = memberWords(call);
  if (typeof words === "string") return words;
  const { path, url, at, settings: given } = words;
  const lookup = withoutSocket(url);
  if (lookup === undefined) return 'BalancerMember uses an invalid "unix:" URL';
  const balancer = call.where.server.balancer(asciiLower(path));
  if (typeof balancer === "string") return `BalancerMember ${balancer}`;
  const member = { kind: "member", balancer: balancer.name, at } as const;
  const shared = balancer.workers.shared(lookup);
  if (shared !== undefined) {
    call.world.heard?.(call.directive, { ...member, worker: shared, fate: "shared", settings: [] });
    return undefined;
  }
  const defined = define(balancer.workers, url, false);
  const settings = "sentence" in defined ? defined : memberSettings(given, call);
  if ("sentence" in defined || "sentence" in settings) return reworded(refusedOf(defined, settings), behindName);
  const fate = defined.fresh ? "new" : "twin";
  call.world.heard?.(call.directive, { ...member, worker: defined.worker, fate, settings });
  return undefined;
}

function behindName(sentence: string): string {
  return `BalancerMember ${sentence}`;
}

function refusedOf(...results: readonly object[]): Refusal | undefined {
  return results.find((result): result is Refusal => "sentence" in result);
}

interface MemberWords {
  readonly path: string;
  readonly url: string;
  /** Which word the URL is. */
  readonly at: number;
  /** Words of the form `key=value`. */
  readonly settings: readonly Setting[];
}

function memberWords(call: Call): MemberWords | string {
  const inSection = call.where.path !== undefined;
  const names: string[] = inSection ? [call.where.path] : [];
  const settings: Setting[] = [];
  let at = 0;
  for (const [index, word] of call.words.entries()) {
    const setting = settingOf(word, index);
    if (setting !== undefined) settings.push(setting);
    else if (names.length < 2) {
      names.push(word);
      at = index;
    } else if (inSection) return "BalancerMember can not have a balancer name when defined in a location";
    else return "Invalid BalancerMember parameter. Parameter must be in the form 'key=value'";
  }
  const [path, url] = names;
  if (path === undefined) return "BalancerMember must define balancer name when outside <Proxy > section";
  if (url === undefined) return "BalancerMember must define remote proxy server";
  return { path, url, at, settings };
}

/** Words that were good once are good again: large files repeat a few settings on every line. */
function memberSettings(given: readonly Setting[], call: Call): readonly SetValue[] | Refusal {
  const { goodSettings } = call.where.server;
  const words = call.words;
  const known = given.every(({ at }) => goodSettings.has(words[at] ?? ""));
  if (known && call.world.heard === undefined) return [];
  const read = onWorker(call);
  const values = readSettings(mergeSettings(given), (setting) => {
    return goodSettings.get(`${setting.key}=${setting.value}`) ?? read(setting);
  });
  const room = !known && !("sentence" in values) && values.length === given.length;
  if (!room) return values;
  for (const { key, value, at } of values) {
    if (goodSettings.size < MOST_REMEMBERED) goodSettings.set(words[at] ?? "", { key, value });
  }
  return values;
}

/** Words remembered; rarer ones are read again. */
const MOST_REMEMBERED = 1_000;

/** A worker that has been defined. */
export interface Defined {
  readonly worker: Worker;
  /** False for a second entry of a name. */
  readonly fresh: boolean;
}

/** Defines a worker, or says httpd's complaint. */
export function define(workers: SharedWorkers<Worker>, url: string, match: boolean): Defined | Refusal {
  const read = !match && isPlainWorkerName(url) ? { name: url } : readWorkerUrl(url, match);
  if (typeof read === "string") return { sentence: read, about: "text", word: url, fault: "bad URL" };
  const worker = { name: read.name, url };
  const twin = match ? undefined : workers.named(worker.name);
  workers.add(worker.name, worker, match);
  return { worker: twin ?? worker, fresh: twin === undefined };
}
