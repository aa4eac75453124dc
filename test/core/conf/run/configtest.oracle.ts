import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromUnicode, toBytes } from "../../../../core/httpd/bytes.js";
import type { ConfReader } from "../../../../core/conf/run/reader.js";
import { MEASURED_VERSION } from "../../../../core/vocabulary/versions.js";
import type { HttpdVersion } from "../../../../core/vocabulary/versions.js";
import { HEADER_LINES, headerFor, verdictOf } from "../../../../scripts/certificate/verdict.js";
import type { Verdict } from "../../../../scripts/certificate/verdict.js";

/** The disk apache2 sees too. */
const DISK: ConfReader = {
  readText: (path) => (kindOf(path) === "file" ? readFileSync(path, "latin1") : undefined),
  readFolder: (path) => (kindOf(path) === "folder" ? readdirSync(path) : undefined),
};

function kindOf(path: string): "file" | "folder" | undefined {
  if (!existsSync(path)) return undefined;
  return statSync(path).isDirectory() ? "folder" : "file";
}

/**
 * What this project says about a fragment behind the header; the file is called FILE in messages.
 *
 * @param version - whose verdict it is
 * @param serverRoot - folder above `modules`
 */
export function ourVerdict(
  fragment: string,
  version: HttpdVersion = MEASURED_VERSION,
  serverRoot = "/usr/lib/apache2",
): Verdict {
  return verdictOf(fragment, { version, reader: DISK, serverRoot });
}

/** A folder for one run of apache2; `close` removes it. */
export class Oracle {
  readonly #folder = mkdtempSync(join(tmpdir(), "configtest-"));
  readonly #program: string;
  readonly #serverRoot: string;
  readonly #header: string;
  readonly #before: readonly string[];
  #count = 0;

  /**
   * @param program - path of apache2
   * @param serverRoot - folder above its `modules`
   * @param httpd - its release
   * @param loaded - modules that are built into other httpds and not into this one
   */
  constructor(
    program: string,
    serverRoot = "/usr/lib/apache2",
    httpd: HttpdVersion = MEASURED_VERSION,
    loaded: readonly string[] = [],
  ) {
    this.#program = program;
    this.#serverRoot = serverRoot;
    this.#header = headerFor(httpd);
    this.#before = loaded.flatMap((name) => ["-C", `LoadModule ${name}_module modules/mod_${name}.so`]);
  }

  /** What `apache2 -t` says about a fragment behind the header. */
  async verdict(fragment: string): Promise<Verdict> {
    this.#count += 1;
    const path = join(this.#folder, `${this.#count}.conf`);
    writeFileSync(path, toBytes(this.#header + fromUnicode(fragment)));
    const output = await run(this.#program, [
      ...this.#before,
      ...["-t", "-d", this.#serverRoot, "-C", "ErrorLog /dev/null", "-f", path],
    ]);
    rmSync(path);
    return readVerdict(output.replaceAll(path, "FILE"));
  }

  close(): void {
    rmSync(this.#folder, { recursive: true });
  }
}

/** Cuts httpd's output into its parts; warnings above the verdict are left out. */
function readVerdict(output: string): Verdict {
  const lines = output.split("\n").filter((line) => !/^(?:\[\w{3} \w{3} \d\d |AH\d+: WARNING: )/.test(line));
  const text = lines.join("\n").trimEnd();
  if (text === "Syntax OK") return { ok: true };
  const structure = /^\w+: Syntax error on line (\d+) of FILE: (?:FILE:(\d+): )?(.*)$/s.exec(text);
  const directive = /^AH00526: Syntax error on line (\d+) of FILE:\n(.*)$/s.exec(text);
  if (structure !== null) {
    return { ok: false, line: Number(structure[2] ?? structure[1]) - HEADER_LINES, message: structure[3]! };
  }
  if (directive !== null) return { ok: false, line: Number(directive[1]) - HEADER_LINES, message: directive[2]! };
  throw new Error(`httpd said something unexpected: ${text}`);
}

function run(program: string, words: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { stdio: ["ignore", "pipe", "pipe"] });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", reject);
    child.on("close", () => {
      resolve(Buffer.concat(chunks).toString("latin1"));
    });
  });
}
