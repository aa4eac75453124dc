import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { SSH_STEPS } from "../../../../constructs/targets/ssh-steps.generated.js";
import { frontCommand, prepareScript } from "../../../../core/host/forms/front-command.js";
import { shellScript } from "../../../../core/host/forms/shell.js";
import { frontPlan } from "../../../../core/host/front-plan.js";
import type { HostPlan } from "../../../../core/host/plan.js";
import { readSpec } from "../../../../core/spec/read-spec.js";
import { component, describeReal } from "../../../support/real.js";

/** A front whose file looks like the end of the document that it stands in. */
function plan(): HostPlan {
  const spec = `clusters:
  shop: { members: { a: { url: "http://127.0.0.1:8381" } } }
servers:
  web: { listen: [80, 18443], mounts: { /: shop }, extra: ["# END_OF_FILE", "END_OF_FILE"] }
`;
  const reading = readSpec(spec, "shop.yaml");
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return frontPlan(reading.topology, reading.topology.servers[0]!);
}

describeReal("every script that a front is brought with", ["shellcheck"], () => {
  it.each([
    ["the script of a front", () => shellScript(plan())],
    ["the command of a prepared host", () => frontCommand(plan())],
    ["what prepares a host", () => prepareScript(plan(), "deploy")],
    ["the steps of a deploy", () => SSH_STEPS],
  ])("%s is POSIX shell to which shellcheck has nothing to say", (_, script) => {
    // 2317 takes a function that is given later for one that is never called.
    const words = ["--shell=sh", "--exclude=SC2317", "-"];
    const { status, stdout } = spawnSync(component("shellcheck"), words, { input: script(), encoding: "utf8" });
    expect(stdout).toBe("");
    expect(status).toBe(0);
  });
});
