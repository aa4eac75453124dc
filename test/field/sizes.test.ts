import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { nodeIo } from "../../cli/node-io.js";
import { runProgram } from "../../cli/program.js";
import { runCommand } from "../support/command.js";

const FOLDER = mkdtempSync(join(tmpdir(), "sizes-"));

afterAll(() => {
  rmSync(FOLDER, { recursive: true });
});

/** A balancer of so many members at the root of a server. */
function balancerOf(count: number): string {
  const members = Array.from({ length: count }, (_, at) => {
    return `BalancerMember http://10.0.${at >> 8}.${at & 255}:8080 loadfactor=${1 + (at % 7)}`;
  });
  return ["<Proxy balancer://x>", ...members, "</Proxy>", "ProxyPass / balancer://x/", ""].join("\n");
}

describe("inputs of a size that nobody reads", () => {
  it.each(["lint", "configtest", "explain", "check", "import --to yaml"])(
    "a file of 100 MB is refused before it is read: %s",
    async (words) => {
      const file = join(FOLDER, "large.conf");
      writeFileSync(file, "");
      truncateSync(file, 100_000_000);
      let said = "";
      const heard = (text: string): void => {
        said += text;
      };
      const status = await runProgram([...words.split(" "), file], { ...nodeIo, stdout: heard, stderr: heard });
      expect(said).toBe(`httpd-balancer: ${file}: has 100000000 bytes; at most 67108864 are read\n`);
      expect(status).toBe(2);
    },
  );

  it("of hundreds of members explain names a dozen and counts the rest", async () => {
    const { status, stdout } = await runCommand(["explain", "large.conf"], {
      "large.conf": balancerOf(300),
    });
    expect(status).toBe(0);
    expect(stdout).toMatch(/While all are up: .* and 288 more\./);
    for (const line of stdout.split("\n")) expect(line.length, line.slice(0, 80)).toBeLessThan(1_500);
  });

  it("requests by the hundred million are counted, not played: with a stop and with time between them", async () => {
    const scenario = `steps:
  - request: { count: 100000000, every: 1ms }
  - stop: [ http://10.0.0.0:8080 ]
  - request: { count: 100000000, every: 1ms }
`;
    const { status, stdout } = await runCommand(["simulate", "two.conf", "--scenario", "s.yaml"], {
      "two.conf": balancerOf(2),
      "s.yaml": scenario,
    });
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^step 1: 100000000 requests: .*\nstep 3: 100000000 requests: 100000000 x 10\.0\.0\.1:8080 200\n/,
    );
  });
});
