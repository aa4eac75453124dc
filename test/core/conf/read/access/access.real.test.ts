import { request } from "node:http";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accessOf, hasCompatAccess, rewriteAccess } from "../../../../../core/conf/read/access/section-access.js";
import { addressRange } from "../../../../../core/conf/read/access/addresses.js";
import { run } from "../../../../../core/conf/run/run.js";
import { NO_FILES } from "../../../../../core/conf/run/reader.js";
import type { Statement } from "../../../../../core/conf/run/statement.js";
import { startHttpd } from "../../../../../live/httpd.js";
import type { Httpd } from "../../../../../live/httpd.js";
import { claimLoopback } from "../../../../../live/ports.js";
import type { Loopback } from "../../../../../live/ports.js";
import { findHttpd } from "../../../../../live/program.js";
import { describeReal } from "../../../../support/real.js";
import { SEED } from "../../../../support/seed.js";

function statements(lines: readonly string[]): readonly Statement[] {
  return run({ path: "httpd.conf", text: `${lines.join("\n")}\n`, reader: NO_FILES }).statements;
}

const CLIENTS = ["127.0.0.1", "127.0.0.2", "127.0.1.5"];

const source = fc.oneof(
  fc.constantFrom("all", "127.0.0.1", "127.0.0.2", "127.0", "127.0.0.", "127.0.0.0/30", "127.0.0.0/255.255.255.254"),
  fc.constantFrom("env=unset", "env=!unset", "127.0.1.5", "10.0.0.0/8", "::1"),
);
const compatLine = fc.oneof(
  fc.constantFrom("Order allow,deny", "Order deny,allow", "order Deny,Allow", "Order mutual-failure"),
  fc
    .tuple(fc.constantFrom("Allow", "Deny"), fc.array(source, { minLength: 1, maxLength: 2 }))
    .map(([name, words]) => `${name} from ${words.join(" ")}`),
);
const requireLine = fc.constantFrom(
  "Require all granted",
  "Require all denied",
  "Require ip 127.0.0.1",
  "Require ip 127.0.0.1 127.0.1.5",
  "Require local",
  "<RequireAll>\nRequire all granted\nRequire not ip 127.0.0.2\n</RequireAll>",
  "<RequireAll>\nRequire ip 127.0.0.0/24\n<RequireNone>\nRequire ip 127.0.0.1\n</RequireNone>\n</RequireAll>",
);
const section = fc
  .tuple(
    fc.array(compatLine, { minLength: 1, maxLength: 5 }),
    fc.array(requireLine, { maxLength: 2 }),
    fc.constantFrom("", "", "Satisfy any", "Satisfy All"),
  )
  .map(([compat, require, satisfy]) => [...compat, ...require, satisfy].filter((line) => line !== ""));

describe("access control of httpd 2.2", () => {
  it.each([
    [["Order allow,deny", "Allow from all"], ["Require all granted"]],
    [["Order deny,allow", "Deny from all", "Allow from 10.0.0.0/8"], ["Require ip 10.0.0.0/8"]],
    [["Order deny,allow", "Deny from all"], ["Require all denied"]],
    [["Order allow,deny"], ["Require all denied"]],
    [
      ["Order allow,deny", "Allow from all", "Deny from 192.0.2.7"],
      ["<RequireAll>", "  Require all granted", "  Require not ip 192.0.2.7", "</RequireAll>"],
    ],
    [["Deny from all", "Allow from .example.org"], ["Require host .example.org"]],
  ])("%j becomes %j", (before, after) => {
    expect(rewriteAccess(statements(before))).toEqual(after);
  });

  it("is refused where Require has no word for it", () => {
    expect(rewriteAccess(statements(["Order allow,deny", "Allow from all", "Require valid-user"]))).toBeUndefined();
  });

  it("is told from access control of 2.4", () => {
    expect(hasCompatAccess(statements(["Require all granted"]))).toBe(false);
    expect(hasCompatAccess(statements(["Allow from all"]))).toBe(true);
  });

  it("is a word of the topology where one line of Require says it", () => {
    const access = (lines: readonly string[]) => accessOf(statements(lines))?.access;
    expect(access(["Order deny,allow", "Deny from all", "Allow from 127.0.0.1"])).toEqual({
      kind: "addresses",
      addresses: ["127.0.0.1"],
    });
    expect(access(["Require ip 10.1", "Require ip 192.0.2.0/255.255.255.0"])).toEqual({
      kind: "addresses",
      addresses: ["10.1.0.0/16", "192.0.2.0/24"],
    });
    expect(access(["Require all denied"])).toEqual({ kind: "denied" });
    expect(access(["Require all granted"])).toEqual({ kind: "all", reason: "open in httpd.conf:1" });
    expect(access(["Require local"])).toEqual({ kind: "local" });
    expect(access(["Require host example.org"])).toBeUndefined();
    expect(access(["SetHandler server-status"])).toBeUndefined();
  });

  it("keeps what is no beginning of an address and no mask in one piece", () => {
    expect(addressRange("10")).toBe("10.0.0.0/8");
    expect(addressRange("10.0.0.1")).toBe("10.0.0.1");
    expect(addressRange("10.0.0.0/255.0.255.0")).toBe("10.0.0.0/255.0.255.0");
    expect(addressRange("2001:db8::/32")).toBe("2001:db8::/32");
  });
});

describeReal("access control on a real httpd", ["apache2"], () => {
  const sections = fc.sample(section, { numRuns: Number(process.env["SECTIONS"] ?? 150), seed: SEED });
  let loopback: Loopback;
  let httpd: Httpd;
  let port: number;

  beforeAll(async () => {
    loopback = await claimLoopback();
    port = await loopback.freePort();
    const blocks = sections.flatMap((lines, index) => [
      `<Location /before${index}>`,
      ...lines,
      "</Location>",
      `<Location /after${index}>`,
      ...(rewriteAccess(statements(lines)) ?? []),
      "</Location>",
    ]);
    httpd = await startHttpd({
      program: findHttpd(process.env),
      modules: ["authn_core", "authz_core", "authz_host", "access_compat", "unixd"],
      body: [`Listen ${loopback.address}:${port}`, ...blocks, ""].join("\n"),
    });
  }, 30_000);

  afterAll(async () => {
    await httpd.stop();
    await loopback.release();
  });

  it("means the same to every client before and after it is rewritten", async () => {
    const verdicts = new Set<boolean>();
    for (const [index, lines] of sections.entries()) {
      for (const client of CLIENTS) {
        const before = await allowed(client, `/before${index}`);
        const after = await allowed(client, `/after${index}`);
        verdicts.add(before);
        expect({ client, allowed: after }, `seed ${SEED}: ${lines.join(" | ")}`).toEqual({ client, allowed: before });
      }
    }
    expect([...verdicts].sort()).toEqual([false, true]);
  }, 60_000);

  function allowed(localAddress: string, path: string): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const sent = request({ host: loopback.address, port, path, localAddress, agent: false }, (answer) => {
        answer.resume();
        resolve(answer.statusCode !== 403);
      });
      sent.once("error", reject);
      sent.end();
    });
  }
});
