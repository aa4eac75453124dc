import { isBalancerUrl } from "../../../httpd/balancer-name.js";
import { isPattern } from "../../../httpd/fnmatch.js";
import { cutWord } from "../../../httpd/word.js";
import { sectionArguments, unclosedBracket } from "./call.js";
import { badSocket, define, lookupUrl } from "./workers.js";
import { badRegex } from "./regex-refusal.js";
import { refused, reworded } from "../refusal.js";
import { setOn } from "./proxy-set.js";
import type { Target } from "./proxy-set.js";
import { compiles } from "../../../httpd/regex.js";
import { IN_SECTION } from "./sections.js";
import type { Objection, Refusal } from "../refusal.js";
import type { Call, Enter } from "./call.js";

/** A bit for directives of mod_ssl that only `<Proxy>` takes: `PROXY_CONF` of include/http_config.h. */
const PROXY_PLACE = 2048;

/** `<Proxy>` and `<ProxyMatch>`: `proxysection` of modules/proxy/mod_proxy.c. Its arguments come after its content. */
export const proxySection: Enter = (call) => {
  const args = sectionArguments(call.args);
  if (args === undefined) return unclosedBracket(call);
  const word = cutWord(args, 0);
  const path = (word?.text ?? "").replace(/^proxy:/i, "");
  const match = call.directive.name.toLowerCase() === "proxymatch";
  if (match && !compiles(path)) return badRegex("Regex could not be compiled", path);
  const rest = args.slice(word?.next ?? args.length);
  return {
    where: { ...call.where, places: IN_SECTION | PROXY_PLACE, path, ifs: { last: undefined } },
    leave: () => (rest === "" ? undefined : argumentsComplaint(call, path, match)),
  };
};

/** What stands behind the first argument are settings of what it names. */
function argumentsComplaint(call: Call, path: string, match: boolean): Objection {
  const name = call.rule.name;
  const inside = "move what stands behind the first word to a ProxySet in the section";
  if (match) return refused(`Multiple ${name}> arguments not (yet) supported.`, inside);
  if (isPattern(path)) {
    const mend = `${inside.replace("a ProxySet in the section", `<Proxy> sections of the URLs themselves`)}: ${path} stands for many`;
    return refused(`${name}> arguments are not supported for wildchar url.`, mend);
  }
  if (!path.includes(":")) {
    const mend = `name the balancer or member: <Proxy balancer://${path.replace(/[^A-Za-z0-9.-]/g, "")}>`;
    return refused(`${name}> arguments are not supported for non url.`, mend, path);
  }
  const target = isBalancerUrl(path) ? balancerTarget(call, path) : workerTarget(call, path);
  if ("sentence" in target) return target;
  return setOn(call, target, {
    from: 1,
    noSetting: "Invalid Proxy parameter. Parameter must be in the form 'key=value'",
    around: (sentence, word) => `${name} ${sentence} ${word}; ${path}`,
  });
}

function balancerTarget(call: Call, path: string): Target | Refusal {
  const balancer = call.where.server.balancer(path);
  return "sentence" in balancer ? reworded(balancer, (sentence) => `${call.rule.name} ${sentence}`) : { balancer };
}

function workerTarget(call: Call, path: string): Target | Refusal {
  const lookup = lookupUrl(path, call.world.httpd);
  if (lookup === undefined) return badSocket('<Proxy/ProxyMatch > uses an invalid "unix:" URL', path);
  const { workers } = call.where.server;
  const known = workers.shared(lookup);
  if (known !== undefined) return { worker: known };
  const defined = define(workers, path, false, call.world.httpd);
  return "sentence" in defined ? { ...defined, sentence: `${call.rule.name} ${defined.sentence}` } : defined;
}
