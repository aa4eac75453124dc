import { behaves } from "../../../vocabulary/behaviours.js";
import { isBalancerUrl } from "../../../httpd/balancer-name.js";
import { isPattern } from "../../../httpd/fnmatch.js";
import { parseUri } from "../../../httpd/uri.js";
import { compiles } from "../../../httpd/regex.js";
import { badSocket, define, lookupUrl } from "./workers.js";
import { badRegex } from "./regex-refusal.js";
import { mergeSettings, onBalancer, onWorker, readSettings, settingMend, settingOf } from "./proxy-parameters.js";
import { refused, reworded } from "../refusal.js";
import type { SetValue, Worker } from "../effects.js";
import type { Objection, Refusal } from "../refusal.js";
import type { Call } from "./call.js";
import type { Setting } from "./proxy-parameters.js";

const BAD_WORD = "Invalid ProxyPass|ProxyPassMatch parameter. Parameter must be in the form 'key=value'.";
const KEYWORDS: readonly string[] = ["nocanon", "interpolate", "noquery"];
/** Longest front-end path and host of a balancer, in bytes. */
const LONGEST_FRONT = 63;

/** `ProxyPass`. */
export function proxyPass(call: Call): Objection {
  return mount(call, false);
}

/** `ProxyPassMatch`. */
export function proxyPassMatch(call: Call): Objection {
  return mount(call, true);
}

/** `add_pass` of modules/proxy/mod_proxy.c. */
function mount(call: Call, match: boolean): Objection {
  const words = mountWords(call, match);
  if ("sentence" in words) return words;
  const lookup = lookupUrl(words.target, call.world.httpd);
  if (lookup === undefined) return badSocket('ProxyPass|ProxyPassMatch uses an invalid "unix:" URL', words.target);
  if (words.regex && !compiles(words.path)) return badRegex("Regular expression could not be compiled.", words.path);
  const done = words.target === "!" ? NOWHERE : toTarget(call, words, lookup);
  if ("sentence" in done) return reworded(done, (sentence) => `ProxyPass ${sentence}`);
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

function toTarget(call: Call, words: MountWords, lookup: string): Mounted | Refusal {
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

function mountWords(call: Call, match: boolean): MountWords | Refusal {
  const inSection = call.where.path !== undefined;
  const names: string[] = inSection ? [call.where.path] : [];
  const settings: Setting[] = [];
  const keywords: string[] = [];
  let at = 0;
  let mapping: string | undefined;
  const mappings = behaves(call.world.httpd, "mapping-known");
  let regex = match || isPattern(call.where.path ?? "");
  for (const [index, word] of call.words.entries()) {
    if (names.length === 0 && word === "~") {
      if (match) return TILDE;
      regex = true;
    } else if (names.length < 2) {
      names.push(word);
      at = index;
    } else if (KEYWORDS.includes(word.toLowerCase())) {
      keywords.push(word.toLowerCase());
    } else {
      const setting = settingOf(word, index);
      const isMapping = mappings && isMappingWord(setting);
      const complaint = isMapping ? badMapping(word) : extraWord(call.words, index, inSection ? names[1] : undefined);
      if (isMapping) mapping = word;
      else if (setting !== undefined) settings.push(setting);
      if (complaint !== undefined) return complaint;
    }
  }
  const [path = "", target] = names;
  if (target === undefined) return missingPath(call.words[0] ?? "");
  return { path, target, at, regex, keywords, settings: mergeSettings(settings), mapping };
}

const TILDE = refused(
  "ProxyPassMatch invalid syntax ('~' usage).",
  "take ~ away: ProxyPassMatch always takes a regular expression",
  "~",
);

/** @param only - the one word there is */
function missingPath(only: string): Refusal {
  const mend = only.startsWith("/")
    ? `write where ${only} leads: ProxyPass ${only} balancer://mycluster${only}`
    : `write the path in front: ProxyPass / ${only}`;
  return refused("ProxyPass|ProxyPassMatch needs a path when not defined in a location", mend);
}

function isMappingWord(setting: Setting | undefined): boolean {
  return setting?.key.toLowerCase() === "mapping";
}

function badMapping(word: string): Objection {
  const known = /^[^=]*=(?:encoded|servlet)$/i.test(word);
  return known ? undefined : refused("unknown mapping", "write mapping=encoded or mapping=servlet", word);
}

/**
 * What is said about a word behind path and target.
 *
 * @param target - of a mount in a section
 */
function extraWord(words: readonly string[], at: number, target: string | undefined): Objection {
  const word = words[at] ?? "";
  const setting = settingOf(word, at);
  if (setting !== undefined) return undefined;
  return target?.startsWith("/") === true ? pathInSection(target) : refused(BAD_WORD, settingMend(words, at), word);
}

function pathInSection(path: string): Refusal {
  const mend = `take ${path} away: the section names the path`;
  return refused("ProxyPass|ProxyPassMatch can not have a path when defined in a location.", mend, path);
}

function toBalancer(call: Call, words: MountWords): Mounted | Refusal {
  const known = call.where.server.findBalancer(words.target);
  const balancer = known ?? call.where.server.balancer(words.target);
  if ("sentence" in balancer) return balancer;
  const complaint = known === undefined && !words.regex ? frontComplaint(balancer.name, words.path) : undefined;
  if (complaint !== undefined) return complaint;
  const settings = readSettings(words.settings, onBalancer(balancer, call));
  return "sentence" in settings ? settings : { to: balancer.name, settings };
}

/** `ap_proxy_update_balancer` of modules/proxy/proxy_util.c, which only a balancer that is new here goes through. */
function frontComplaint(name: string, front: string): Objection {
  const uri = parseUri(front);
  if (uri === undefined) return refused(`unable to parse: ${front}`, "write a path that begins with a slash", front);
  const { path = "", hostname = "" } = uri;
  if (path.length > LONGEST_FRONT) {
    const mend = `define <Proxy ${name}> above this line: only the path of a balancer that is new here is limited to ${LONGEST_FRONT} characters`;
    return refused(`balancer ${name} front-end virtual-path (${path}) too long`, mend, front);
  }
  if (hostname.length > LONGEST_FRONT) {
    const mend = "write a path that begins with one slash, without a host in front";
    return refused(`balancer ${name} front-end vhost name (${hostname}) too long`, mend, front);
  }
  return undefined;
}

function toWorker(call: Call, words: MountWords, lookup: string): Mounted | Refusal {
  const { workers } = call.where.server;
  const shared = workers.shared(lookup, words.regex);
  if (shared !== undefined) return { to: shared, settings: [] };
  const defined = define(workers, words.target, words.regex, call.world.httpd);
  if ("sentence" in defined) return defined;
  const settings = readSettings(words.settings, onWorker(call));
  return "sentence" in settings ? settings : { to: defined.worker, settings };
}

/** `ProxyPassReverse`: `add_pass_reverse` of modules/proxy/mod_proxy.c. */
export function proxyPassReverse(call: Call): Objection {
  const [, second] = call.words;
  const interpolate = second?.toLowerCase() === "interpolate";
  if (call.where.path === undefined) {
    const missing = second === undefined || interpolate;
    if (!missing) return undefined;
    const [only = ""] = call.words;
    const mend = only.startsWith("/")
      ? `write behind it what the backends call it: ProxyPassReverse ${only} http://10.0.0.1:8080/`
      : `write the path in front: ProxyPassReverse / ${only}`;
    return refused("ProxyPassReverse needs a path when not defined in a location", mend);
  }
  if (second === undefined || interpolate) return undefined;
  const [path = ""] = call.words;
  return refused(
    "ProxyPassReverse can not have a path when defined in a location",
    `take ${path} away: the section names the path`,
    path,
  );
}
