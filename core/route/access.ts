import { cidrContains } from "../httpd/network.js";
import type { Pointer } from "../vocabulary/problem.js";
import { NOTHING_OF_22 } from "./access-rules.js";
import type { AccessOf22, Host22, Requirement } from "./access-rules.js";
import type { Authorization, DirConf } from "./dir-conf.js";
import { hasVariable } from "./env-variable.js";
import { expressionHolds } from "./expression.js";
import { limits } from "./limited.js";
import { isBrought } from "./loaded.js";
import type { Loaded } from "./loaded.js";
import type { Going } from "./request.js";

/**
 * Who may go on: `ap_process_request_internal` (server/request.c), the access checker of mod_access_compat.c, then
 * `authorize_user_core` of mod_authz_core.c; a status where httpd stops.
 */
export function accessStatus(conf: DirConf, going: Going, loaded: Loaded): 401 | 403 | 405 | 500 | undefined {
  const old = conf.access22 ?? NOTHING_OF_22;
  const any = old.satisfies.findLast(({ limited }) => limits(limited, going.method))?.any === true;
  const refusal = refusedMethod(conf, going) ? 405 : allowedBy22(old, going) ? undefined : 403;
  if (any === (refusal === undefined)) return any ? undefined : refusal;
  return loaded.has("authz_core") ? authorized(conf, going, loaded) : 500;
}

/** `am_check_access` of mod_allowmethods.c, which is asked first. */
function refusedMethod({ methods }: DirConf, { method }: Going): boolean {
  if (methods === undefined || methods.value.length === 0) return false;
  return !methods.value.map(counted).includes(counted(method));
}

/** httpd takes a HEAD for a GET. */
function counted(method: string): string {
  return method === "HEAD" ? "GET" : method;
}

function allowedBy22({ orders, allows, denys }: AccessOf22, going: Going): boolean {
  const order = orders.findLast(({ limited }) => limits(limited, going.method))?.order ?? "deny,allow";
  const found = (hosts: readonly Host22[]): boolean =>
    hosts.some((host) => limits(host.limited, going.method) && isFrom(host, going));
  if (order === "allow,deny" || order === "mutual-failure") return found(allows) && !found(denys);
  return found(allows) || !found(denys);
}

/** `find_allowdeny`. */
function isFrom({ from, at }: Host22, going: Going): boolean {
  const text = from.toLowerCase();
  if (text === "all") return true;
  if (text.startsWith("env=!")) return !hasVariable(from.slice("env=!".length), going);
  if (text.startsWith("env=")) return hasVariable(from.slice("env=".length), going);
  return isClientIn(text, at, going);
}

type Verdict = "granted" | "denied" | "neutral" | "no user";

function authorized(conf: DirConf, going: Going, loaded: Loaded): 401 | 403 | 500 | undefined {
  const requirements = (conf.authorization ?? NO_AUTHORIZATION).requirements;
  if (requirements.length === 0) return conf.authType === undefined ? undefined : 500;
  const verdict = judge({ kind: "section", op: "or", children: requirements }, going, "and");
  if (verdict === "granted") return undefined;
  if (verdict !== "no user") return 403;
  if (conf.authType === undefined) return 500;
  const type = conf.authType.value.toLowerCase();
  if (!isBrought("authentication", type, loaded)) return 500;
  if (!ASKS_A_NAME.includes(type)) return going.doubt.guess(conf.authType.at) ? 401 : 500;
  if (conf.authName === undefined) return 500;
  if (!going.headers.has("authorization")) return 401;
  return going.doubt.guess(conf.authType.at) ? undefined : 401;
}

/** Types whose modules refuse to work without an AuthName; others belong to modules that nobody here knows. */
const ASKS_A_NAME = ["basic", "digest"];

const NO_AUTHORIZATION: Authorization = { requirements: [] };

/** `apply_authz_sections`. */
function judge(requirement: Requirement, going: Going, around: "and" | "or"): Verdict {
  if (!concerns(requirement, going.method)) return around === "and" ? "granted" : "neutral";
  const verdict = requirement.kind === "line" ? provided(requirement, going) : joined(requirement, going);
  if (requirement.negated !== true) return verdict;
  return verdict === "granted" ? "denied" : "neutral";
}

function concerns(requirement: Requirement, method: string): boolean {
  if (requirement.kind === "line") return limits(requirement.limited, method);
  return requirement.children.some((child) => concerns(child, method));
}

function joined({ op, children }: Extract<Requirement, { kind: "section" }>, going: Going): Verdict {
  let verdict: Verdict = "neutral";
  for (const child of children) {
    const own = judge(child, going, op);
    if (own === "neutral") continue;
    if (own === (op === "and" ? "denied" : "granted")) return own;
    const weaker = own === "no user" && (op === "and" || verdict === "denied");
    if (verdict === "neutral" || weaker) verdict = own;
  }
  return verdict;
}

/** Providers of mod_authz_core, mod_authz_host and mod_authz_user; any other asks something that is not here. */
function provided({ provider, words, at }: Extract<Requirement, { kind: "line" }>, going: Going): Verdict {
  const granted = (holds: boolean): Verdict => (holds ? "granted" : "denied");
  switch (provider) {
    case "all":
      return granted(words[0]?.toLowerCase() === "granted");
    case "local":
      return granted(isLocal(at, going));
    case "ip":
      return granted(words.some((word) => isClientIn(word.toLowerCase(), at, going)));
    case "method":
      return granted(words.some((word) => word.toUpperCase() === (going.method === "HEAD" ? "GET" : going.method)));
    case "env":
      return granted(words.some((word) => hasVariable(word, going)));
    case "expr":
      return granted(expressionHolds(words.join(" "), going) ?? going.doubt.guess(at));
    case "valid-user":
    case "user":
    case "group":
      return "no user";
    default:
      return granted(going.doubt.guess(at));
  }
}

function isLocal(at: Pointer, { client, listener, doubt }: Going): boolean {
  if (client === undefined) return doubt.guess(at);
  return client.startsWith("127.") || client === "::1" || client === listener.address;
}

/** An address, a network, a part of one; names would have to be asked for. */
function isClientIn(network: string, at: Pointer, { client, doubt }: Going): boolean {
  if (client === undefined) return doubt.guess(at);
  return cidrContains(network, client) ?? doubt.guess(at);
}
