import { describe, expect, test } from "vitest";
import { testConf } from "../../../../core/conf/run/configtest.js";
import { NO_FILES } from "../../../../core/conf/run/reader.js";
import type { HttpdVersion } from "../../../../core/vocabulary/versions.js";
import { playAll } from "../../../../scripts/certificate/play.js";

/** Verdicts of older versions, recorded where they differ from 2.4.71's. */
const VERDICTS = playAll().filter(({ kind, version }) => kind === "verdict" && version !== "2.4.71");

describe("configtest of each version", () => {
  test.each(VERDICTS)("$name: says what was recorded", ({ comparison }) => {
    expect(comparison).toBe("equal");
  });

  test("is asked for what every recorded version says", () => {
    const versions = new Set(VERDICTS.map(({ version }) => version));
    expect([...versions].sort()).toEqual(["2.4.37", "2.4.52", "2.4.57", "2.4.58", "2.4.6", "2.4.62"]);
    expect(VERDICTS.length).toBeGreaterThanOrEqual(189);
  });
});

/** Found by campaigns beside those httpds; httpd reads it where every module is loaded. */
const FOUND: readonly (readonly [conf: string, version: HttpdVersion, message: string | undefined])[] = [
  // A flag does not look behind its word.
  ["ProxyErrorOverride On 399", "2.4.37", undefined],
  ["ProxyErrorOverride On 503 x", "2.4.6", undefined],
  [
    "ProxyErrorOverride On 399",
    "2.4.52",
    "ProxyErrorOverride: status codes to intercept must be valid HTTP Status Codes >=400 && <600",
  ],
  ['Header set X "expr=%{HTTP_HOST} x"', "2.4.6", "Unrecognized header format %"],
  ['Header set X "expr=%{HTTP_HOST} x"', "2.4.37", undefined],
  ['RequestHeader set X "EXPR=%{HTTP_HOST} x"', "2.4.71", "Unrecognized header format %"],
];

test.each(FOUND)("%s in httpd %s", (conf, version, message) => {
  const { error } = testConf({ path: "/etc/httpd/httpd.conf", text: `${conf}\n`, reader: NO_FILES, version });
  expect(error?.message).toBe(message);
});
