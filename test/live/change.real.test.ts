import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { liveSum } from "../../core/host/live-sum.js";
import { LIVE_WORDS } from "../../core/host/forms/live-words.generated.js";
import { MANAGER_WORDS } from "../../core/host/forms/manager-words.generated.js";
import { statusWords } from "../../core/host/shown-status.js";
import { buildTopology } from "../../core/topology/build.js";
import { readBalancers } from "../../live/balancer-manager.js";
import { makeChange } from "../../live/change.js";
import type { ChangeTarget } from "../../live/change.js";
import { startHttpd } from "../../live/httpd.js";
import { claimLoopback } from "../../live/ports.js";
import { findHttpd } from "../../live/program.js";
import { renderedConf } from "../../live/rendered-conf.js";
import { openStage } from "../../live/stage.js";
import type { Stage } from "../../live/stage.js";
import { describeReal } from "../support/real.js";

describeReal("changes through balancer-manager", ["apache2"], () => {
  let stage: Stage;
  let balancer: ChangeTarget;
  let second: ChangeTarget;

  beforeAll(async () => {
    const topology = buildTopology({
      clusters: [{ name: "c", members: [{ url: "http://a:1" }, { url: "http://b:1" }] }],
      servers: [{ name: "web", mounts: [{ path: "/", to: { kind: "cluster", cluster: "c", path: "/" } }] }],
    });
    const conf = renderedConf(topology, { modules: ["lbmethod_bytraffic"] });
    stage = await openStage({ conf, topology, program: findHttpd(process.env), managers: true });
    balancer = { manager: stage.managerOf(), balancer: "c" };
    second = { ...balancer, member: 1 };
  });

  afterAll(async () => {
    await stage.close();
  });

  it("take effect, all settings of a member at once", async () => {
    await makeChange(second, { status: "+DN", loadfactor: 2.5, lbset: 3, route: "r2", redirect: "r1" });
    const [first, changed] = (await readBalancers(balancer.manager))[0]!.workers;
    expect(changed).toMatchObject({ lbfactor: 250, lbset: 3, route: "r2", redirect: "r1" });
    expect([...changed!.status].sort()).toEqual(["D", "N", "O"]);
    expect([...first!.status]).toEqual(["O"]);
    await makeChange(second, { status: "-D-N" });
    expect([...(await readBalancers(balancer.manager))[0]!.workers[1]!.status]).toEqual(["O"]);
  });

  it("take effect on the balancer", async () => {
    await makeChange(balancer, { lbmethod: "bytraffic", maxattempts: 3, stickysession: "A|B", nofailover: true });
    expect((await readBalancers(balancer.manager))[0]).toMatchObject({ name: "c", lbmethod: "bytraffic" });
  });

  it("are reported when httpd, which answers 200 all the same, ignores them", async () => {
    await expect(makeChange({ ...second, nonce: "wrong" }, { status: "+D" })).rejects.toThrow("httpd ignored");
    await expect(makeChange({ ...balancer, balancer: "d" }, { status: "+D" })).rejects.toThrow("does not show");
    await expect(makeChange({ ...balancer, member: 2 }, { status: "+D" })).rejects.toThrow("no member number 3");
  });
});

describeReal("names in balancer-manager", ["apache2"], () => {
  it("are read letter by letter, by the program and by the scripts, and all else without its escapes", async () => {
    const loopback = await claimLoopback();
    const { address } = loopback;
    const port = await loopback.freePort();
    const names = ["x&lt;y", "x&y", "x&amp;amp;y"].map((path) => `http://${address}:1/${path}`);
    const route = "r&lt;<1>";
    const body = [
      `Listen ${address}:${port}`,
      "<Proxy balancer://odd>",
      ...names.map((name) => `BalancerMember "${name}" "route=${route}"`),
      "</Proxy>",
      "<Location /balancer-manager>",
      "SetHandler balancer-manager",
      "</Location>",
      "",
    ].join("\n");
    const modules = [
      "unixd",
      "authz_core",
      "slotmem_shm",
      "proxy",
      "proxy_http",
      "proxy_balancer",
      "lbmethod_byrequests",
    ];
    const httpd = await startHttpd({ program: findHttpd(process.env), modules: modules as never, body });
    try {
      const manager = { address, port, path: "/balancer-manager" };
      await makeChange({ manager, balancer: "odd", member: 0 }, { status: "+N" });
      const workers = (await readBalancers(manager))[0]!.workers;
      expect(workers.map(({ name }) => name)).toEqual(names);
      expect(workers.map((worker) => worker.route)).toEqual([route, route, route]);
      expect(workers.map(({ status }) => status.has("N"))).toEqual([true, false, false]);
      const script = `CURL_OPTIONS=''; ${MANAGER_WORDS}\nlook; post "$1" w_status_D=1; look; printf '%s\\n' "$ROWS"`;
      const rowsWords = `${MANAGER_WORDS}\n${LIVE_WORDS}\nMANAGER=$1 BALANCERS=odd\nlive_rows`;
      const env = {
        ...process.env,
        MANAGER: `http://${address}:${port}/balancer-manager`,
        BALANCER: "odd",
        LETTERS: statusWords(),
      };
      const { stdout } = await promisify(execFile)("sh", ["-c", script, "sh", names[1]!], { env });
      const rows = stdout.split("\n").flatMap((row) => (row.startsWith("m\t") ? [row.split("\t")] : []));
      expect(rows.map((row) => [row[1], row[2], row[7]])).toEqual([
        [names[0], "ON", route],
        [names[1], "OD", route],
        [names[2], "O", route],
      ]);
      // What `reviewed` of a deploy binds is one sum, whoever makes it.
      const live = await readBalancers(manager);
      const { stdout: shown } = await promisify(execFile)("sh", ["-c", rowsWords, "sh", env.MANAGER], { env });
      expect(liveSum(live)).toBe(createHash("sha256").update(shown).digest("hex"));
    } finally {
      await httpd.stop();
      await loopback.release();
    }
  });
});
