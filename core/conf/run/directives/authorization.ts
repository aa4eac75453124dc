import { cutWord, wordsOf } from "../../../httpd/word.js";
import { missingArguments, unclosedBracket } from "./call.js";
import { PLACE } from "../../../vocabulary/command-tables.js";
import { expressionRefusal } from "../expression/refusal.js";
import { NETWORK_MEND } from "./access.js";
import { nearestName } from "../../../vocabulary/suggest.js";
import { refused, reworded } from "../refusal.js";
import type { Objection, Refusal } from "../refusal.js";
import { subnetComplaint } from "../../../httpd/subnet.js";
import { IN_SECTION } from "./sections.js";
import type { Call, Check, Enter, LimitedMethods } from "./call.js";

/** Checks the text behind a provider's name. */
type Provider = (args: string, call: Call) => Objection;

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
      if (provider === undefined) return unknownProvider(base);
      const complaint = provider(args, call);
      if (complaint !== undefined) {
        return reworded(complaint, (sentence) => `Can't parse 'Require ${base} ${args}': ${sentence}`);
      }
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
  if (provider === undefined) return unknownProvider(name);
  const complaint = provider(call.args.slice(word?.next ?? call.args.length), call);
  if (complaint !== undefined) return complaint;
  if (call.where.authorization !== undefined) call.where.authorization.count += 1;
  const around = call.where.authorization?.name ?? "<RequireAny>";
  if (!negative || around === "<RequireAll>") return undefined;
  return refused(
    `negative ${call.rule.name} directive has no effect in ${around} directive`,
    "put it into <RequireAll>, beside a line that lets somebody in: Require all granted",
  );
};

/** Where a provider is that is not loaded, or what it was meant to be. */
function unknownProvider(name: string): Refusal {
  const home = Object.entries(PROVIDERS).find(([, providers]) => Object.hasOwn(providers, name))?.[0];
  const sentence = `Unknown Authz provider: ${name}`;
  if (home !== undefined)
    return refused(sentence, `load mod_${home.replace("_module", "")}, which knows 'Require ${name}'`, name);
  if (name === "")
    return refused(sentence, "say who is let in: Require all granted, Require ip 10.0.0.0/8, Require valid-user");
  const near = nearestName(
    name,
    Object.values(PROVIDERS).flatMap((providers) => Object.keys(providers)),
  );
  if (near !== undefined) return refused(sentence, `write Require ${near}, in lower case`, name);
  if (/^[0-9a-f:.]+(?:\/[0-9.]+)?$/i.test(name)) return refused(sentence, `write Require ip ${name}`, name);
  return refused(
    sentence,
    `load the module that knows 'Require ${name}', or write Require user, ip, host, env or expr`,
    name,
  );
}

function providerOf(name: string, call: Call): Provider | undefined {
  if (call.world.authzAliases.has(name)) return anything;
  for (const [module, providers] of Object.entries(PROVIDERS)) {
    if (call.world.modules.has(module) && Object.hasOwn(providers, name)) return providers[name];
  }
  return call.world.modules.unknown && name !== "" ? anything : undefined;
}

function allProvider(args: string): Objection {
  if (["granted", "denied"].includes(args.toLowerCase())) return undefined;
  const mend = "write Require all granted or Require all denied, with nothing behind it";
  return refused("Argument for 'Require all' must be 'granted' or 'denied'", mend);
}

const METHODS = (
  "GET PUT POST DELETE CONNECT OPTIONS TRACE PATCH PROPFIND PROPPATCH MKCOL COPY MOVE LOCK UNLOCK VERSION-CONTROL " +
  "CHECKOUT UNCHECKOUT CHECKIN UPDATE LABEL REPORT MKWORKSPACE MKACTIVITY BASELINE-CONTROL MERGE HEAD BREW WHEN"
).split(" ");

function methodProvider(args: string): Objection {
  const unknown = wordsOf(args).find((word) => !METHODS.includes(word));
  if (unknown === undefined || unknown === "") return undefined;
  const upper = METHODS.includes(unknown.toUpperCase());
  const mend = upper ? `write ${unknown.toUpperCase()}` : `name methods of HTTP: ${METHODS.slice(0, 6).join(" ")}`;
  return refused(`Invalid Method '${unknown}'`, mend, unknown);
}

function expressionProvider(args: string, call: Call): Objection {
  const quoted = /^"(.*)"$/s.exec(args);
  return expressionRefusal({ text: quoted?.[1] ?? args }, call.world.modules, IN_REQUIRE);
}

const IN_REQUIRE = "Cannot parse expression in require line: ";

/** Names that may be put together from variables: `%{...}`. */
function textProvider(args: string, call: Call): Objection {
  return expressionRefusal({ text: args, kind: "text" }, call.world.modules, IN_REQUIRE);
}

function noArguments(name: string): Provider {
  return (args) => {
    if (args === "") return undefined;
    return refused(`'Require ${name}' does not take arguments`, `write Require ${name} with nothing behind it`);
  };
}

function ipProvider(args: string): Objection {
  const words = wordsOf(args);
  if ((words[0] ?? "") === "") return refused("'require ip' requires an argument", NETWORK_MEND);
  for (const word of words) {
    if (word === "") return undefined;
    const slash = word.indexOf("/");
    const mask = slash < 0 ? undefined : word.slice(slash + 1);
    const complaint = subnetComplaint(slash < 0 ? word : word.slice(0, slash), mask);
    if (complaint === undefined) continue;
    const sentence = `ip address '${word}' appears to be invalid`;
    if (complaint !== "not an address") return refused(`${sentence}: ${complaint}`, NETWORK_MEND, word);
    return refused(sentence, `write Require host ${word} for a name, or an address`, word);
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
    return refused(
      `${call.rule.name}> directive doesn't take additional arguments`,
      `write ${call.rule.name}>, and what it asks for on Require lines in it`,
    );
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
      if (inside.count === 0) {
        const mend = "put a Require line into it (Require all granted), or remove the section";
        return refused(`${name} directive contains no authorization directives`, mend);
      }
      const around = call.where.authorization;
      if (around !== undefined) around.count += 1;
      const outer = around?.name ?? "<RequireAny>";
      const negative = name === "<RequireNone>" && outer !== "<RequireAll>";
      if (!negative) return undefined;
      const mend = "put it into <RequireAll>, beside a line that lets somebody in: Require all granted";
      return refused(`${name} directive has no effect in ${outer} directive`, mend);
    },
  };
};
