import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { testConf } from "../../../../core/conf/run/configtest.js";
import { NO_FILES } from "../../../../core/conf/run/reader.js";
import type { ConfError } from "../../../../core/conf/run/executed.js";
import type { ConfReader } from "../../../../core/conf/run/reader.js";

const ROOT = join(__dirname, "../../../..");

/** A disk that can be seen, and has nothing on it but its root. */
const EMPTY_DISK: ConfReader = { readText: () => undefined, readFolder: (path) => (path === "/" ? [] : undefined) };

function refused(text: string, reader: ConfReader = NO_FILES): ConfError | undefined {
  return testConf({ path: "/c/httpd.conf", text, reader }).error;
}

describe("a refusal", () => {
  test.each([
    ["BalancerMember balancer://c http://h retry=-1", "retry=-1", undefined],
    ["BalancerMember balancer://c http://h LoadFaktor=2 route=a", "LoadFaktor=2", "unknown worker parameter"],
    ["BalancerMember balancer://c http://h::80 route=a", "http://h::80", "bad URL"],
    ["ProxyPass /a balancer://c/ loadfactor=2", "loadfactor=2", "unknown balancer parameter"],
    ["ProxyHCTemplate t hcinterval=5 loadfactor=2", "loadfactor=2", "unknown template parameter"],
    ["<Proxy balancer://c loadfactor=2>\n</Proxy>", "loadfactor=2", "unknown balancer parameter"],
    ["<Proxy http://h>\nProxySet route=a nolbset=1\n</Proxy>", "nolbset=1", "unknown worker parameter"],
  ])("of %j names the word %s", (text, word, fault) => {
    expect(refused(text)).toMatchObject({ about: "text", word });
    expect(refused(text)?.fault).toBe(fault);
  });

  test.each([
    ["DocumentRoot /srv/www", "/srv/www"],
    ["Mutex file:/srv/lock", "/srv/lock"],
    ["RewriteMap hosts txt:/srv/hosts.txt", "/srv/hosts.txt"],
  ])("of %j is about the machine, and is none for a file that runs elsewhere", (text, missing) => {
    expect(refused(text, EMPTY_DISK)).toMatchObject({ about: "machine", missing });
    const options = { path: "/c/httpd.conf", text: `${text}\nNonsense`, reader: EMPTY_DISK };
    expect(testConf({ ...options, elsewhere: true }).error?.line).toBe(2);
    expect(testConf({ ...options, text, elsewhere: true }).error).toBeUndefined();
  });

  test("of sections left open has the line of the innermost beside the sentence", () => {
    const error = refused("<Location /a>\n<Proxy balancer://c>\n");
    expect(error?.unclosed).toEqual({
      line: 2,
      message: "<Proxy> was not closed.\\n/c/httpd.conf:1: <Location> was not closed.",
    });
    expect(error?.message).toBe(`/c/httpd.conf:2: ${error?.unclosed?.message ?? ""}`);
  });
});

test("no room steers by the text of a message", () => {
  const files = ["cli", "core/lint", "core/conf"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => join(folder, name)),
  );
  expect(files.length).toBeGreaterThan(150);
  const steering =
    /(?:message|sentence)\??\.(?:includes|startsWith|endsWith|match|search)\(|\.(?:exec|test)\([^)]*\b(?:message|sentence)\b/;
  expect(steering.test('if (MISSING.test(error?.message ?? ""))')).toBe(true);
  const found = files.filter((file) => steering.test(readFileSync(join(ROOT, file), "utf8")));
  expect(found).toEqual([]);
});
