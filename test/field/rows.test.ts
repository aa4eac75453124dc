import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { describeRows } from "./held.js";
import type { HeldRow } from "./held.js";

/** What was measured in the field, and where each row is held. */
const ROWS: Readonly<Record<string, readonly HeldRow[]>> = {
  "what stands in front of a balancer": [
    ["LocationMatch as a prefix", "field/measured-rows.real", "LocationMatch: a pattern without wildcards is a prefix"],
    ["LocationMatch with an end of line", "field/measured-rows.real", "LocationMatch: an end of line is no wildcard"],
    ["LocationMatch with an exclusion", "field/measured-rows.real", "an exclusion that is a prefix excludes nothing"],
    ["Location with a wildcard", "field/measured-rows.real", "Location: a wildcard is an expression"],
    ["RewriteRule [P] under conditions", "field/measured-rows.real", "a negated condition, and %{REQUEST_URI}"],
    ["RewriteRule [P] in a Location", "field/measured-rows.real", "RewriteRule [P]: in a Location"],
    ["RewriteRule [P] behind other rules", "field/measured-rows.real", "behind rules that end, skip, redirect"],
    ["the WebSocket split", "core/route/route.real", "the WebSocket split: RewriteCond on Upgrade"],
    ["SetHandler proxy:", "field/measured-rows.real", "SetHandler proxy:balancer"],
    ["access", "field/measured-rows.real", "access of <Proxy>, and of a Location"],
    ["redirects, no-proxy, long lines", "field/measured-rows.real", "a redirect in a Location, no-proxy"],
    ["a cookie taken away", "field/measured-rows.real", "a cookie that is taken away"],
    ["a cookie set early", "field/measured-rows.real", "a cookie that is set early"],
    ["an error document", "field/measured-rows.real", "an error document that is a mount"],
    ["ProxyErrorOverride", "field/measured-rows.real", "ProxyErrorOverride answers in the place of a member"],
    ["virtual hosts by address", "field/measured-rows.real", "an exact address goes before all addresses"],
    ["an exclusion of everything", "field/measured-rows.real", "an exclusion of / in front of a mount"],
    ["promises of what nobody reaches", "field/unreached-promises.real", "is no promise that holds"],
  ],
  "who answers, and what a failure costs": [
    ["AJP: closed", "field/measured-rows.real", "answers a GET that the first one drops"],
    ["AJP: silent", "field/measured-rows.real", "that the first one is silent about"],
    ["rehearse plays the user's file", "cli/rehearse-own-file.real", "rehearse plays the user's own file"],
    ["bybusyness, one client", "field/measured-rows.real", "bybusyness with one client"],
    ["bybusyness, eight clients", "core/model/crowd.real", "the light one gets far more than a sixth"],
    ["bybusyness, promises", "field/unreached-promises.real", "shares of bybusyness"],
    ["bytraffic, five bytes", "field/measured-rows.real", "sent five bytes less"],
    ["bytraffic, graceful reload", "field/measured-rows.real", "then a graceful reload"],
    ["share", "field/unreached-promises.real", "a share that its scenario shows"],
    ["explain: one member", "core/model/explain.real", "a single member: requests are refused while it is away"],
    ["explain: nofailover", "core/model/explain.real", "nofailover: sessions of the failed member are refused"],
    ["explain: failontimeout", "core/model/explain.real", "a hanging member with %s"],
  ],
  "what httpd says to a file": [
    [
      "it dies",
      "core/lint/proofs.real",
      "failonstatus in a virtual host, on a balancer of the main server, kills httpd",
    ],
    ["an unknown filter", "field/refused-lines.real", "a filter whose module is not loaded"],
    ["a block that is off", "field/unreached-promises.real", "a block that is off"],
    ["a variable without a value", "field/unreached-promises.real", "a variable without a value"],
    [
      "the article's own bytes",
      "field/article-as-printed.real",
      "starts on the real httpd after one run of lint --fix",
    ],
    ["http:1.2.3.4", "field/refused-lines.real", "a URL without slashes"],
    ["ProxyTimeout in a Location", "field/refused-lines.real", "ProxyTimeout in a Location"],
    ["curly quotes", "field/refused-lines.real", "curly quotes"],
    ["an unclosed <Proxy>", "field/refused-lines.real", "a <Proxy> that is not closed"],
    ["two members on one line", "field/refused-lines.real", "two members on one line"],
    ["scolonpathdelim On", "field/refused-lines.real", "a flag without its equals sign"],
    ["the order of modules", "field/module-order", "configtest names the module that has to come first"],
    ["follow-ups of one slip", "field/flag-without-equals", "lint says one thing"],
    ["ProxySet: ProxySet:", "field/refused-lines.real", "a parameter that nobody knows"],
    ["a mark of one byte", "field/refused-lines.real", "a non-breaking space in front of a line"],
    ["1 finding repaired", "field/strange-text", "1 finding repaired"],
    ["names as they are spelled", "core/lint/fix", "keeps the spelling of the file"],
    ["the caret from line 10 on", "field/strange-text", "the caret stands under its word"],
  ],
  "repairs, import and render": [
    ["a manager at /", "field/repaired-files.real", "a balancer-manager at / behind a mount of /"],
    ["a hidden open manager", "field/repaired-files.real", "open in the words of httpd 2.2"],
    ["mod_proxy_cluster", "field/mod-proxy-cluster", "lint says that the two exclude each other"],
    ["a log of TLS", "field/adopted-files.real", "a log of what TLS agreed on"],
    ["a filter", "field/adopted-files.real", "a filter of another module"],
    ["a password", "field/adopted-files.real", "a password for some paths"],
    ["actives all disabled", "field/adopted-files.real", "a standby beside actives that are all disabled"],
    ["they serve by the standby", "field/measured-rows.real", "a standby serves while every active is disabled"],
    ["a rule alone leads to it, YAML", "field/adopted-files.real", "a balancer that a rule alone leads to"],
    ["the same in TypeScript", "core/conf/read/import", "balancers that only rewrite rules lead to"],
    ["proxied-host", "core/lint/proofs.real", "a backreference that begins with a slash cannot move the host"],
    ["mount-reverse of ajp and fcgi", "field/strange-text", "ask for no ProxyPassReverse"],
  ],
  "strange input": [
    ["no regular file", "cli/open-input", "is regular files only"],
    ["includes and macros that multiply", "core/conf/run/budget", "ends with one sentence for %s"],
    ["slips in each other", "cli/strange-input", "slips that stand in each other"],
    ["regular expressions", "field/strange-text", "a regular expression of 5,000"],
    ["20,000 sections", "cli/strange-input", "of 20,000 sections in each other"],
    ["YAML and JSON nested deep", "field/strange-text", "nested 5,000 deep"],
    ["a damaged run/demo.json", "field/strange-text", "a demo whose record is damaged"],
    ["blanks at the end of a value", "core/shape/text", "keeps %j at the end of a value"],
    ["100 MB of empty lines", "field/sizes", "a file of 100 MB is refused before it is read"],
    ["one line of 50 MB", "core/conf/run/budget", "is one byte short of 16 MiB"],
    ["explain of 5,000 members", "field/sizes", "names a dozen and counts the rest"],
    ["a hundred million requests", "field/sizes", "are counted, not played"],
  ],
  "what lint knows": [
    ["cookies without a route", "core/lint/proofs.real", "a session cookie without a route does not stick"],
    ["the second name", "core/lint/proofs.real", "is not looked for among the cookies"],
    ["placeholders", "core/lint/proofs.real", "a host that stands for another one passes the configuration test"],
    ["ServerAlias", "core/lint/proofs.real", "a comma belongs to the name of a ServerAlias"],
    ["timeout", "core/lint/proofs.real", "timeout=1 ends an answer"],
    ["ping", "core/lint/proofs.real", "ping asks an http member before a POST"],
    ["names that move", "field/moving-address.real", "is asked at the old one until that refuses"],
    ["the keep-alive race", "field/measured-rows.real", "a kept connection that the member closes first"],
  ],
};

/** Situations that people reported, by their file in this folder. */
const SITUATIONS = [
  ...["standby-return", "open-manager", "status-500", "sorry-page", "nofailover", "flag-without-equals"],
  ...["missing-modules", "two-members-on-a-line", "slow-member", "slow-member-failontimeout", "redirects-past-httpd"],
  ...["mod-proxy-cluster", "moving-address", "three-dead-members", "module-order", "websocket-split"],
  "websocket-to-one-host",
];

describeRows(ROWS);

it("each situation has a file that says what an operator is told", () => {
  const files = readdirSync(__dirname);
  for (const name of SITUATIONS) {
    expect(files).toContain(`${name}.test.ts`);
    expect(readFileSync(join(__dirname, `${name}.test.ts`), "utf8")).toMatch(/told\(/);
  }
});
