import { cutWord } from "../../../httpd/word.js";
import { wordsOf } from "../arity.js";
import { missingArguments, unclosedBracket } from "./call.js";
import { PLACE } from "../modules/command-tables.js";
import { expressionComplaint } from "../expression/complaint.js";
import { subnetComplaint } from "../../../httpd/subnet.js";
import { IN_SECTION } from "./sections.js";
import type { Call, Check, Enter, LimitedMethods } from "./call.js";

/** Checks the text behind a provider's name. */
type Provider = (args: string, call: Call) => string | undefined;

const anything: Provider = () => undefined;

/** Providers of `Require` by the module that brings them; names in exact case. */
const PROVIDERS: Readonly<Record<string, Readonly<Record<string, Provider>>>> = {
  authz_core_module: { all: allProvider, env: anything, method: methodProvider, expr: expressionProvider },
  authz_host_module: { ip: ipProvider, host: textProvider, local: anything, "forward-dns": textProvider },
  authz_user_module: { user: textProvider, "valid-user": anything },
  authz_groupfile_module: { group: textProvider, "file-group": anything },
  authz_owner_module: { "file-owner": anything },
  authz_dbm_module: { "dbm-group": textProvider, "dbm-file-group": anything },
  authz_dbd_module: { "dbd-group": anything, "dbd-login": anything, "dbd-logout": anything },
  authnz_ldap_module: {
    "ldap-user": textProvider,
    "ldap-group": textProvider,
    "ldap-dn": textProvider,
    "ldap-attribute": textProvider,
    "ldap-filter": textProvider,
    "ldap-search": textProvider,
  },
  ssl_module: { ssl: noArguments("ssl"), "ssl-verify-client": noArguments("ssl-verify-client") },
};

/** `<AuthzProviderAlias base alias "arguments">`: a provider of one's own, known from here on. */
export const authzProviderAlias: Enter = (call) => {
  const end = call.args.lastIndexOf(">");
  if (end < 0) return unclosedBracket(call);
  const [base = "", alias = "", args = ""] = wordsOf(call.args.slice(0, end));
  if (base === "" || alias === "") return missingArguments(call);
  return {
    where: { server: call.where.server, places: IN_SECTION, ifs: { last: undefined } },
    leave() {
      const provider = providerOf(base, call);
      if (provider === undefined) return `Unknown Authz provider: ${base}`;
      const complaint = provider(args, call);
      if (complaint !== undefined) return `Can't parse 'Require ${base} ${args}': ${complaint}`;
      call.world.authzAliases.add(alias);
      return undefined;
    },
  };
};

/** `Require`: `add_authz_provider` of modules/aaa/mod_authz_core.c. */
export const requireProvider: Check = (call) => {
  const first = cutWord(call.args, 0);
  const negative = first?.text.toLowerCase() === "not";
  const word = negative ? cutWord(call.args, first.next) : first;
  const name = word?.text ?? "";
  const provider = providerOf(name, call);
  if (provider === undefined) return `Unknown Authz provider: ${name}`;
  const complaint = provider(call.args.slice(word?.next ?? call.args.length), call);
  if (complaint !== undefined) return complaint;
  if (call.where.authorization !== undefined) call.where.authorization.count += 1;
  const around = call.where.authorization?.name ?? "<RequireAny>";
  if (!negative || around === "<RequireAll>") return undefined;
  return `negative ${call.rule.name} directive has no effect in ${around} directive`;
};

function providerOf(name: string, call: Call): Provider | undefined {
  if (call.world.authzAliases.has(name)) return anything;
  for (const [module, providers] of Object.entries(PROVIDERS)) {
    if (call.world.modules.has(module) && Object.hasOwn(providers, name)) return providers[name];
  }
  return call.world.modules.unknown && name !== "" ? anything : undefined;
}

function allProvider(args: string): string | undefined {
  const granted = ["granted", "denied"].includes(args.toLowerCase());
  return granted ? undefined : "Argument for 'Require all' must be 'granted' or 'denied'";
}

const METHODS = (
  "GET PUT POST DELETE CONNECT OPTIONS TRACE PATCH PROPFIND PROPPATCH MKCOL COPY MOVE LOCK UNLOCK VERSION-CONTROL " +
  "CHECKOUT UNCHECKOUT CHECKIN UPDATE LABEL REPORT MKWORKSPACE MKACTIVITY BASELINE-CONTROL MERGE HEAD BREW WHEN"
).split(" ");

function methodProvider(args: string): string | undefined {
  const unknown = wordsOf(args).find((word) => !METHODS.includes(word));
  return unknown === undefined || unknown === "" ? undefined : `Invalid Method '${unknown}'`;
}

function expressionProvider(args: string, call: Call): string | undefined {
  const quoted = /^"(.*)"$/s.exec(args);
  const complaint = expressionComplaint(quoted?.[1] ?? args, call.world.modules);
  return complaint === undefined ? undefined : `Cannot parse expression in require line: ${complaint}`;
}

/** Names that may be put together from variables: `%{...}`. */
function textProvider(args: string, call: Call): string | undefined {
  const complaint = expressionComplaint(args, call.world.modules, "text");
  return complaint === undefined ? undefined : `Cannot parse expression in require line: ${complaint}`;
}

function noArguments(name: string): Provider {
  return (args) => (args === "" ? undefined : `'Require ${name}' does not take arguments`);
}

function ipProvider(args: string): string | undefined {
  const words = wordsOf(args);
  if ((words[0] ?? "") === "") return "'require ip' requires an argument";
  for (const word of words) {
    if (word === "") return undefined;
    const slash = word.indexOf("/");
    const mask = slash < 0 ? undefined : word.slice(slash + 1);
    const complaint = subnetComplaint(slash < 0 ? word : word.slice(0, slash), mask);
    if (complaint === "not an address") return `ip address '${word}' appears to be invalid`;
    if (complaint !== undefined) return `ip address '${word}' appears to be invalid: ${complaint}`;
  }
  return undefined;
}

/** Methods are limited here to those there are: what may not stand in `<Limit>` may not stand here. */
const ALL_VALID_METHODS: LimitedMethods = { except: true, names: new Set(["an invalid one"]) };

/** `<RequireAll>` and its like: `add_authz_section` of modules/aaa/mod_authz_core.c. */
export const authorizationSection: Enter = (call) => {
  const end = call.args.lastIndexOf(">");
  if (end < 0) return unclosedBracket(call);
  if (cutWord(call.args.slice(0, end), 0) !== undefined) {
    return `${call.rule.name}> directive doesn't take additional arguments`;
  }
  const name = `${call.rule.name}>`;
  const inside = { name, count: 0 };
  return {
    where: {
      ...call.where,
      places: PLACE.authcfg,
      authorization: inside,
      limited: call.where.limited ?? ALL_VALID_METHODS,
    },
    leave() {
      if (inside.count === 0) return `${name} directive contains no authorization directives`;
      const around = call.where.authorization;
      if (around !== undefined) around.count += 1;
      const outer = around?.name ?? "<RequireAny>";
      const negative = name === "<RequireNone>" && outer !== "<RequireAll>";
      return negative ? `${name} directive has no effect in ${outer} directive` : undefined;
    },
  };
};
