import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Attack } from "./attack.js";

const ROOT = join(__dirname, "../..");
const TESTS = ["test/constructs/targets/ssh-deploys.real.test.ts", "test/constructs/targets/ssh-faults.real.test.ts"];

/**
 * The tests of deploys over SSH at their full length: 20 deploys in a row under load, 10 beside clients that keep their
 * connections, 10 where each front is out of the balancing address, and 20 deploys that are cut at moments of the seed.
 * They take the time they need. What fails is no input to keep, so that it ends the campaign.
 */
export const attackDeploys: Attack = (seed) => {
  const vitest = join(ROOT, "node_modules/vitest/vitest.mjs");
  const words = [vitest, "run", "--project", "real", ...TESTS];
  const env = { ...process.env, DEPLOYS: "20", KEPT: "10", CUTS: "20", CUT_SEED: String(seed), REQUIRE_REAL: "1" };
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: ROOT, env, encoding: "utf8" });
  if (status !== 0) throw new Error(`deploys, seed ${seed}:\n${stdout}${stderr}`);
  console.log((stdout.match(/^\d+ (deploys|reloads) .*$/gm) ?? []).join("\n"));
  return Promise.resolve({
    counts: new Map([
      ["deploys under load", 20],
      ["deploys that were cut", 20],
    ]),
    finds: [],
  });
};
