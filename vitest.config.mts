import { defineConfig } from "vitest/config";

const COMMON = {
  testTimeout: 120_000,
  hookTimeout: 120_000,
  pool: "forks",
  setupFiles: "test/support/setup.ts",
} as const;

/** Tests that start a real program (`*.real.test.ts`) or play for minutes (`*.long.test.ts`). */
const SLOW = ["test/**/*.real.test.ts", "test/**/*.long.test.ts"];

/** Tests of everything that imports cdktf; they run a second time on its fork. */
const ON_CDKTF = ["test/constructs/**/*.test.ts", "test/stacks/**/*.test.ts"];

/**
 * From the plan on only Terraform speaks to AWS and to hosts: what the fork writes is held by `aws-target.test.ts` and by
 * `ssh-target.real.test.ts`, and minutes of a second deploy would show nothing more.
 */
const DEPLOYED_ONCE = [
  "test/constructs/targets/aws-target.real.test.ts",
  ...["deploys", "faults", "live", "red-hat"].map((part) => `test/constructs/targets/ssh-${part}.real.test.ts`),
];

const ON_CDKTF_021 = { CDKTF_VERSION: "0.21.0" };

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      // The fast lane, `npx vitest run --project unit`: no real program, for everyday work.
      // Its tests share no state, so that a worker loads core once and not once a file.
      {
        test: {
          ...COMMON,
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: SLOW,
          isolate: false,
          env: ON_CDKTF_021,
        },
      },
      { test: { ...COMMON, name: "real", include: SLOW, env: ON_CDKTF_021 } },
      {
        // What `"cdktf": "npm:cdktn@0.24"` does in a user's package.json: the same import, the other package.
        resolve: { alias: [{ find: /^cdktf$/, replacement: "cdktn" }] },
        test: {
          ...COMMON,
          name: "cdktn",
          include: ON_CDKTF,
          exclude: DEPLOYED_ONCE,
          env: { CDKTF_VERSION: "0.24.0" },
        },
      },
    ],
  },
});
