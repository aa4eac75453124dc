import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { lintConf } from "../../../core/lint/lint-conf.js";
import { EFFECT_RULES } from "../../../core/lint/version-effects.js";
import { VERSION_TRAPS } from "../../../core/lint/version-traps.js";
import { FORMATS } from "../../../core/report/formats/index.js";
import type { ReviewReport, UpgradeReview } from "../../../core/review/report.js";
import { reportSchema } from "../../../core/review/schema.js";
import { BEHAVIOURS, behaves } from "../../../core/vocabulary/behaviours.js";
import type { Behaviour, BehaviourName } from "../../../core/vocabulary/behaviours.js";
import type { HttpdVersion } from "../../../core/vocabulary/versions.js";
import { CAUGHT, MEMBERS } from "../lint/version-cases.js";
import { example } from "../lint/examples.js";
import { runCommand } from "../../support/command.js";

type Answer = ReviewReport & Omit<UpgradeReview, "input">;

const VERSIONS = ["2.4.6", "2.4.37", "2.4.52", "2.4.57", "2.4.58", "2.4.62", "2.4.68", "2.4.71"] as const;

async function asked(
  conf: string,
  from: HttpdVersion,
  to: HttpdVersion,
): Promise<Answer & { readonly status: number }> {
  const words = ["explain", "httpd.conf", "--from", from, "--to", to, "--json"];
  const { status, stdout, stderr } = await runCommand(words, { "httpd.conf": conf });
  expect(stderr).not.toContain("Error");
  return { ...(JSON.parse(stdout) as Answer), status };
}

/** The release before one of 2.4. */
function before(version: HttpdVersion): HttpdVersion {
  return `2.4.${Number(version.split(".")[2]) - 1}`;
}

describe.each(VERSION_TRAPS)("the trap of $behaviour", ({ behaviour, done }) => {
  const { since, until }: Behaviour = BEHAVIOURS[behaviour];
  const text = CAUGHT[behaviour] ?? "";
  const mended = (done ? until : since) ?? "2.4.71";

  it("is better with the release that ends it, and worse on the way back, at its line", async () => {
    const there = await asked(text, before(mended), mended);
    const back = await asked(text, mended, before(mended));
    const own = ({ behaviours }: Answer) => behaviours.filter(({ name }) => name === behaviour);
    expect(own(there)).toMatchObject([{ effect: "better", change: done ? "ends" : "begins" }]);
    expect(own(back)).toMatchObject([{ effect: "worse", change: done ? "begins" : "ends" }]);
    const lines = lintConf(example({ httpd: "2.4.71" }, text), EFFECT_RULES).diagnostics;
    const places = lines.filter(({ rule }) => rule === behaviour).map(({ place }) => place?.line);
    expect(places.length).toBeGreaterThan(0);
    expect(own(there)[0]?.places.map(({ line }) => line)).toEqual(places);
  });
});

describe("a behaviour that differs between two releases", () => {
  const conf = `${MEMBERS}ProxySet balancer://b nonce=None\n<Location /m>\nSetHandler balancer-manager\nRequire local\n</Location>\n`;

  it.each(VERSIONS.flatMap((from) => VERSIONS.map((to) => [from, to] as const)))(
    "is told from %s to %s of what the file uses, and nothing else is",
    async (from, to) => {
      const used = new Set(
        lintConf(example({ httpd: "2.4.71" }, conf), EFFECT_RULES).diagnostics.map(({ rule }) => rule),
      );
      const names = Object.keys(BEHAVIOURS) as readonly BehaviourName[];
      const wanted = names.filter((name) => used.has(name) && behaves(from, name) !== behaves(to, name));
      const { behaviours } = await asked(conf, from, to);
      expect(behaviours.map(({ name }) => name).sort()).toEqual([...wanted].sort());
    },
  );

  it("is not told of a file that uses none", async () => {
    const { behaviours, refused, clusters } = await asked("ServerName x\n", "2.4.6", "2.4.71");
    expect({ behaviours, refused, clusters }).toEqual({ behaviours: [], refused: [], clusters: [] });
  });
});

interface Verdict {
  readonly conf: string;
  readonly ok: boolean;
  readonly line: number | null;
  readonly message: string;
}

const FIXTURES = join(__dirname, "../../fixtures/versions");

/** What the recorded httpd of a version refuses, and 2.4.71 takes. */
function refusals(file: string): readonly Verdict[] {
  const lines = readFileSync(join(FIXTURES, file), "utf8").trim().split("\n");
  const all = lines.map((line) => JSON.parse(line) as Verdict);
  return all.filter(({ ok, conf }) => !ok && lintConf(example({ httpd: "2.4.71" }, conf), []).diagnostics.length === 0);
}

describe.each(readdirSync(FIXTURES).filter((name) => name.startsWith("verdicts-")))("%s", (file) => {
  const version = (/-(.*)[.]jsonl$/.exec(file)?.[1] ?? "") as HttpdVersion;
  const taken = refusals(file);

  it("has fragments of which the way from 2.4.71 names the line that this httpd refuses", async () => {
    for (const { conf, line } of taken.slice(0, 6)) {
      const there = await asked(conf, "2.4.71", version);
      expect(there.status).toBe(1);
      expect(there.refused.map((one) => one.line)).toContain(line);
      const back = await asked(conf, version, "2.4.71");
      expect(back.accepted.map((one) => one.line)).toContain(line);
    }
  });
});

describe("a word that came later", () => {
  it("is refused with the release that it came with", async () => {
    const { refused } = await asked("BalancerMember balancer://b http://h addressttl=5\n", "2.4.71", "2.4.58");
    expect(refused.map(({ fix, line }) => ({ fix, line }))).toEqual([
      { fix: "remove addressttl=5, which came with httpd 2.4.59, or run that or a newer one", line: 1 },
    ]);
  });

  it("is refused in a spec, too, at its line, and the rest is compared", async () => {
    const files = {
      "a.yaml":
        "httpd: 2.4.71\nclusters:\n  b:\n    members:\n      a: { url: 'http://h:1', addressttl: 5s }\n      c: { url: 'http://h:2', loadfactor: 3 }\n",
    };
    const done = await runCommand(["explain", "a.yaml", "--to", "2.4.57", "--json"], files);
    const { refused, from, to, clusters } = JSON.parse(done.stdout) as Answer;
    expect({ from, to, lines: refused.map(({ line }) => line) }).toEqual({ from: "2.4.71", to: "2.4.57", lines: [5] });
    expect(done.status).toBe(1);
    expect(clusters.map(({ shares }) => shares.after)).toEqual([{ a: "1/4", c: "3/4" }]);
  });
});

const STICKY = (routes: readonly number[]): string =>
  [
    "<Proxy balancer://shop>",
    ...routes.map((weight, at) => `  BalancerMember http://10.0.0.${at + 1}:80 route=r${at + 1} loadfactor=${weight}`),
    "  ProxySet stickysession=SID|sid",
    "</Proxy>",
    "ProxyPass / balancer://shop/",
    "",
  ].join("\n");

describe("sessions in the query string, which 2.4.62 does not see", () => {
  it.each([[[1, 1]], [[1, 2]], [[1, 1, 2]]])(
    "stray from members of weights %j as often as the simulation of both releases says",
    async (weights) => {
      const conf = STICKY(weights);
      const { clusters, summary } = await asked(conf, "2.4.58", "2.4.62");
      const [stray = 0, of = 1] = (clusters[0]?.sessions.inQuery ?? "").split("/").map(Number);
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      // Each session asks as often as its member has a share: a whole number of rounds of each.
      const steps = weights.map(
        (weight, at) => `  - request: { count: ${weight * total * 12}, path: '/?sid=x.r${at + 1}' }`,
      );
      const moved = await Promise.all(
        ["2.4.58", "2.4.62"].map(async (httpd) => {
          const words = ["simulate", "httpd.conf", "--scenario", "s.yaml", "--httpd", httpd, "--json"];
          const { stdout } = await runCommand(words, { "httpd.conf": conf, "s.yaml": `steps:\n${steps.join("\n")}\n` });
          const { picks } = JSON.parse(stdout) as { readonly picks: readonly { readonly member: string }[] };
          const homes = weights.flatMap((weight, at) =>
            Array<string>(weight * total * 12).fill(`http://10.0.0.${at + 1}:80`),
          );
          return picks.filter(({ member }, index) => member.replace(/:80$/, "") !== homes[index]?.replace(/:80$/, ""))
            .length;
        }),
      );
      expect(moved[0]).toBe(0);
      expect(moved[1]).toBe((total * total * 12 * stray) / of);
      expect(summary).toMatch(
        /^Traffic changes: upgrade 2[.]4[.]58 → 2[.]4[.]62: a session in the query string is not seen;/,
      );
    },
  );

  it("are told by review of two inputs that only differ in their release", async () => {
    const files = { "old.conf": STICKY([1, 1]), "s.yaml": "" };
    const words = ["review", "old.conf", "--from", "2.4.52", "--to", "2.4.62", "--json"];
    const { stdout, status } = await runCommand(words, files);
    const report = JSON.parse(stdout) as ReviewReport;
    expect(status).toBe(0);
    expect(report.summary).toContain("upgrade 2.4.52 → 2.4.62: a session in the query string is not seen");
    expect(report.summary).toContain("1/2 (50.0 %) of the requests with a session in the query string");
    const judge = new Ajv2020({ strict: true }).compile(reportSchema());
    judge(report);
    expect(judge.errors ?? []).toEqual([]);
  });
});

it("shares that depend on decimals are those of each release", async () => {
  const conf = STICKY([1, 1]).replace("loadfactor=1", "loadfactor=1.5").replace("loadfactor=1\n", "loadfactor=2.5\n");
  const { clusters } = await asked(conf, "2.4.6", "2.4.71");
  const [{ shares } = { shares: undefined }] = clusters;
  expect(Object.values(shares?.before ?? {})).toEqual(["1/3", "2/3"]);
  expect(Object.values(shares?.after ?? {})).toEqual(["3/8", "5/8"]);
});

it.each(Object.keys(FORMATS))("an upgrade is told as %s", async (format) => {
  const conf = `${STICKY([1, 2])}BalancerMember balancer://shop http://10.0.0.9 addressttl=5\n`;
  const words = ["explain", "httpd.conf", "--from", "2.4.71", "--to", "2.4.57", "--format", format];
  const { stdout, status } = await runCommand(words, { "httpd.conf": conf });
  expect(status).toBe(1);
  expect(stdout).toContain("addressttl=5");
});

it("the releases are those of the input and of today where they are left out", async () => {
  const { from, to } = JSON.parse(
    (await runCommand(["explain", "a.conf", "--from", "rhel8", "--json"], { "a.conf": MEMBERS })).stdout,
  ) as Answer;
  expect({ from, to }).toEqual({ from: "2.4.37", to: "2.4.71" });
  const wrong = await runCommand(["explain", "a.conf", "--to", "3"], { "a.conf": MEMBERS });
  expect(wrong).toMatchObject({ status: 2, stdout: "" });
  expect(wrong.stderr).toContain("--to: found '3'");
});
