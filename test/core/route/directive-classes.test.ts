import { describe, expect, it } from "vitest";
import { isReadSection } from "../../../core/route/compile.js";
import { DIRECTIVES } from "../../../core/route/directives.js";
import { whyIrrelevant } from "../../../core/route/irrelevant.js";
import { route } from "../../../core/route/route.js";
import type { FrontDirective } from "../../../core/topology/front.js";
import { commandsOf, MODULE_TABLES } from "../../../core/vocabulary/command-tables.js";
import { readText } from "../../support/conf-fixtures.js";

/** Sections that are resolved while the file is read: what holds of them stands in their place. */
const RESOLVED = [
  ...["<ifmodule", "<ifdefine", "<iffile", "<ifdirective", "<ifsection", "<ifversion", "<macro", "<virtualhost"],
];

/** Directives that can decide about a request and have no meaning in the model: each leaves its requests unjudged. */
const DOUBTED: Readonly<Record<string, readonly string[]>> = {
  "runs a program or a script, or hands the request to one": [
    ...["action", "script", "extfilterdefine", "extfilteroptions", "luaroot", "luapackagepath", "luapackagecpath"],
    ...["luaauthzprovider", "luahookpretranslatename", "luahooktranslatename", "luahookfixups", "luahookmaptostorage"],
    ...[
      "luahookcheckuserid",
      "luahooktypechecker",
      "luahookaccesschecker",
      "luahookauthchecker",
      "luahookinsertfilter",
    ],
    ...["luahooklog", "luascope", "luainherit", "luacodecache", "luaquickhandler", "lua_____bytecodehack"],
    ...["luamaphandler", "luaoutputfilter", "luainputfilter", "<luahookpretranslatename", "<luahooktranslatename"],
    ...["<luahookfixups", "<luahookmaptostorage", "<luahookcheckuserid", "<luahooktypechecker"],
    ...["<luahookaccesschecker", "<luahookauthchecker", "<luaquickhandler"],
  ],
  "loads what nobody here knows": ["loadmodule"],
  "answers from a store, or itself": ["cacheenable", "dav", "protocolecho", "mdomain", "<mdomain", "<mdomainset"],
  "refuses or redirects what it does not like": [
    ...["mdrequirehttps", "sslrequire", "sslrequiressl", "sslverifyclient", "sslusername", "sslvhostsnipolicy"],
    ...["sslstrictsnivhostcheck", "stricthostcheck", "registerhttpmethod", "proxyblock"],
    ...["proxydomain", "noproxy", "proxymaxforwards", "allowconnect", "limitxmlrequestbody", "modemstandard"],
    ...["deflateinflatelimitrequestbody", "deflateinflateratiolimit", "deflateinflateratioburst"],
    ...["authzsendforbiddenonfailure"],
  ],
  "asks who the user is, in a way of its own": [
    ...["authformprovider", "authformusername", "authformpassword", "authformlocation", "authformmethod"],
    ...["authformmimetype", "authformbody", "authformsize", "authformloginrequiredlocation"],
    ...["authformloginsuccesslocation", "authformlogoutlocation", "authformsitepassphrase", "authformauthoritative"],
    ...["authformfakebasicauth", "authformdisablenostore", "<authnprovideralias", "<authzprovideralias"],
  ],
  "changes what a request says, or who sends it": [
    ...["remoteipheader", "remoteipproxiesheader", "remoteiptrustedproxy", "remoteipinternalproxy"],
    ...["remoteiptrustedproxylist", "remoteipinternalproxylist", "remoteipproxyprotocol"],
    ...["remoteipproxyprotocolexceptions", "session", "sessionmaxage", "sessionheader", "sessionenv", "sessioninclude"],
    ...["sessionexclude", "sessionexpiryupdateinterval", "sessioncookiename", "sessioncookiename2"],
    ...["sessioncookieremove", "sessiondbdselectlabel", "sessiondbdinsertlabel", "sessiondbdupdatelabel"],
    ...["sessiondbddeletelabel", "sessiondbdperuser", "sessiondbdcookieremove", "sessiondbdcookiename"],
    ...["sessiondbdcookiename2", "logmessage"],
  ],
  "changes what an expression matches, or which host answers": ["regexdefaultoptions", "serverpath"],
  "says where a proxied request goes, or how": [
    ...["proxyremote", "proxyremotematch", "proxypassinterpolateenv", "proxyexpressenable", "proxyexpressdbmfile"],
    ...["proxyexpressdbmtype", "proxyscgiinternalredirect", "proxywebsocketfallbacktoproxyhttp", "h2proxyrequests"],
    ...["h2websockets"],
  ],
};

const ALL = [...new Set([...MODULE_TABLES.keys()].flatMap((symbol) => commandsOf(symbol).map(({ key }) => key)))];
const DOUBTS = Object.values(DOUBTED).flat();

function isModelled(key: string): boolean {
  if (key.startsWith("<")) return RESOLVED.includes(key) || isReadSection(key.slice(1));
  return Object.hasOwn(DIRECTIVES, key);
}

/** Whether the answer to a request is certain with a line in front of its balancer. */
function isJudged(line: FrontDirective): boolean {
  const { topology } = readText("BalancerMember balancer://a http://a:1\nProxyPass / balancer://a/\n");
  const [server] = topology.servers;
  if (server?.front === undefined) throw new Error("no server");
  const front = [...server.front, line];
  const asked = { ...server, front };
  return route({ ...topology, servers: [asked] }, asked, { port: 80 }, { path: "/", client: "127.0.0.1" }).judged;
}

describe("every directive of httpd's modules", () => {
  it("is modelled, decides about no request, or leaves what it stands beside unjudged", () => {
    const classes = ALL.map((key) => {
      const kinds = [isModelled(key), whyIrrelevant(key) !== undefined, DOUBTS.includes(key)];
      return [key, kinds.filter(Boolean).length] as const;
    });
    expect(classes.filter(([, count]) => count !== 1)).toEqual([]);
  });

  it("is one that httpd has, where it is doubted", () => {
    expect(DOUBTS.filter((key) => !ALL.includes(key))).toEqual([]);
  });

  it.each(DOUBTS.filter((key) => !key.startsWith("<")))("%s leaves requests unjudged", (name) => {
    expect(isJudged({ name, text: "x", words: ["x"] })).toBe(false);
  });

  it.each(ALL.filter((key) => whyIrrelevant(key) !== undefined))("%s leaves requests judged", (name) => {
    expect(isJudged({ name, text: "x", words: ["x"] })).toBe(true);
  });
});
