import { isBalancerUrl } from "../../../httpd/balancer-name.js";
import { withoutSocket } from "../../../httpd/worker-url.js";
import { cutWord } from "../../text/words.js";
import { wordsOf } from "../arity.js";
import { sectionArguments, unclosedBracket } from "./call.js";
import { define, settingComplaint } from "./proxy-members.js";
import { settingOf } from "./proxy-parameters.js";
import { compiles } from "../../../httpd/regex.js";
import { IN_SECTION } from "./sections.js";
import { reworded } from "../refusal.js";
import type { Complaint, Refusal } from "../refusal.js";
import type { Call, Enter } from "./call.js";
import type { Balancer } from "./server-state.js";

/** A bit for directives of mod_ssl that only `<Proxy>` takes: `PROXY_CONF` of include/http_config.h. */
const PROXY_PLACE = 2048;

/** `<Proxy>` and `<ProxyMatch>`: `proxysection` of modules/proxy/mod_proxy.c. Its arguments come after its content. */
export const proxySection: Enter = (call) => {
  const args = sectionArguments(call.args);
  if (args === undefined) return unclosedBracket(call);
  const word = cutWord(args, 0);
  const path = (word?.text ?? "").replace(/^proxy:/i, "");
  const match = call.directive.name.toLowerCase() === "proxymatch";
  if (match && !compiles(path)) return "Regex could not be compiled";
  const rest = args.slice(word?.next ?? args.length);
  return {
    where: { ...call.where, places: IN_SECTION | PROXY_PLACE, path, ifs: { last: undefined } },
    leave: () => (rest === "" ? undefined : argumentsComplaint(call, { path, rest, match })),
  };
};

interface ProxyArguments {
  readonly path: string;
  readonly rest: string;
  readonly match: boolean;
}

function argumentsComplaint(call: Call, given: ProxyArguments): Complaint {
  const { path, rest, match } = given;
  const name = call.rule.name;
  if (match) return `Multiple ${name}> arguments not (yet) supported.`;
  if (hasWildcard(path)) return `${name}> arguments are not supported for wildchar url.`;
  if (!path.includes(":")) return `${name}> arguments are not supported for non url.`;
  const target = isBalancerUrl(path) ? balancerTarget(call, path) : workerTarget(call, path);
  if (typeof target === "string" || "sentence" in target) return target;
  for (const word of wordsOf(rest)) {
    const setting = settingOf(word);
    if (setting === undefined) return "Invalid Proxy parameter. Parameter must be in the form 'key=value'";
    const complaint = settingComplaint(setting, target.balancer, call);
    const where = `${setting.key}=${setting.value}; ${path}`;
    if (complaint !== undefined) return reworded(complaint, (sentence) => `${name} ${sentence} ${where}`);
  }
  return undefined;
}

interface Target {
  readonly balancer: Balancer | undefined;
}

function balancerTarget(call: Call, path: string): Target | string {
  const balancer = call.where.server.balancer(path);
  return typeof balancer === "string" ? `${call.rule.name} ${balancer}` : { balancer };
}

function workerTarget(call: Call, path: string): Target | string | Refusal {
  const lookup = withoutSocket(path);
  if (lookup === undefined) return '<Proxy/ProxyMatch > uses an invalid "unix:" URL';
  const { workers } = call.where.server;
  if (workers.shared(lookup) !== undefined) return { balancer: undefined };
  const complaint = define(workers, path, false);
  return reworded(complaint, (sentence) => `${call.rule.name} ${sentence}`) ?? { balancer: undefined };
}

/** `apr_fnmatch_test`: `*`, `?`, or `[` with a later `]`; a backslash takes the next character as it is. */
function hasWildcard(path: string): boolean {
  const bare = path.replace(/\\./gs, "");
  return /[*?]/.test(bare) || /\[[^\]]*\]/.test(bare);
}
