import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { testConf } from "../../../../core/conf/run/configtest.js";
import { NO_FILES } from "../../../../core/conf/run/reader.js";
import { fromUnicode } from "../../../../core/httpd/bytes.js";
import type { HttpdVersion } from "../../../../core/vocabulary/versions.js";
import { HEADER } from "./configtest.oracle.js";

interface Sample {
  readonly conf: string;
  readonly ok: boolean;
  readonly line: number | null;
  readonly message: string | null;
}

/** The versions whose verdicts were recorded where they differ from 2.4.71's. */
const RECORDED: readonly HttpdVersion[] = ["2.4.6", "2.4.37", "2.4.52", "2.4.57", "2.4.58", "2.4.62"];

const HEADER_LINES = HEADER.split("\n").length - 1;

function samplesOf(version: HttpdVersion): readonly Sample[] {
  const file = join(__dirname, `../../../fixtures/versions/verdicts-${version}.jsonl`);
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Sample);
}

/** mod_proxy_hcheck came with 2.4.21; the line stays as an empty one, so that places do not move. */
function headerFor(version: HttpdVersion): string {
  return version === "2.4.6" ? HEADER.replace(/^LoadModule proxy_hcheck_module.*$/m, "") : HEADER;
}

describe.each(RECORDED)("configtest of httpd %s", (version) => {
  test.each(samplesOf(version))("says what was recorded: $message of $conf", ({ conf, ok, line, message }) => {
    const text = headerFor(version) + fromUnicode(conf);
    const { error } = testConf({ path: "/etc/httpd/httpd.conf", text, reader: NO_FILES, version });
    expect({
      ok: error === undefined,
      line: error?.line === undefined ? null : error.line - HEADER_LINES,
      message: error?.message ?? null,
    }).toEqual({ ok, line, message });
  });
});
