import { describe, expect, test } from "vitest";
import { commandsOf, MODULE_TABLES } from "../../../core/vocabulary/command-tables.js";
import { commandsIn } from "../../../core/vocabulary/earlier-commands.js";
import type { HttpdVersion } from "../../../core/vocabulary/versions.js";
import { ourVerdict } from "../conf/run/configtest.oracle.js";

describe("directives of older httpds", () => {
  test("2.4.71 and what is newer have the tables of 2.4.71", () => {
    for (const symbol of MODULE_TABLES.keys()) {
      expect(commandsIn("2.4.71", symbol)).toEqual(commandsOf(symbol));
      expect(commandsIn("2.5.0", symbol)).toEqual(commandsOf(symbol));
    }
  });

  const invalid = (name: string): string =>
    `Invalid command '${name}', perhaps misspelled or defined by a module not included in the server configuration`;
  const proxyRemote = (many: string): string =>
    `ProxyRemote takes ${many} arguments, a scheme, partial URL or '*' and a proxy server`;

  // Each said by an httpd of that version, built from its tag.
  test.each<readonly [HttpdVersion, string, string | undefined]>([
    ["2.4.37", "MergeSlashes on", invalid("MergeSlashes")],
    ["2.4.52", "MergeSlashes on", undefined],
    ["2.4.6", "<IfFile /nope>\n</IfFile>", invalid("<IfFile")],
    ["2.4.37", "<IfFile /nope>\n</IfFile>", undefined],
    ["2.4.52", "ProxyRemote *", proxyRemote("two")],
    ["2.4.62", "ProxyRemote *", proxyRemote("two or three")],
    ["2.4.37", "ProxyErrorOverride x", "ProxyErrorOverride must be On or Off"],
    ["2.4.52", "ProxyErrorOverride x", "ProxyErrorOverride first parameter must be one of: off | on"],
    ["2.4.6", "Alias /a", "Alias takes two arguments, a fakename and a realname"],
    ["2.4.37", "Alias /a", "Alias must have two arguments when used globally"],
    [
      "2.4.6",
      "<Location /x>\nAuthName a\\9\nSetHandler %{nosuch}\n</Location>\nErrorDocument 503 %{nosuch}",
      undefined,
    ],
    [
      "2.4.62",
      "ErrorDocument 503 %{nosuch}",
      "Cannot parse expression in ErrorDocument: Variable 'nosuch' does not exist",
    ],
    [
      ...(["2.4.62", 'RewriteCond expr "1 in {2"'] as const),
      "RewriteCond: cannot compile expression \"1 in {2\": syntax error, unexpected $end, expecting '}' or ','",
    ],
  ])("httpd %s: %s", (httpd, fragment, message) => {
    expect(ourVerdict(fragment, httpd).message).toBe(message);
  });
});
