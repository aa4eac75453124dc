import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Script } from "node:vm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loadCompiled } from "../../cli/load-compiled.js";
import { runCommand } from "../support/command.js";

/** Two texts of one length: V8 takes the code of one for the other. */
const FIRST = 'exports.says = () => "first"; exports.file = __filename; exports.sep = require("node:path").sep;';
const OTHER = FIRST.replace('"first"', '"other"');

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "load-compiled-"));
  file = join(folder, "part.js");
  writeFileSync(file, FIRST);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

interface Loaded {
  readonly exported: { says(): string; readonly file: string; readonly sep: string };
  /** Ends the run; undefined where nothing was to be kept. */
  readonly end: (() => void) | undefined;
}

function load(mark = "one"): Loaded {
  const works: (() => void)[] = [];
  const exported = loadCompiled(file, mark, (work) => works.push(work)) as Loaded["exported"];
  return { exported, end: works[0] };
}

describe("a file is loaded with what an earlier run compiled of it", () => {
  test("the file has what Node gives to every CommonJS file", () => {
    expect(load().exported.file).toBe(file);
    expect(load().exported.sep).toBe(join("a", "b").slice(1, 2));
  });

  test("a run that found nothing keeps its code, and the next run takes it", () => {
    load().end?.();
    expect(readdirSync(folder)).toEqual(["part.js", "part.js.one.cache"]);
    const second = load();
    expect(second.end).toBeUndefined();
    expect(second.exported.says()).toBe("first");
  });

  test("another text of the same length has another mark, and its own code runs", () => {
    load().end?.();
    writeFileSync(file, OTHER);
    const other = load("two");
    expect(other.exported.says()).toBe("other");
    expect(other.end).toBeDefined();
  });

  test.each(["", "no code at all", "x".repeat(4_096)])(
    "a cache that is none (%j) is passed over and written anew",
    (text) => {
      const cache = `${file}.one.cache`;
      writeFileSync(cache, text);
      const found = load();
      expect(found.exported.says()).toBe("first");
      found.end?.();
      expect(load().end).toBeUndefined();
    },
  );

  test("where the cache cannot be written the run ends without an error and without a draft", () => {
    const { end } = load();
    mkdirSync(`${file}.one.cache`);
    writeFileSync(join(`${file}.one.cache`, "in the way"), "");
    expect(end).not.toThrow();
    expect(readdirSync(folder)).toEqual(["part.js", "part.js.one.cache"]);
    expect(load().exported.says()).toBe("first");
  });

  test("two runs that end at once leave one whole cache", () => {
    const [one, two] = [load(), load()];
    one.end?.();
    two.end?.();
    expect(load().end).toBeUndefined();
    expect(existsSync(`${file}.one.cache`)).toBe(true);
  });
});

/** The mark of V8's flags in the head of compiled code. */
function flags(): string {
  return new Script("0").createCachedData().subarray(12, 16).toString("hex");
}

describe("no command leaves other flags of V8 than it found, or its code would be kept for nobody", () => {
  test.each([
    ["configtest", "ServerName x\n", 0],
    ["configtest", "<Proxy balancer://c>\nBalancerMember h\n</Proxy>\n", 1],
    ["lint", "ServerName x\n", 0],
  ])("%s of %j", async (command, text, status) => {
    const before = flags();
    const done = await runCommand([command, "httpd.conf"], { "httpd.conf": text });
    expect(done.status).toBe(status);
    expect(flags()).toBe(before);
  });
});
