import { isBalancerUrl } from "../../../httpd/balancer-name.js";
import { parseUri } from "../../../httpd/uri.js";
import { withoutSocket } from "../../../httpd/worker-url.js";
import { compiles } from "../../../httpd/regex.js";
import { define, firstComplaint } from "./proxy-members.js";
import { balancerComplaint, mergeSettings, settingOf, workerComplaint } from "./proxy-parameters.js";
import { reworded } from "../refusal.js";
import type { Complaint } from "../refusal.js";
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
  if (words.target === "!") return undefined;
  const complaint = isBalancerUrl(words.target) ? toBalancer(call, words) : toWorker(call, words, lookup);
  return reworded(complaint, (sentence) => `ProxyPass ${sentence}`);
}

interface MountWords {
  readonly path: string;
  readonly target: string;
  readonly regex: boolean;
  readonly settings: readonly Setting[];
}

function mountWords(call: Call, match: boolean): MountWords | string {
  const inSection = call.where.path !== undefined;
  const names: string[] = inSection ? [call.where.path] : [];
  const settings: Setting[] = [];
  let regex = match || hasWildcards(call.where.path ?? "");
  for (const word of call.words) {
    if (names.length === 0 && word === "~") {
      if (match) return "ProxyPassMatch invalid syntax ('~' usage).";
      regex = true;
    } else if (names.length < 2) {
      names.push(word);
    } else if (!KEYWORDS.includes(word.toLowerCase())) {
      const complaint = extraWord(word, settings);
      const twoPaths = inSection && complaint === BAD_WORD && (names[1] ?? "").startsWith("/");
      if (twoPaths) return "ProxyPass|ProxyPassMatch can not have a path when defined in a location.";
      if (complaint !== undefined) return complaint;
    }
  }
  const [path = "", target] = names;
  if (target === undefined) return "ProxyPass|ProxyPassMatch needs a path when not defined in a location";
  return { path, target, regex, settings: mergeSettings(settings) };
}

/** `apr_fnmatch_test`: a section whose path has wildcards makes its mount one of a regular expression. */
function hasWildcards(path: string): boolean {
  const pattern = path.replace(/\\./gs, "");
  return /[?*]|\[.*\]/s.test(pattern);
}

/** A word behind path and target: collected, or complained about. */
function extraWord(word: string, settings: Setting[]): string | undefined {
  const setting = settingOf(word);
  if (setting === undefined) return BAD_WORD;
  if (setting.key.toLowerCase() !== "mapping") {
    settings.push(setting);
    return undefined;
  }
  return ["encoded", "servlet"].includes(setting.value.toLowerCase()) ? undefined : "unknown mapping";
}

function toBalancer(call: Call, words: MountWords): Complaint {
  const known = call.where.server.findBalancer(words.target);
  const balancer = known ?? call.where.server.balancer(words.target);
  if (typeof balancer === "string") return balancer;
  const complaint = known === undefined && !words.regex ? frontComplaint(balancer.name, words.path) : undefined;
  return complaint ?? firstComplaint(words.settings, (setting) => balancerComplaint(setting, balancer, call));
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

function toWorker(call: Call, words: MountWords, lookup: string): Complaint {
  const { workers } = call.where.server;
  if (workers.shared(lookup, words.regex) !== undefined) return undefined;
  const complaint = define(workers, words.target, words.regex);
  return complaint ?? firstComplaint(words.settings, (setting) => workerComplaint(setting, call));
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
