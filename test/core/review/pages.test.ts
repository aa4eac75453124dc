import { expect, test } from "vitest";
import "../../../cli/commands/explain.js";
import "../../../cli/commands/simulate.js";
import { runCommand } from "../../support/command.js";

const FILES = {
  "shop.yaml": `clusters:
  shop:
    maxattempts: 3
    members:
      a: { url: http://10.0.0.1:8080, loadfactor: 3 }
      b: { url: http://10.0.0.2:8080 }
      c: { url: http://10.0.0.3:8080, role: standby }
servers:
  web: { listen: [80], mounts: { /shop: shop } }
`,
  "s.yaml": "steps:\n  - request: { count: 8, path: /shop }\n  - stop: [a, b, c]\n  - request: { path: /shop }\n",
};

test("explain --html draws every member, with the shares that explain says", async () => {
  const { status, stdout } = await runCommand(["explain", "shop.yaml", "--html"], FILES);
  expect(status).toBe(0);
  for (const text of ["a 75.0 %", "b 25.0 %", "c (standby)", "/shop", "3/4 (75.0 %)"]) expect(stdout).toContain(text);
});

test("explain --mermaid leads from paths to members; a standby's arrow is another one", async () => {
  const { stdout } = await runCommand(["explain", "shop.yaml", "--mermaid"], FILES);
  expect(stdout.split("\n")).toEqual([
    "flowchart LR",
    '  p0x0["/shop"] --> c0["balancer shop"]',
    '  c0 --> m0x0["a"]',
    '  c0 --> m0x1["b"]',
    '  c0 -.-> m0x2["c (standby)"]',
    "  %% for httpd 2.4.71 (the default; --httpd names another)",
    "",
  ]);
});

test("simulate --html has a bar for each answer, a cross for each error, and what happened between", async () => {
  const { stdout } = await runCommand(["simulate", "shop.yaml", "--scenario", "s.yaml", "--html"], FILES);
  expect(stdout.match(/class="bar"/g)).toHaveLength(8);
  expect(stdout.match(/class="error"/g)).toHaveLength(1);
  expect(stdout).toContain("<code>{&quot;stop&quot;:[&quot;a&quot;,&quot;b&quot;,&quot;c&quot;]}</code>");
});
