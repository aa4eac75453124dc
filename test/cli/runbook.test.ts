import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import type { Runbook } from "../../core/promises/runbook/step.js";
import type { OPERATIONS } from "../../cli/runbook-operation.js";
import { runCommand } from "../support/command.js";

const CONF = [
  "<Proxy balancer://mycluster>",
  "  BalancerMember http://localhost:8380",
  "  BalancerMember http://localhost:8580",
  "</Proxy>",
  "ProxyPass / balancer://mycluster/",
  "",
].join("\n");

const ZONES = JSON.stringify({
  clusters: {
    c: {
      members: {
        a1: { url: "http://a1.test:8080", zone: "a" },
        a2: { url: "http://a2.test:8080", zone: "a" },
        b1: { url: "http://b1.test:8080", zone: "b" },
      },
    },
  },
  servers: { web: { listen: [80], mounts: { "/": "c" } } },
});

/** Words that make each operation possible on {@link CONF}. */
const WORDS: Readonly<Partial<Record<keyof typeof OPERATIONS, readonly string[]>>> = {
  drain: ["--member", "localhost:8380"],
  "drain-and-stop": ["--member", "localhost:8380"],
  return: ["--member", "localhost:8380"],
  remove: ["--member", "localhost:8380"],
  emergency: ["--member", "localhost:8380"],
  "clear-error": ["--member", "localhost:8380"],
  "rolling-restart": [],
  "shift-weights": ["--weight", "http://localhost:8380=3", "--stages", "10,50"],
  "set-balancer": ["--set", "lbmethod=bybusyness", "--set", "timeout=3"],
  reload: [],
};

describe("runbook", () => {
  test("options stand in any order, also before the input", async () => {
    const orders = [
      ["drain", "httpd.conf", "--member", "http://localhost:8380"],
      ["drain", "--member", "http://localhost:8380", "httpd.conf"],
      ["--member", "localhost:8380", "drain", "httpd.conf"],
    ];
    const results = await Promise.all(orders.map((words) => runCommand(["runbook", ...words], { "httpd.conf": CONF })));
    expect(results.map(({ status, stderr }) => ({ status, stderr }))).toEqual(
      orders.map(() => ({ status: 0, stderr: "" })),
    );
    expect(new Set(results.map(({ stdout }) => stdout)).size).toBe(1);
  });

  test("several members are named by repeating the option, or by their zone", async () => {
    const named = await runCommand(["runbook", "drain", "--member", "a1", "--member", "a2", "spec.json", "--json"], {
      "spec.json": ZONES,
    });
    const zone = await runCommand(["runbook", "drain", "spec.json", "--zone", "a", "--json"], { "spec.json": ZONES });
    expect(zone.stdout).toBe(named.stdout);
    const { steps } = JSON.parse(named.stdout) as Runbook;
    expect(steps.at(-1)?.serving).toEqual([{ member: "b1", share: 1 }]);
  });

  test.each([
    [["drain", "httpd.conf"], "--member"],
    [["drain", "httpd.conf", "--member", "http://localhost:8381"], "did you mean 'http://localhost:8380'"],
    [["drain", "httpd.conf", "--zone", "a"], "no member has a zone"],
    [["shift-weights", "httpd.conf", "--weight", "http://localhost:8380=200"], "loadfactor"],
    [["shift-weights", "httpd.conf"], "--weight"],
    [["shift-weights", "httpd.conf", "--weight", "localhost:8380=2", "--stages", "x"], "--stages"],
    [["set-balancer", "httpd.conf"], "--set"],
    [["set-balancer", "httpd.conf", "--set", "lbmetod=byrequests"], "did you mean 'lbmethod'"],
    [["set-balancer", "httpd.conf", "--set", "timeout=soon"], "timeout"],
    [["add", "httpd.conf", "--member", "http://localhost:1"], "growth"],
    [["reboot", "httpd.conf"], "drain"],
    [["drain", "httpd.conf", "--member", "localhost:8380", "--format", "perl"], "text, sh, json, scenario"],
  ])("bad usage %j is one sentence and exit status 2", async (words, sentence) => {
    const { status, stderr } = await runCommand(["runbook", ...words], { "httpd.conf": CONF });
    expect(status).toBe(2);
    expect(stderr).toContain(sentence);
  });

  test("draining the only member that can serve is refused with the step that would leave nobody", async () => {
    const conf = CONF.replace("  BalancerMember http://localhost:8580\n", "");
    const { status, stderr } = await runCommand(["runbook", "drain", "httpd.conf", "--member", "localhost:8380"], {
      "httpd.conf": conf,
    });
    expect(status).toBe(2);
    expect(stderr).toContain("nobody left to serve requests");
  });

  test("text, shell and JSON hold the same steps", async () => {
    const words = ["runbook", "rolling-restart", "httpd.conf"];
    const [text, sh, json] = await Promise.all(
      ["text", "sh", "json"].map(async (format) => runCommand([...words, "--format", format], { "httpd.conf": CONF })),
    );
    const { steps } = JSON.parse(json?.stdout ?? "") as Runbook;
    expect(steps).toHaveLength(18);
    for (const [index, { step }] of steps.entries()) {
      expect(text?.stdout).toContain(`${index + 1}. ${step.text}`);
      expect(sh?.stdout).toContain(`echo '${index + 1}. ${step.text}'`);
    }
  });

  test.each(Object.entries(WORDS))("the scenario of %s loses no request in the model", async (kind, words) => {
    const { stdout } = await runCommand(["runbook", kind, "httpd.conf", "--format", "scenario", ...words], {
      "httpd.conf": CONF,
    });
    const files = { "httpd.conf": CONF, "scenario.yaml": stdout };
    const { status, stderr } = await runCommand(["simulate", "httpd.conf", "--scenario", "scenario.yaml"], files);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^steps:/);
  });

  test.each(Object.entries(WORDS))("the script of %s, and the one that undoes it, are shell", async (kind, words) => {
    for (const way of [[], ["--undo"]]) {
      const asked = ["runbook", kind, "httpd.conf", "--format", "sh", ...words, ...way];
      const { stdout, stderr } = await runCommand(asked, { "httpd.conf": CONF });
      expect(stderr).toBe("");
      execFileSync("sh", ["-n"], { input: stdout });
      expect(stdout).toContain(`run "\${1:-${way.length === 0 ? "forward" : "undo"}}"`);
    }
  });
});
