import { asciiLower } from "../../../httpd/ascii.js";
import { mergeSettings, onWorker, readSettings, settingMend, settingOf } from "./proxy-parameters.js";
import { refused, reworded } from "../refusal.js";
import type { SetValue } from "../effects.js";
import type { Objection, Refusal } from "../refusal.js";
import type { Call } from "./call.js";
import type { Setting } from "./proxy-parameters.js";
import { badSocket, define, lookupUrl } from "./workers.js";

/** `BalancerMember`: `add_member` of modules/proxy/mod_proxy.c. */
export function balancerMember(call: Call): Objection {
  const words = memberWords(call);
  if ("sentence" in words) return words;
  const { path, url, at, settings: given } = words;
  const lookup = lookupUrl(url, call.world.httpd);
  if (lookup === undefined) return badSocket('BalancerMember uses an invalid "unix:" URL', url);
  const balancer = call.where.server.balancer(asciiLower(path));
  if ("sentence" in balancer) return reworded(balancer, behindName);
  const member = { kind: "member", balancer: balancer.name, at } as const;
  const shared = balancer.workers.shared(lookup);
  if (shared !== undefined) {
    call.world.heard?.(call.directive, { ...member, worker: shared, fate: "shared", settings: [] });
    return undefined;
  }
  const defined = define(balancer.workers, url, false, call.world.httpd);
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

function memberWords(call: Call): MemberWords | Refusal {
  const inSection = call.where.path !== undefined;
  const names: string[] = inSection ? [call.where.path] : [];
  const settings: Setting[] = [];
  let at = 0;
  for (let index = 0; index < call.words.length; index += 1) {
    const word = call.words[index] ?? "";
    const setting = settingOf(word, index);
    if (setting !== undefined) settings.push(setting);
    else if (names.length < 2) {
      names.push(word);
      at = index;
    } else return extraWord(call.words, index, inSection);
  }
  const [path, url] = names;
  if (path === undefined) {
    const mend =
      "put the line into <Proxy balancer://NAME>, or write the balancer in front: BalancerMember balancer://NAME URL";
    return refused("BalancerMember must define balancer name when outside <Proxy > section", mend);
  }
  if (url === undefined) {
    const example = "write the member's URL: BalancerMember http://10.0.0.1:8080";
    const mend = inSection
      ? example
      : "put the line into <Proxy balancer://NAME>, or write the balancer in front of the URL";
    return refused("BalancerMember must define remote proxy server", mend);
  }
  return { path, url, at, settings };
}

/** A word behind the URL that is no setting. */
function extraWord(words: readonly string[], at: number, inSection: boolean): Refusal {
  const word = words[at] ?? "";
  if (!inSection) {
    const sentence = "Invalid BalancerMember parameter. Parameter must be in the form 'key=value'";
    return refused(sentence, settingMend(words, at), word);
  }
  const named = (words[0] ?? "").toLowerCase().startsWith("balancer://");
  const mend = named ? `remove ${words[0] ?? ""}: the section names the balancer` : settingMend(words, at);
  const sentence = "BalancerMember can not have a balancer name when defined in a location";
  return refused(sentence, mend, named ? words[0] : word);
}

/** Words that were good once are good again: large files repeat a few settings on every line. */
function memberSettings(given: readonly Setting[], call: Call): readonly SetValue[] | Refusal {
  const { goodSettings } = call.where.server;
  const words = call.words;
  const known = given.every(({ at }) => goodSettings.has(words[at] ?? ""));
  if (known && call.world.heard === undefined) return [];
  const read = onWorker(call);
  const values = readSettings(
    mergeSettings(given),
    (setting) => goodSettings.get(words[setting.at] ?? "") ?? read(setting),
  );
  const room = !known && !("sentence" in values) && values.length === given.length;
  if (!room) return values;
  for (const { key, value, at } of values) {
    if (goodSettings.size < MOST_REMEMBERED) goodSettings.set(words[at] ?? "", { key, value });
  }
  return values;
}

/** Words remembered; rarer ones are read again. */
const MOST_REMEMBERED = 1_000;
