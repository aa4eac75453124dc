import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { checkCloudInit, cloudInit } from "../../../../core/host/forms/cloud-init.js";
import { frontCommand } from "../../../../core/host/forms/front-command.js";
import { pullingUserData, pullOrder } from "../../../../core/host/forms/pull.js";
import { plainText } from "../../../../core/host/forms/plain-text.js";
import { mainFile } from "../../../../core/host/forms/front-values.js";
import { frontPlan } from "../../../../core/host/front-plan.js";
import type { HostPlan } from "../../../../core/host/plan.js";
import { readSpec } from "../../../../core/spec/read-spec.js";
import { describeContainers } from "../../../support/containers.js";
import { becomes } from "../../../support/docker-lab.js";

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

/** The plan of a front whose first members are those of the test; others make its file large. */
function plan(weight: number, others = 0): HostPlan {
  const more = Array.from({ length: others }, (_, index) => {
    const number = (index * 7_919) % 100_003;
    return `      other${number}: { url: http://10.92.${index >> 8}.${index & 255}:${1_000 + (number % 60_000)}, status: +D }\n`;
  });
  const text = `clusters:
  mycluster:
    members:
      node1: { url: http://10.92.255.101:8080, loadfactor: ${weight} }
      node2: { url: http://10.92.255.102:8080 }
${more.join("")}servers:
  web: { listen: [80], mounts: { /: mycluster } }
`;
  const reading = readSpec(text, "front.yaml");
  const [server] = reading.ok ? reading.topology.servers : [];
  if (!reading.ok || server === undefined) throw new Error("the description cannot be read");
  return frontPlan(reading.topology, server, { layout: "debian", secrets: "environment" });
}

/** The configuration of a plan. */
function conf(of: HostPlan): string {
  return plainText(mainFile(of));
}

/** What makes a container a machine, with an address on the network of the members. */
const MACHINE = [
  ...["--cap-add", "SYS_ADMIN", "--security-opt", "seccomp=unconfined", "--tmpfs", "/run", "--tmpfs", "/tmp"],
  ...["--cgroupns=private", "--stop-signal", "SIGRTMIN+3", "--network", "cloud"],
];

/** The first boot takes its data from a folder; a small Debian has no locale to generate. */
const CLOUD = "datasource_list: [NoCloud, None]\nlocale: C.UTF-8\n";

/** Stands for the registry of packages, which a network of a test's own cannot reach: they are in the image. */
const NO_PACKAGES = "#!/bin/sh\nexit 0\n";

/** Stands for the command of a cloud: `aws s3 cp --only-show-errors s3://acme/NAME -`. */
const FETCH = '#!/bin/sh\ncat "/bucket/${4#s3://acme/}"\n';

const MEMBERS = { node1: "10.92.255.101", node2: "10.92.255.102" };

describeContainers("user data on a machine with systemd and cloud-init", (lab) => {
  const docker = (...words: readonly string[]): string => lab().docker(...words);
  const made: string[] = [];

  beforeAll(() => {
    docker("network", "create", "--subnet", "10.92.0.0/16", "cloud");
    for (const [name, address] of Object.entries(MEMBERS)) {
      const place = ["--network", "cloud", "--ip", address, "--name", name];
      const answer = [
        "sh",
        "-c",
        `mkdir /www && echo ${name} >/www/index.html && exec python3 -m http.server -d /www 8080`,
      ];
      docker("run", "-d", ...place, "httpd:2.4", ...answer);
      made.push(name);
    }
  });
  // The network goes with the daemon: an endpoint may outlive its container by a moment.
  afterAll(() => {
    docker("rm", "-f", ...made);
  });

  /** Boots a machine with user data, and more folders of its own. */
  function boot(name: string, address: string, userData: string, mounts: Readonly<Record<string, string>> = {}): void {
    const seed = folderOf(`${name}-seed`, { "user-data": userData, "meta-data": `instance-id: ${name}\n` });
    const cfg = folderOf(`${name}-cfg`, { "99_test.cfg": CLOUD });
    const bin = folderOf(`${name}-bin`, { "apt-get": NO_PACKAGES, aws: FETCH });
    const all = {
      "/var/lib/cloud/seed/nocloud": seed,
      "/etc/cloud/cloud.cfg.d/99_test.cfg": join(cfg, "99_test.cfg"),
      "/usr/local/sbin/apt-get": join(bin, "apt-get"),
      "/usr/local/bin/aws": join(bin, "aws"),
      ...mounts,
    };
    const volumes = Object.entries(all).flatMap(([inside, outside]) => ["-v", `${outside}:${inside}:ro`]);
    docker("run", "-d", "--name", name, ...MACHINE, "--ip", address, ...volumes, "httpd:2.4", "/sbin/init");
    made.push(name);
  }

  function folderOf(name: string, files: Readonly<Record<string, string>>): string {
    const folder = join(lab().folder, name);
    mkdirSync(folder, { recursive: true });
    for (const [file, text] of Object.entries(files)) {
      writeFileSync(join(folder, file), text);
      chmodSync(join(folder, file), 0o755);
    }
    return folder;
  }

  const get = (address: string): string =>
    lab().ask("curl", "-s", "-m", "10", "-w", " %{http_code}", `http://${address}/`).replace(/\s+/g, " ");

  /** Waits until a front serves; says what its cloud-init said where it does not. */
  async function serves(name: string, address: string): Promise<void> {
    try {
      await becomes(120_000, "serves", () => /^node[12] 200$/.test(answer(address)));
    } catch (error) {
      throw new Error(docker("exec", name, "sh", "-c", "tail -40 /var/log/cloud-init-output.log; journalctl -n 40"), {
        cause: error,
      });
    }
  }

  function answer(address: string): string {
    try {
      return get(address);
    } catch {
      return "";
    }
  }

  test.each([
    ["as it is", plan(5), "10.92.255.1", /encoding: text\/plain/],
    ["packed, where it would be too large", plan(5, 400), "10.92.255.2", /encoding: gz\+b64/],
  ] as const)("brings httpd.conf, %s, and the front serves", async (_, now, address, written) => {
    const userData = cloudInit(now);
    expect(checkCloudInit(now)).toEqual([]);
    expect(userData).toMatch(written);
    const name = `vm-${address.split(".").at(-1) ?? ""}`;
    boot(name, address, userData);
    await serves(name, address);
    expect(docker("exec", name, "cat", "/etc/apache2/apache2.conf")).toBe(conf(now).trim());
    expect([get(address), get(address)].sort()).toEqual(expect.arrayContaining(["node1 200"]));
    expect(
      docker("exec", name, "cloud-init", "schema", "--config-file", "/var/lib/cloud/seed/nocloud/user-data"),
    ).toMatch(/Valid cloud-config/);
    expect(docker("exec", name, "systemctl", "is-enabled", "apache2")).toBe("enabled");
  });

  describe("that fetches its configuration", () => {
    const NAME = "vm-3";
    const ADDRESS = "10.92.255.3";
    const CHOICES = { edited: "refuse", live: "refuse" } as const;
    const laid = (text: string): void => {
      folderOf("bucket/web", { order: text });
    };
    const pull = (): void => {
      docker("exec", NAME, "/usr/local/sbin/httpd-pull-web");
    };

    test("serves, takes a changed weight without another machine, and keeps what works where the new one does not", async () => {
      const now = plan(5);
      const from = (what: string): string => `aws s3 cp --only-show-errors s3://acme/web/${what} -`;
      const userData = pullingUserData(now, {
        packages: ["awscli"],
        before: [],
        command: from("command"),
        order: from("order"),
      });
      const bucket = folderOf("bucket", {});
      folderOf("bucket/web", { command: frontCommand(now), order: pullOrder(now, CHOICES) });
      boot(NAME, ADDRESS, userData, { "/bucket": bucket });
      await serves(NAME, ADDRESS);
      expect(docker("exec", NAME, "cat", "/etc/apache2/apache2.conf")).toBe(conf(now).trim());

      laid(pullOrder(plan(7), CHOICES));
      pull();
      expect(docker("exec", NAME, "cat", "/etc/apache2/apache2.conf")).toContain("loadfactor=7");
      expect(get(ADDRESS)).toMatch(/^node[12] 200$/);

      const { files, ...rest } = plan(9);
      const broken = { ...rest, files: files.map((file) => ({ ...file, text: `${conf(plan(9))}Nonsense on\n` })) };
      laid(pullOrder(broken, CHOICES));
      expect(pull).toThrow(/httpd refuses the new file; the one in place was kept/);
      expect(docker("exec", NAME, "cat", "/etc/apache2/apache2.conf")).toContain("loadfactor=7");
      expect(get(ADDRESS)).toMatch(/^node[12] 200$/);

      laid(pullOrder(plan(9), CHOICES).replace("loadfactor=9", "loadfactor=8"));
      expect(pull).toThrow(/arrived cut short; nothing was changed/);
      expect(docker("exec", NAME, "systemctl", "is-active", "httpd-pull-web.timer")).toBe("active");
    });
  });
});
