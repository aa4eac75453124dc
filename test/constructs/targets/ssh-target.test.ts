import { describe, expect, test } from "vitest";
import { BalancerCluster } from "../../../constructs/balancer-cluster.js";
import { HttpdServer } from "../../../constructs/httpd-server.js";
import { SshTarget } from "../../../constructs/targets/ssh-target.js";
import type { SshTargetOptions } from "../../../constructs/targets/ssh-options.js";
import { ProblemError } from "../../../core/vocabulary/problem.js";
import { project } from "../../support/synthesis.js";

const HOST_KEY = `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"a".repeat(43)}`;
const HOSTS = [
  { name: "front1", address: "10.0.0.1", hostKey: `${HOST_KEY} root@front1\n` },
  { name: "front2", address: "10.0.0.2", port: 2222, hostKey: HOST_KEY },
];

/** Files of a stack whose front goes to the target. */
function synthesized(options: Partial<SshTargetOptions> = {}) {
  const made = project();
  const stack = made.stack("shop");
  const cluster = new BalancerCluster(stack, "c").addMember("a", { url: "ajp://a:8009", secret: "open-sesame" });
  new HttpdServer(stack, "web").mount("/", cluster).deployTo(SshTarget.of({ hosts: HOSTS, ...options }));
  const files = made.synth();
  const text = files["stacks/shop/cdk.tf.json"] ?? "";
  const { resource } = JSON.parse(text) as { readonly resource: Readonly<Record<string, Record<string, unknown>>> };
  return { files, text, data: resource["terraform_data"] ?? {} };
}

describe("an SSH target", () => {
  test("gives each host an instance that restores it, and a resource that waits for the front before", () => {
    const { data } = synthesized();
    expect(
      Object.keys(data)
        .map((id) => id.replace(/_[0-9A-F]{8}$/, ""))
        .sort(),
    ).toEqual(["web_deployment_everyhost", "web_deployment_front1", "web_deployment_front2"]);
    const every = Object.entries(data).find(([id]) => id.startsWith("web_deployment_everyhost_"))?.[1];
    expect(every).toMatchObject({
      for_each: { front1: { ADDRESS: "10.0.0.1", PORT: "22" }, front2: { ADDRESS: "10.0.0.2", PORT: "2222" } },
      provisioner: [{ "local-exec": { when: "destroy", environment: { DO: "restore" } } }],
    });
    const second = Object.entries(data).find(([id]) => id.startsWith("web_deployment_front2_"))?.[1];
    expect(second).toMatchObject({
      depends_on: [
        expect.stringContaining("terraform_data.web_deployment_everyhost"),
        expect.stringMatching(/^terraform_data\.web_deployment_front1_/),
      ],
      lifecycle: { create_before_destroy: true },
    });
  });

  test("writes no secret into cdk.tf.json, nor into what the host is prepared with", () => {
    const { files, text } = synthesized();
    const own = Object.entries(files).filter(([path]) => path.includes("/web/deployment/") || path.endsWith("ssh.sh"));
    expect(own.map(([path]) => path)).toEqual([
      "stacks/shop/ssh.sh",
      "stacks/shop/web/deployment/command.sh",
      "stacks/shop/web/deployment/description.sum",
      "stacks/shop/web/deployment/prepare.sh",
      "stacks/shop/web/deployment/words.txt",
    ]);
    for (const content of [text, ...own.map(([, content]) => content)]) expect(content).not.toContain("open-sesame");
    expect(text).toContain("mode=0600");
  });

  test("the command of a host stays the same when only the description changes", () => {
    const one = synthesized();
    const other = synthesized({ keep: 9, limits: { probe: 3 } });
    const path = "stacks/shop/web/deployment/command.sh";
    expect(one.files[path]).toBe(other.files[path]);
  });

  test.each([
    [{ hosts: [] }, "hosts: found none"],
    [{ hosts: [{ address: "-oProxyCommand=x", hostKey: HOST_KEY }] }, "address of host"],
    [{ hosts: [{ address: "a b", hostKey: HOST_KEY }] }, "address of host"],
    [{ hosts: [{ address: "a", hostKey: "" }] }, "hostKey of host 'a'"],
    [{ hosts: [{ address: "a", hostKey: "front1 ssh-ed25519 AAAA" }] }, "hostKey of host 'a'"],
    [{ hosts: [{ address: "a", hostKey: HOST_KEY, port: 0 }] }, "port of host 'a'"],
    [{ hosts: [{ address: "a", hostKey: HOST_KEY, port: 65_536 }] }, "port of host 'a'"],
    [{ hosts: [HOSTS[0]!, { ...HOSTS[1]!, name: "front1" }] }, "host 'front1' of SshTarget: found a second time"],
    [{ user: "a; b" }, "user of SshTarget: found 'a; b'"],
    [{ keyFile: "a\nb" }, "keyFile of SshTarget"],
    [{ keep: 0 }, "keep of SshTarget: found 0"],
    [{ keep: 100 }, "keep of SshTarget: found 100"],
    [{ reviewed: "abc" }, "reviewed of SshTarget: found 'abc'"],
    [{ reviewed: { live: "abc" } }, "reviewed/live of SshTarget: found 'abc'"],
    [{ reviewed: { description: "A".repeat(64) } }, "reviewed/description of SshTarget"],
    [{ limits: { connect: 0.5 } }, "limits/connect of SshTarget: found 0.5"],
  ])("refuses %j at the call", (options, sentence) => {
    const make = () => SshTarget.of({ hosts: HOSTS, ...options });
    expect(make).toThrow(ProblemError);
    expect(make).toThrow(sentence);
  });

  test("cannot look at what is live without a manager", () => {
    const reviewed = { live: "0".repeat(64) };
    expect(() => synthesized({ reviewed })).toThrow("server 'web' has no manager that shows what is live");
  });

  test.each([{ keep: 1 }, { keep: 99 }, { reviewed: { live: "0".repeat(64) } }, { limits: { run: 3_600 } }])(
    "takes %j",
    (options) => {
      expect(() => SshTarget.of({ hosts: HOSTS, ...options })).not.toThrow();
    },
  );
});
