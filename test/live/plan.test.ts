import { describe, expect, test } from "vitest";
import "../../cli/commands/review.js";
import { readPlan } from "../../live/plan.js";
import { runCommand } from "../support/command.js";

const CONF = `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 secret=sha256:abc
  BalancerMember http://10.0.0.2:8080 loadfactor=5
</Proxy>
ProxyPass / balancer://shop/
`;
const HEAVIER = CONF.replace("=5", "=9");

function plan(...changes: readonly object[]): string {
  return JSON.stringify({ format_version: "1.2", terraform_version: "1.14.0", resource_changes: changes });
}

const REPLACED = {
  address: "terraform_data.web",
  change: {
    actions: ["delete", "create"],
    before: { triggers_replace: { config: CONF }, input: null },
    after: { triggers_replace: { config: HEAVIER }, input: null },
    after_unknown: { id: true },
    before_sensitive: {},
    after_sensitive: {},
  },
};

describe("a plan", () => {
  test("is compared by the configurations anywhere in its resources", async () => {
    const created = { address: "aws_instance.a", change: { actions: ["create"], before: null, after: { ami: "x" } } };
    const { status, stdout } = await runCommand(["review", "--plan", "plan.json", "--json"], {
      "plan.json": plan(REPLACED, created),
    });
    expect(status).toBe(0);
    expect(stdout).toMatch(/gets 9\/10 \(90\.0 %\) of shop instead of 5\/6 \(83\.3 %\)/);
    expect(JSON.parse(stdout)).toMatchObject({
      inputs: [{ name: "terraform_data.web: triggers_replace.config" }],
      resources: { created: ["aws_instance.a"], replaced: ["terraform_data.web"], destroyed: [], updated: [] },
    });
  });

  test("behind an apply that failed, the change is from what was there before it, and nothing is removed", () => {
    const { before, after } = REPLACED.change;
    const tainted = { ...REPLACED, change: { ...REPLACED.change, before: after } };
    const deposed = { ...REPLACED, deposed: "7d1e9a3c", change: { actions: ["delete"], before, after: null } };
    for (const order of [
      [tainted, deposed],
      [deposed, tainted],
    ]) {
      const { texts, replaced, destroyed } = readPlan(plan(...order), "p");
      expect(texts).toMatchObject([{ before: CONF, after: HEAVIER }]);
      expect({ replaced, destroyed }).toEqual({ replaced: ["terraform_data.web"], destroyed: [] });
    }
    expect(readPlan(plan(deposed), "p")).toMatchObject({
      texts: [{ before: CONF }],
      destroyed: ["terraform_data.web"],
    });
  });

  test("one text in several attributes of a resource is compared once", () => {
    const { before, after, ...rest } = REPLACED.change;
    const twice = { ...rest, before: { ...before, copy: CONF }, after: { ...after, copy: HEAVIER } };
    expect(readPlan(plan({ ...REPLACED, change: twice }), "p").texts).toHaveLength(1);
  });

  test("a text that is known at apply is no removed one", () => {
    const change = {
      ...REPLACED.change,
      after: { input: null },
      after_unknown: { triggers_replace: { config: true } },
    };
    expect(readPlan(plan({ ...REPLACED, change }), "p")).toMatchObject({
      texts: [],
      unknown: ["terraform_data.web: triggers_replace.config"],
    });
  });

  test("of a sensitive text no line is shown", async () => {
    const change = { ...REPLACED.change, after_sensitive: { triggers_replace: true } };
    const { stdout } = await runCommand(["review", "--plan", "plan.json", "--json"], {
      "plan.json": plan({ ...REPLACED, change }),
    });
    const { files, clusters } = JSON.parse(stdout) as {
      readonly files: unknown;
      readonly clusters: readonly unknown[];
    };
    expect({ files, clusters: clusters.length }).toEqual({ files: [], clusters: 1 });
  });

  test("that destroys a configuration removes its balancers", async () => {
    const change = { ...REPLACED.change, actions: ["delete"], after: null };
    const { status, stdout } = await runCommand(["review", "--plan", "plan.json"], {
      "plan.json": plan({ ...REPLACED, change }),
    });
    expect(stdout).toMatch(/^High risk: cluster shop is removed/);
    expect(status).toBe(0);
  });

  test.each([
    ["{", /is no JSON/],
    ["[]", /is no plan of Terraform/],
    ['{"a":1}', /is no plan of Terraform/],
    ['{"format_version":"1.0","values":{}}', /is no plan of Terraform/],
  ])("%s is refused with one sentence", async (text, sentence) => {
    const { status, stderr } = await runCommand(["review", "--plan", "plan.json"], { "plan.json": text });
    expect(status).toBe(2);
    expect(stderr).toMatch(sentence);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });
});
