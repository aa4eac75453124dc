import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { tour } from "../../stacks/tour.js";
import { projectCopy } from "../support/project-copy.js";
import { filesBelow } from "../support/synthesis.js";

vi.setConfig({ testTimeout: 300_000 });

const CONF = "stacks/active-passive/web/httpd.conf";

interface Package {
  readonly scripts: { readonly "demo:review": string };
}

/** Options of a child process that finds Node on its PATH, and nothing else. */
function withoutPrograms(folder: string) {
  const bin = join(folder, "bin");
  mkdirSync(bin);
  symlinkSync(process.execPath, join(bin, "node"));
  const env = { PATH: bin, HOME: folder, CHECKPOINT_DISABLE: "1", DISABLE_VERSION_CHECK: "1", CI: "1" };
  return { stdio: "pipe", encoding: "utf8", env } as const;
}

describe("the project on a machine with nothing but Node", () => {
  test("`npm start` compiles, synthesizes and shows the tour, `npm run demo:review` the review; nothing but Node has to be there", () => {
    const folder = projectCopy();
    const alone = { cwd: folder, ...withoutPrograms(folder) };
    const shown = execFileSync(process.execPath, ["scripts/start.mjs"], alone);
    expect(shown).not.toContain("installing packages");
    expect(shown).toMatch(/^compiling TypeScript \.\.\. done .*\nrunning `cdktf synth` \.\.\. done /);
    expect(shown).toContain(tour(folder));
    // What was compiled is not compiled again, so that the second of the two commands takes little longer.
    const { scripts } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Package;
    const [program = "", ...words] = scripts["demo:review"].split(" ");
    expect(program).toBe("node");
    const reviewed = execFileSync(process.execPath, words, alone);
    const made = (name: string): string => readFileSync(join(folder, "cdktf.out/review", name), "utf8");
    expect(reviewed).toContain("High risk: mycluster no longer keeps share of node2");
    expect(made("comment.md")).toContain("### httpd balancers: high risk");
    expect(made("review.html")).toContain("▲ High risk");
  });

  test("`cdktf synth` needs no terraform, and writes the same as the app alone", () => {
    const folder = projectCopy();
    writeFileSync(
      join(folder, "cdktf.json"),
      JSON.stringify({ language: "typescript", app: "node --import tsx stacks/main.ts" }),
    );
    const cdktf = "node_modules/cdktf-cli/bundle/bin/cdktf";
    execFileSync(process.execPath, [cdktf, "synth"], { cwd: folder, ...withoutPrograms(folder) });
    const written = filesBelow(join(folder, "cdktf.out"));
    execFileSync(process.execPath, ["--import", "tsx", "stacks/main.ts"], { cwd: folder, stdio: "pipe" });
    expect(filesBelow(join(folder, "cdktf.out"))).toEqual(written);
    expect(Object.keys(written)).toContain(CONF);
    expect(Object.values(written).join("\n")).not.toContain(folder);
  });

  test('a package.json with "cdktf": "npm:cdktn" gives the same stack; only the version in the metadata differs', () => {
    const [on, onFork] = [{}, { cdktf: "cdktn" }].map((aliases) => {
      const folder = projectCopy(aliases);
      execFileSync(process.execPath, ["--import", "tsx", "stacks/main.ts"], { cwd: folder, stdio: "pipe" });
      const path = join(folder, "cdktf.out/stacks/active-passive/cdk.tf.json");
      const stack = JSON.parse(readFileSync(path, "utf8")) as { "//": { metadata: { version: string } } };
      const { version } = stack["//"].metadata;
      return {
        version,
        stack: { ...stack, "//": undefined },
        conf: readFileSync(join(folder, "cdktf.out", CONF), "utf8"),
      };
    });
    expect([on?.version, onFork?.version]).toEqual(["0.21.0", "0.24.0"]);
    expect(onFork?.stack).toEqual(on?.stack);
    expect(onFork?.conf).toBe(on?.conf);
  });
});
