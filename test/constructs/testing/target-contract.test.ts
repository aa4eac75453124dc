import { TerraformOutput } from "cdktf";
import { describe, expect, test } from "vitest";
import type { DeployTarget } from "../../../constructs/target.js";
import { LocalTarget } from "../../../constructs/targets/local-target.js";
import { SshTarget } from "../../../constructs/targets/ssh-target.js";
import { targetContract } from "../../../constructs/testing/target-contract.js";

const HOST_KEY = `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"a".repeat(43)}`;

/** What the target breaks, by the beginning of the law. */
function broken(target: (name: string) => DeployTarget): readonly string[] {
  return targetContract(target).flatMap(({ law, broken }) => (broken === undefined ? [] : [law]));
}

describe("the contract of deployment targets", () => {
  test.each<[string, (name: string) => DeployTarget]>([
    ["LocalTarget", (name) => LocalTarget.of({ directory: `/srv/${name}` })],
    ["SshTarget", (name) => SshTarget.of({ hosts: [{ address: `${name}.example`, hostKey: HOST_KEY }] })],
    [
      "a target that hands the whole text to a resource",
      () => ({
        deploy({ scope, configuration }) {
          new TerraformOutput(scope, "text", { value: configuration.text, sensitive: true });
        },
      }),
    ],
  ])("is kept by %s", (_, target) => {
    expect(targetContract(target)).toHaveLength(9);
    expect(broken(target)).toEqual([]);
  });

  test("finds a target that does nothing, one that throws, and one whose bytes differ", () => {
    const nothing = { deploy: () => undefined };
    expect(broken(() => nothing)).toEqual(["it adds at least one resource or output"]);
    const throwing: DeployTarget = {
      deploy() {
        throw new Error("no");
      },
    };
    expect(targetContract(() => throwing).every(({ broken }) => broken === "no")).toBe(true);
    let count = 0;
    const counting: DeployTarget = {
      deploy({ scope }) {
        new TerraformOutput(scope, "count", { value: (count += 1) });
      },
    };
    expect(broken(() => counting)).toContain("the same description gives the same bytes");
  });

  test("finds a secret, a template and a path of this machine in what Terraform reads, and a text that was taken too early", () => {
    const careless: DeployTarget = {
      deploy({ scope, plan }) {
        const text = JSON.stringify(plan()?.files);
        new TerraformOutput(scope, "text", { value: text });
      },
    };
    expect(broken(() => careless)).toEqual(
      expect.arrayContaining([
        "a secret stands in no cdk.tf.json",
        "what Terraform would take for a template is escaped",
      ]),
    );
  });
});
