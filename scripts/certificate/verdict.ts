import { readFileSync } from "node:fs";
import { join } from "node:path";
import { testConf } from "../../core/conf/run/configtest.js";
import type { ConfReader } from "../../core/conf/run/reader.js";
import { fromUnicode } from "../../core/httpd/bytes.js";
import { existsIn } from "../../core/vocabulary/versions.js";
import type { HttpdVersion } from "../../core/vocabulary/versions.js";

/** Loads what balancer configurations usually load; put in front of every fragment. */
const HEADER = readFileSync(join(__dirname, "../../test/fixtures/verdicts/header.conf"), "latin1");

/** How many lines of a file stand in front of its fragment. */
export const HEADER_LINES = HEADER.split("\n").length - 1;

/** mod_proxy_hcheck came with 2.4.21; the line stays as an empty one, so that places do not move. */
export function headerFor(httpd: HttpdVersion): string {
  return existsIn(httpd, "2.4.21") ? HEADER : HEADER.replace(/^LoadModule proxy_hcheck_module.*$/m, "");
}

/** Verdict, line within the fragment and sentence. */
export interface Verdict {
  readonly ok: boolean;
  readonly line?: number;
  readonly message?: string;
  /** False where the answer itself says that it is not certain. */
  readonly judged?: boolean;
}

/** What else there is for a fragment. */
interface Machine {
  readonly version: HttpdVersion;
  readonly reader: ConfReader;
  /** Folder above `modules`. */
  readonly serverRoot: string;
}

/** What this project says about a fragment behind the header; the file is called FILE in messages. */
export function verdictOf(fragment: string, { version, reader, serverRoot }: Machine): Verdict {
  const text = headerFor(version) + fromUnicode(fragment);
  const { error, notJudged } = testConf({ path: "FILE", text, reader, serverRoot, version });
  const doubted = notJudged.length > 0 ? { judged: false } : {};
  if (error === undefined) return { ok: true, ...doubted };
  // A file that was not closed is named with its line in httpd's own sentence: taken for the envelope, as samples do.
  const unclosed = /^FILE:(\d+): (.*)$/s.exec(error.message);
  const line = unclosed === null ? (error.line ?? 0) : Number(unclosed[1]);
  return { ok: false, line: line - HEADER_LINES, message: unclosed?.[2] ?? error.message, ...doubted };
}
