import { isBalancerUrl } from "../../../httpd/balancer-name.js";
import { parseUri } from "../../../httpd/uri.js";
import { withoutSocket } from "../../../httpd/worker-url.js";
import { compiles } from "../../../httpd/regex.js";
import { define } from "./proxy-members.js";
import { mergeSettings, onBalancer, onWorker, readSettings, settingOf } from "./proxy-parameters.js";
import { reworded } from "../refusal.js";
import type { SetValue, Worker } from "../effects.js";
import type { Complaint, Refusal } from "../refusal.js";
import type { Call } from "./call.js";
import type { Setting } from "./proxy-parameters.js";

const BAD_WORD = "Invalid ProxyPass|ProxyPassMatch parameter. Parameter must be in the form 'key=value'.";
const KEYWORDS: readonly string[] = ["nocanon", "interpolate", "noquery"];
/** Longest front-end path and host of a balancer, in bytes. */
const LONGEST_FRONT = 63;

/** `ProxyPass`. */
export function proxyPass(call: Call): Complaint {
  return mount(call, false);
}

/** `ProxyPassMatch`. */
export function proxyPassMatch(call: Call): Complaint {
  return mount(call, true);
}

/** `add_pass` of modules/proxy/mod_proxy.c. */
function mount(call: Call, match: boolean): Complaint {
  const words = mountWords(call, match);
  if (typeof words === "string") return words;
  const lookup = withoutSocket(words.target);
  if (lookup === undefined) return 'ProxyPass|ProxyPassMatch uses an invalid "unix:" URL';
  if (words.regex && !compiles(words.path)) return "Regular expression could not be compiled.";
  const done = words.target === "!" ? NOWHERE : toTarget(call, words, lookup);
  if (typeof done === "string" || "sentence" in done) return reworded(done, (sentence) => `ProxyPass ${sentence}`);
  const { path, at, keywords, mapping } = words;
  call.world.heard?.(call.directive, {
    kind: "mount",
    ...{ path, at, keywords, ...done },
    ...(mapping === undefined ? {} : { mapping }),
  });
  return undefined;
}

/** Where a mount leads, and what it sets there. */
interface Mounted {
  readonly to: string | Worker | undefined;
  readonly settings: readonly SetValue[];
}

const NOWHERE: Mounted = { to: undefined, settings: [] };

function toTarget(call: Call, words: MountWords, lookup: string): Mounted | string | Refusal {
  return isBalancerUrl(words.target) ? toBalancer(call, words) : toWorker(call, words, lookup);
}

interface MountWords {
  readonly path: string;
  readonly target: string;
  /** Which word the target is. */
  readonly at: number;
  readonly regex: boolean;
  readonly keywords: readonly string[];
  readonly settings: readonly Setting[];
  readonly mapping: string | undefined;
}

function mountWords(call: Call, match: boolean): MountWords | string {
  const inSection = call.where.path !== undefined;
  const names: string[] = inSection ? [call.where.path] : [];
  const settings: Setting[] = [];
  const keywords: string[] = [];
  let at = 0;
  let mapping: string | undefined;
  let regex = match || hasWildcards(call.where.path ?? "");
  for (const [index, word] of call.words.entries()) {
    if (names.length === 0 && word === "~") {
      if (match) return "ProxyPassMatch invalid syntax ('~' usage).";
      regex = true;
    } else if (names.length < 2) {
      names.push(word);
      at = index;
    } else if (KEYWORDS.includes(word.toLowerCase())) {
      keywords.push(word.toLowerCase());
    } else {
      const setting = settingOf(word, index);
      const complaint = extraWord(setting);
      if (setting !== undefined && isMapping(setting)) mapping = word;
      else if (setting !== undefined) settings.push(setting);
      const twoPaths = inSection && complaint === BAD_WORD && (names[1] ?? "").startsWith("/");
      if (twoPaths) return "ProxyPass|ProxyPassMatch can not have a path when defined in a location.";
      if (complaint !== undefined) return complaint;
    }
  }
  const [path = "", target] = names;
  if (target === undefined) return "ProxyPass|ProxyPassMatch needs a path when not defined in a location";
  return { path, target, at, regex, keywords, settings: mergeSettings(settings), mapping };
}

/** `apr_fnmatch_test`: a section whose path has wildcards makes its mount one of a regular expression. */
function hasWildcards(path: string): boolean {
  const pattern = path.replace(/\\./gs, "");
  return /[?*]|\[.*\]/s.test(pattern);
}

function isMapping({ key }: Setting): boolean {
  return key.toLowerCase() === "mapping";
}

/** What is said about a word behind path and target. */
function extraWord(setting: Setting | undefined): string | undefined {
  if (setting === undefined) return BAD_WORD;
  if (!isMapping(setting)) return undefined;
  return ["encoded", "servlet"].includes(setting.value.toLowerCase()) ? undefined : "unknown mapping";
}

function toBalancer(call: Call, words: MountWords): Mounted | string | Refusal {
  const known = call.where.server.findBalancer(words.target);
  const balancer = known ?? call.where.server.balancer(words.target);
  if (typeof balancer === "string") return balancer;
  const complaint = known === undefined && !words.regex ? frontComplaint(balancer.name, words.path) : undefined;
  if (complaint !== undefined) return complaint;
  const settings = readSettings(words.settings, onBalancer(balancer, call));
  return "sentence" in settings ? settings : { to: balancer.name, settings };
}

/** `ap_proxy_update_balancer` of modules/proxy/proxy_util.c, which only a balancer that is new here goes through. */
function frontComplaint(name: string, front: string): string | undefined {
  const uri = parseUri(front);
  if (uri === undefined) return `unable to parse: ${front}`;
  const { path = "", hostname = "" } = uri;
  if (path.length > LONGEST_FRONT) return `balancer ${name} front-end virtual-path (${path}) too long`;
  if (hostname.length > LONGEST_FRONT) return `balancer ${name} front-end vhost name (${hostname}) too long`;
  return undefined;
}

function toWorker(call: Call, words: MountWords, lookup: string): Mounted | Refusal {
  const { workers } = call.where.server;
  const shared = workers.shared(lookup, words.regex);
  if (shared !== undefined) return { to: shared, settings: [] };
  const defined = define(workers, words.target, words.regex);
  if ("sentence" in defined) return defined;
  const settings = readSettings(words.settings, onWorker(call));
  return "sentence" in settings ? settings : { to: defined.worker, settings };
}

/** `ProxyPassReverse`: `add_pass_reverse` of modules/proxy/mod_proxy.c. */
export function proxyPassReverse(call: Call): string | undefined {
  const [, second] = call.words;
  const interpolate = second?.toLowerCase() === "interpolate";
  if (call.where.path === undefined) {
    const missing = second === undefined || interpolate;
    return missing ? "ProxyPassReverse needs a path when not defined in a location" : undefined;
  }
  if (second === undefined || interpolate) return undefined;
  return "ProxyPassReverse can not have a path when defined in a location";
}
