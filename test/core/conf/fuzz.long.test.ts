import { test } from "vitest";
import { testConf } from "../../../core/conf/run/configtest.js";
import { parse } from "../../../core/conf/text/parse.js";
import { print } from "../../support/conf/print.js";
import { NO_FILES } from "../../../core/conf/run/reader.js";
import { SEED } from "../../support/seed.js";
import { Dice, fragment } from "./run/configtest.fragments.js";

/** How many mutated files, from which seed: set MUTATIONS and SEED to repeat or to search longer; the campaign `fuzz` does. */
const MUTATIONS = Number(process.env["MUTATIONS"] ?? 30_000);
/** Fragments that are mutated, each this many times. */
const TIMES = 50;

const BITS = [
  "<",
  ">",
  "</",
  '"',
  "'",
  "\\",
  "\\\n",
  "\n",
  "\r\n",
  "\0",
  "#",
  "${",
  "}",
  "=",
  "%",
  "(",
  "[",
  "*",
  "\xff",
  "\t",
  " ",
  "{",
  "|",
  ":",
  "/",
];

/** Cuts, doubles, replaces or adds somewhere. */
function mutated(dice: Dice, text: string): string {
  const at = dice.below(text.length + 1);
  const end = Math.min(text.length, at + dice.below(12));
  const kind = dice.below(5);
  if (kind === 0) return text.slice(0, at) + text.slice(end);
  if (kind === 1) return text.slice(0, end) + text.slice(at);
  if (kind === 2) return text.slice(0, at) + dice.pick(BITS) + text.slice(end);
  if (kind === 3) return text.slice(0, at) + String.fromCharCode(dice.below(256)) + text.slice(at);
  return text.slice(0, at) + dice.pick(BITS) + text.slice(at);
}

/** Reads a file every way there is; any exception fails the test. */
function survives(text: string): void {
  const tree = parse(text);
  if (print(tree) !== text) throw new Error("the tree does not print what was parsed");
  const { error } = testConf({ path: "/f.conf", text, reader: NO_FILES });
  if (error?.message === "") throw new Error("a complaint without a sentence");
}

test(
  `${MUTATIONS} mutated files from seed ${SEED} are read and printed back without an exception`,
  () => {
    let text = "";
    for (let count = 0; count < MUTATIONS; count += 1) {
      const dice = new Dice(SEED + count);
      if (count % TIMES === 0) text = fragment(dice).replace(/[^\u0000-\u00ff]/g, "?");
      const bent = mutated(dice, mutated(dice, text));
      try {
        survives(bent);
      } catch (error) {
        const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
        throw new Error(`SEED=${SEED}, file ${count}: ${JSON.stringify(bent)}\n${reason}`, { cause: error });
      }
    }
  },
  MUTATIONS * 5 + 60_000,
);

const MEGABYTE = 1_000_000;

/** Files that would be slow or deep for a careless reader. */
const BOMBS: Readonly<Record<string, () => string>> = {
  "a line of 10 MB": () => "ProxyPass / ".padEnd(10 * MEGABYTE, "x"),
  "a line of 10 MB of words": () => `BalancerMember ${"a=b ".repeat(2.5 * MEGABYTE)}`,
  "10 MB of backslashes": () => `Foo ${"\\".repeat(10 * MEGABYTE)}`,
  "10 MB of quotes": () => `Foo ${'"'.repeat(10 * MEGABYTE)}`,
  "10 MB of joined lines": () => "a\\\n".repeat(3 * MEGABYTE),
  "10 MB of empty joined lines": () => "\\\n".repeat(5 * MEGABYTE),
  "10 MB of empty lines": () => "\n".repeat(10 * MEGABYTE),
  "10 MB of variables": () => `Foo ${"${a}".repeat(2.5 * MEGABYTE)}`,
  "variables that never end": () => `Foo ${"${".repeat(5 * MEGABYTE)}`,
  "sections 100,000 deep": () => "<Proxy a>\n".repeat(100_000),
  "conditions 100,000 deep": () => "<IfModule core.c>\n".repeat(100_000),
  "skipped sections 100,000 deep": () => `<IfModule nope.c>\n${"<A>\n".repeat(100_000)}`,
  "executed sections 20,000 deep": () => `${'<If "true">\n'.repeat(20_000)}${"</If>\n".repeat(20_000)}`,
  "closing lines only": () => "</Proxy>\n".repeat(MEGABYTE),
  "a URL of 10 MB": () => `<Proxy balancer://c>\nBalancerMember http://h/${"a/".repeat(5 * MEGABYTE)}\n</Proxy>`,
  "a regular expression of 1 MB": () => `RewriteRule ${"(".repeat(MEGABYTE)} b`,
  "an expression 100,000 deep": () => `<If "${"(".repeat(100_000)}true${")".repeat(100_000)}">\n</If>`,
  "a macro that doubles itself": () =>
    Array.from(
      { length: 40 },
      (_, level) => `<Macro m${level}>\nUse m${level - 1}\nUse m${level - 1}\n</Macro>\n`,
    ).join("") + "Use m39\n",
};

test.each(Object.keys(BOMBS))(
  "%s do no harm",
  (name) => {
    survives(BOMBS[name]!());
  },
  60_000,
);
