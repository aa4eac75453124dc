import { spawnSync } from "node:child_process";
import { closeSync, openSync, rmSync } from "node:fs";
import { expect, it } from "vitest";
import { bundledProgram } from "../support/bundled-program.js";

it("what is piped in without an end is counted while it comes, and refused in one sentence", () => {
  const { folder, path } = bundledProgram();
  const zero = openSync("/dev/zero", "r");
  try {
    const { status, stderr } = spawnSync(process.execPath, [path, "lint", "-"], {
      stdio: [zero, "pipe", "pipe"],
      encoding: "utf8",
    });
    expect(stderr).toBe("httpd-balancer: -: has more than 67108864 bytes, of which no more are read\n");
    expect(status).toBe(2);
  } finally {
    closeSync(zero);
    rmSync(folder, { recursive: true });
  }
}, 60_000);
