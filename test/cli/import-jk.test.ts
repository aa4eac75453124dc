import { describe, expect, it } from "vitest";
import { readSpec } from "../../core/spec/read-spec.js";
import type { Mount, ServerScope, Topology } from "../../core/topology/topology.js";
import { runCommand } from "../support/command.js";
import type { CommandResult } from "../support/command.js";

const SPEC = `clusters:
  shop:
    stickysession: JSESSIONID|jsessionid
    members:
      n1: { url: ajp://app1:8309, route: n1, retry: 10s }
      n2: { url: ajp://app2:8509, route: n2, loadfactor: 5, retry: 10s }
      n3: { url: ajp://app3:8409, role: standby, retry: 10s }
servers:
  web: { listen: [80], mounts: { /app/: shop, /app/open/: "!", /other: shop } }
`;

const WORKERS = `worker.list=shop,cart,status
worker.shop.type=lb
worker.shop.balance_workers=n1,n2
worker.cart.type=lb
worker.cart.balance_workers=n2
worker.status.type=status
worker.n1.host=app1
worker.n2.host=app2
`;

/** An httpd.conf with these lines in its one virtual host. */
const confOf = (lines: string, main = ""): string => `LoadModule mpm_event_module modules/mod_mpm_event.so
LoadModule authz_core_module modules/mod_authz_core.so
LoadModule jk_module modules/mod_jk.so
Listen 80
JkWorkersFile conf/workers.properties
${main}<VirtualHost *:80>
${lines}
</VirtualHost>
`;

function imported(conf: string, more: Readonly<Record<string, string>> = {}): Promise<CommandResult> {
  const files = { "httpd.conf": conf, "workers.properties": WORKERS, ...more };
  return runCommand(["import", "httpd.conf", "--to", "yaml"], files);
}

function topologyOf({ stdout }: CommandResult): Topology {
  const reading = readSpec(stdout, "again.yaml");
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.topology;
}

/** The mounts of a scope: path, and where they lead. */
function told({ mounts }: Pick<ServerScope, "mounts">): readonly string[] {
  return mounts.map(({ path, match, to }: Mount) => {
    const target = to.kind === "cluster" ? `${to.cluster}${to.path}` : "!";
    return `${match === true ? "~" : ""}${path} ${target}`;
  });
}

const hostOf = (done: CommandResult): ServerScope => topologyOf(done).servers[0]!.virtualHosts[0]!;

describe("a workers.properties with a value that is no number from end to end", () => {
  const files = { "workers.properties": `${WORKERS}worker.n1.port=80o9\n` };
  const sentence = "workers.properties:9: not accepted: worker.n1.port: found '80o9', allowed is a whole number";

  it.each([
    [["import", "workers.properties", "--to", "yaml"], 1],
    [["import", "workers.properties", "--to", "ts", "--out", "x.ts"], 1],
    [["import", "httpd.conf", "--to", "yaml", "--out", "x.yaml"], 1],
  ])("is not imported: %j", async (words, status) => {
    const conf = { "httpd.conf": confOf("JkMount /* shop") };
    const done = await runCommand(words, { ...conf, ...files });
    expect(done).toMatchObject({ status, stdout: "" });
    expect(done.stderr).toContain(sentence);
    expect(Object.keys(done.files).filter((name) => name.startsWith("x."))).toEqual([]);
  });

  it("is not believed beside an httpd.conf", async () => {
    const conf = { "a.conf": "Listen 80\n" };
    const done = await runCommand(["lint", "a.conf", "--node", "workers.properties"], { ...conf, ...files });
    expect(done.status).toBe(2);
    expect(done.stderr).toContain("workers.properties:9:1: worker.n1.port: found '80o9', allowed is a whole number");
  });
});

describe("an httpd.conf with JkMount", () => {
  it("comes back as the description it was rendered from", async () => {
    const { files } = await runCommand(["render", "spec.yaml", "--as", "mod-jk", "--out", "."], { "spec.yaml": SPEC });
    const done = await runCommand(["import", "httpd.conf", "--to", "yaml"], files);
    expect(done.status).toBe(0);
    const [before, after] = [SPEC, done.stdout].map((text) => topologyOf({ ...done, stdout: text }));
    expect(after!.clusters).toEqual(before!.clusters);
    expect(told(after!.servers[0]!).toSorted()).toEqual(told(before!.servers[0]!).toSorted());
  });

  it.each([
    ["/app/*", ["/app/ shop/app/"]],
    ["/*", ["/ shop/"]],
    ["/app|/*", ["/app shop/app"]],
    ["/app", ["~^/app$ shop"]],
    ["/app*", ["~^/app.*$ shop"]],
    ["/*.jsp", [String.raw`~^/.*\.jsp$ shop`]],
    ["/a?c/*", ["~^/a.c/.*$ shop"]],
  ])("mounts what the pattern %s stands for", async (pattern, mounts) => {
    const done = await imported(confOf(`JkMount ${pattern} shop`));
    expect(done.status).toBe(0);
    expect(told(hostOf(done))).toEqual(mounts);
  });

  it("takes the longest pattern first, and what is unmounted before all", async () => {
    const lines = "JkMount /* shop\nJkMount /cart/* cart\nJkUnMount /cart/img/* cart";
    expect(told(hostOf(await imported(confOf(lines))))).toEqual(["/cart/img/ !", "/cart/ cart/cart/", "/ shop/"]);
  });

  it("says of each line what became of it", async () => {
    const done = await imported(
      confOf("JkMount /a/* shop\nJkMount /b/* gone\nJkMount /jk status\nJkOptions +FlushPackets"),
    );
    expect(done.status).toBe(1);
    expect(done.stderr).toMatch(/httpd\.conf:7: understood: JkMount \/a/);
    expect(done.stderr).toMatch(/httpd\.conf:8: not carried: JkMount \/b\/\* gone \(worker\.list names no 'gone'\)/);
    expect(done.stderr).toMatch(/httpd\.conf:9: not carried: JkMount \/jk status \(.*manager/);
    expect(done.stderr).toMatch(/httpd\.conf:10: not carried: JkOptions/);
    expect(told(hostOf(done))).toEqual(["/a/ shop/a/"]);
  });

  it("gives a virtual host the mounts of the main server only where JkMountCopy says so", async () => {
    const main = "JkMount /app/* shop\n";
    const alone = await imported(confOf("ServerName a", main));
    expect(alone.stderr).toMatch(/not carried: JkMount \/app\/\* shop \(it counts outside of virtual hosts only/);
    expect(told(hostOf(alone))).toEqual([]);
    for (const conf of [confOf("JkMountCopy On", main), confOf("ServerName a", `JkMountCopy All\n${main}`)]) {
      const copied = await imported(conf);
      expect(told(hostOf(copied))).toEqual(["/app/ shop/app/"]);
      expect(told(topologyOf(copied).servers[0]!)).toEqual([]);
    }
  });

  it("needs the workers, from JkWorkersFile, from the folder of the httpd.conf, or from --node", async () => {
    const conf = confOf("JkMount /app/* shop");
    const without = await runCommand(["import", "httpd.conf", "--to", "yaml"], { "httpd.conf": conf });
    expect(without).toMatchObject({ status: 1, stdout: "" });
    expect(without.stderr).toContain(
      "conf/workers.properties is not there: name mod_jk's workers.properties with --node",
    );
    const words = ["import", "httpd.conf", "--to", "yaml"];
    const places = [
      { words, files: { "httpd.conf": conf, "conf/workers.properties": WORKERS } },
      { words, files: { "httpd.conf": conf, "workers.properties": WORKERS } },
      {
        words: [...words, "--node", "jk/workers.properties"],
        files: { "httpd.conf": conf, "jk/workers.properties": WORKERS },
      },
    ];
    for (const place of places) {
      expect(told(hostOf(await runCommand(place.words, place.files)))).toEqual(["/app/ shop/app/"]);
    }
  });
});
