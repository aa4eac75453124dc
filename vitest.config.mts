import { defineConfig } from "vitest/config";

const COMMON = {
  testTimeout: 120_000,
  hookTimeout: 120_000,
  pool: "forks",
} as const;

/** Tests of everything that imports cdktf; they run a second time on its fork. */
const ON_CDKTF = ["test/constructs/**/*.test.ts", "test/stacks/**/*.test.ts"];

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { test: { ...COMMON, name: "cdktf", include: ["test/**/*.test.ts"], env: { CDKTF_VERSION: "0.21.0" } } },
      {
        // What `"cdktf": "npm:cdktn@0.24"` does in a user's package.json: the same import, the other package.
        resolve: { alias: [{ find: /^cdktf$/, replacement: "cdktn" }] },
        test: { ...COMMON, name: "cdktn", include: ON_CDKTF, env: { CDKTF_VERSION: "0.24.0" } },
      },
    ],
  },
});
