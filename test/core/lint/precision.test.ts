import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fromBytes } from "../../../core/httpd/bytes.js";
import { lintConf } from "../../../core/lint/lint-conf.js";
import { alone } from "./examples.js";

/** Configurations in which somebody judged every finding: `# judged: RULE useful|true` above the line it is found on. */
const FOLDER = join(__dirname, "../../fixtures/precision");

/** Least part of the findings that are true and carry the right fix. */
const LEAST_TRUE = 0.95;

/** Least part that an operator was glad to be told. */
const LEAST_USEFUL = 0.85;

interface Judged {
  /** `FILE:LINE RULE`. */
  readonly finding: string;
  readonly useful: boolean;
}

const FILES = readdirSync(FOLDER).map((name) => ({ name, text: fromBytes(readFileSync(join(FOLDER, name))) }));

function judgedIn({ name, text }: (typeof FILES)[number]): readonly Judged[] {
  const lines = text.split("\n");
  return lines.flatMap((line, index): readonly Judged[] => {
    const [, rule, verdict] = /^\s*# judged: (\S+) (useful|true)$/.exec(line) ?? [];
    if (rule === undefined) return [];
    const below = lines.slice(index).findIndex((one) => !/^\s*# judged: /.test(one));
    return [{ finding: `${name}:${index + below + 1} ${rule}`, useful: verdict === "useful" }];
  });
}

const JUDGED = FILES.flatMap(judgedIn);
const FOUND = FILES.flatMap(({ name, text }) =>
  lintConf(alone(text, name)).diagnostics.map(({ rule, place }) => `${name}:${place?.line ?? 0} ${rule}`),
);

describe("lint on configurations that were judged by hand", () => {
  it(`is right in ${LEAST_TRUE * 100} of 100 findings: what nobody judged to be true counts as false`, () => {
    const known = new Set(JUDGED.map(({ finding }) => finding));
    const wrong = FOUND.filter((finding) => !known.has(finding));
    expect(1 - wrong.length / FOUND.length, wrong.join("\n")).toBeGreaterThanOrEqual(LEAST_TRUE);
  });

  it(`is useful in ${LEAST_USEFUL * 100} of 100 findings`, () => {
    const useful = new Set(JUDGED.filter((one) => one.useful).map(({ finding }) => finding));
    const noise = FOUND.filter((finding) => !useful.has(finding));
    expect(1 - noise.length / FOUND.length, noise.join("\n")).toBeGreaterThanOrEqual(LEAST_USEFUL);
  });

  it("finds everything that was judged to be worth a finding", () => {
    const found = new Set(FOUND);
    expect(JUDGED.filter(({ finding }) => !found.has(finding))).toEqual([]);
    expect(JUDGED.length).toBeGreaterThan(30);
  });
});
