import type { Random } from "../differential/random.js";

/** Words that readers treat specially, or that no reader expects. */
const WORDS: readonly string[] = [
  "",
  '"',
  "'",
  "\\",
  "\\\n",
  "\n",
  "\r",
  "\t",
  "\u0000",
  "\u001b[31m",
  "\u00a0",
  "\u2028",
  "\ufeff",
  "\ud800",
  "${X}",
  "${",
  "%{REQUEST_URI}",
  "$1",
  "-1",
  "0",
  "1e400",
  "99999999999999999999",
  "0x10",
  "NaN",
  "2147483648",
  "__proto__",
  "constructor",
  "toString",
  "null",
  "~",
  "[]",
  "{}",
  "*a",
  "&a [*a]",
  "!!js/function 'x'",
  "<<: *a",
  "<Proxy balancer://",
  "</Proxy>",
  '<If "true">',
  "<IfDefine X>",
  "<Macro m $x>",
  "Use m a",
  "Include *",
  "Include httpd.conf",
  "Define X ${X}",
  "balancer://",
  "unix:/s|http://x",
  "http://[::1]:",
  "(((a+)+)+)$",
  "(?=a)*",
  "::error::x",
  "://",
  "#",
];

type Mutation = (text: string, random: Random, other: string) => string;

const spans = (text: string, random: Random, most: number): readonly [number, number] => {
  const from = random.below(text.length + 1);
  return [from, Math.min(text.length, from + random.below(most))];
};

const onLines = (work: (lines: string[], random: Random) => void): Mutation => {
  return (text, random) => {
    const lines = text.split("\n");
    work(lines, random);
    return lines.join("\n");
  };
};

/** One step each; a mutation is a few of them. */
const MUTATIONS: readonly Mutation[] = [
  (text, random) => {
    const [from, to] = spans(text, random, 30);
    return text.slice(0, from) + text.slice(to);
  },
  (text, random) => {
    const [from, to] = spans(text, random, 60);
    return text.slice(0, to) + text.slice(from, to).repeat(1 + random.below(4)) + text.slice(to);
  },
  (text, random) => {
    const at = random.below(text.length + 1);
    return text.slice(0, at) + random.pick(WORDS) + text.slice(at);
  },
  (text, random) => {
    const at = random.below(text.length + 1);
    return text.slice(0, at) + String.fromCharCode(random.below(256)) + text.slice(at + 1);
  },
  (text, random) => {
    const words = text.split(/(\s+)/);
    words[random.below(words.length)] = random.pick(random.chance(0.5) ? WORDS : words);
    return words.join("");
  },
  (text, random) => text.replace(/\d+/, () => random.pick(["0", "-1", "65536", "1e9", "99999999999999999999"])),
  (text, random, other) => {
    const [from, to] = spans(other, random, 300);
    const at = random.below(text.length + 1);
    return text.slice(0, at) + other.slice(from, to) + text.slice(at);
  },
  onLines((lines, random) => {
    lines.splice(random.below(lines.length), 1);
  }),
  onLines((lines, random) => {
    const from = random.below(lines.length);
    lines.splice(random.below(lines.length), 0, ...lines.slice(from, from + 1 + random.below(5)));
  }),
  onLines((lines, random) => {
    const line = lines[random.below(lines.length)] ?? "";
    lines.push(line.repeat(1 + random.below(200)));
  }),
];

/** A text with a few things wrong; parts of another may stand in it. */
export function mutated(text: string, random: Random, other: string): string {
  const steps = 1 + random.below(4);
  const result = Array.from({ length: steps }).reduce<string>(
    (before) => random.pick(MUTATIONS)(before, random, other),
    text,
  );
  return result.slice(0, LONGEST);
}

/** Characters of a mutated file: what is longer is the matter of tests of their own. */
const LONGEST = 20_000;
