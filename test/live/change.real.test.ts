import { afterAll, beforeAll, expect, it } from "vitest";
import { buildTopology } from "../../core/topology/build.js";
import { readBalancers } from "../../live/balancer-manager.js";
import { makeChange } from "../../live/change.js";
import type { ChangeTarget } from "../../live/change.js";
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
