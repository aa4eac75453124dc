import { describe, expect, it } from "vitest";
import { buildTopology } from "../../core/topology/build.js";
import type { MemberInput } from "../../core/topology/build.js";
import type { BalancerParameters } from "../../core/vocabulary/balancer.js";
import { millis, seconds } from "../../core/vocabulary/duration.js";
import type { Step } from "../../core/scenario/scenario.js";
import { spedUp } from "../../live/speedup.js";

function rehearsed(members: readonly MemberInput[], steps: readonly Step[] = [], parameters: BalancerParameters = {}) {
  return { topology: buildTopology({ clusters: [{ name: "c", members, parameters }] }), scenario: { steps } };
}

describe("speedup", () => {
  it("divides retry, its default, timeouts, health checks and waits alike", () => {
    const before = rehearsed(
      [
        { url: "http://a", parameters: { retry: seconds(10), timeout: seconds(20), hcinterval: seconds(5) } },
        { url: "http://b" },
      ],
      [{ wait: seconds(15) }, { request: { count: 2, every: seconds(1) } }, { set: { timeout: 10 } }],
      { timeout: seconds(5) },
    );
    const { topology, scenario } = spedUp(before, 5);
    expect(topology.clusters[0]!.members.map(({ parameters }) => parameters)).toEqual([
      { retry: seconds(2), timeout: seconds(4), hcinterval: seconds(1) },
      { retry: seconds(12) },
    ]);
    expect(topology.clusters[0]!.parameters).toEqual({ timeout: seconds(1) });
    expect(scenario.steps).toEqual([
      { wait: seconds(3) },
      { request: { count: 2, every: millis(200) } },
      { set: { timeout: 2 } },
    ]);
  });

  it("leaves everything alone at 1", () => {
    const before = rehearsed([{ url: "http://a", parameters: { retry: seconds(7) } }]);
    expect(spedUp(before, 1)).toEqual(before);
  });

  it("keeps retry=0, which no factor divides further", () => {
    const before = rehearsed([{ url: "http://a", parameters: { retry: seconds(0) } }]);
    expect(spedUp(before, 4).topology.clusters[0]!.members[0]!.parameters.retry).toEqual(seconds(0));
  });

  it("refuses a factor that does not divide whole seconds, and names those that do", () => {
    const before = rehearsed([
      { name: "a", url: "http://a", parameters: { retry: seconds(10) } },
      { name: "b", url: "http://b", parameters: { retry: seconds(20) } },
    ]);
    expect(() => spedUp(before, 4)).toThrow("--speedup 4 does not divide retry of 'a' (10s); use 2, 5, 10");
    const prime = rehearsed([{ name: "a", url: "http://a", parameters: { retry: seconds(1) } }]);
    expect(() => spedUp(prime, 2)).toThrow("rehearse without --speedup");
  });

  it("refuses health checks faster than httpd accepts", () => {
    const before = rehearsed([{ url: "http://a", parameters: { hcinterval: millis(500) } }]);
    expect(() => spedUp(before, 10)).toThrow("shorter than the 100ms");
  });
});
