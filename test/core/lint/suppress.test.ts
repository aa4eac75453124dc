import { describe, expect, it } from "vitest";
import { lintConf } from "../../../core/lint/lint-conf.js";
import { lintTopology } from "../../../core/lint/lint-topology.js";
import { rulesOf } from "../../../core/lint/presets.js";
import { buildTopology } from "../../../core/topology/build.js";
import { alone } from "./examples.js";

const BLOCK = `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 status=+D
  BalancerMember http://10.0.0.2:8080
</Proxy>
`;

function found(text: string): readonly string[] {
  return lintConf(alone(text)).diagnostics.map(({ rule }) => rule);
}

describe("a comment that allows a rule", () => {
  it("accepts the finding of the directive below it, and shows the reason", () => {
    const text = BLOCK.replace(
      "  BalancerMember http://10.0.0.1",
      "  # httpd-balancer: allow out-of-service-recovery because it is back on Monday\n  BalancerMember http://10.0.0.1",
    );
    const report = lintConf(alone(text));
    expect(report.diagnostics).toEqual([]);
    expect(report.suppressed).toMatchObject([{ rule: "out-of-service-recovery", reason: "it is back on Monday" }]);
  });

  it("accepts the findings of a whole section when it stands above it", () => {
    expect(found(`# httpd-balancer: allow out-of-service-recovery because of the move\n${BLOCK}`)).toEqual([]);
  });

  it("accepts nothing below that section", () => {
    const more = BLOCK.replace("shop", "other").replaceAll("10.0.0", "10.0.1");
    expect(found(`# httpd-balancer: allow out-of-service-recovery because of the move\n${BLOCK}${more}`)).toEqual([
      "out-of-service-recovery",
    ]);
  });

  it("accepts several rules at once", () => {
    const text = BLOCK.replace("</Proxy>", "  ProxySet maxattempts=0 nonce=None\n</Proxy>");
    expect(found(text.replace("status=+D", ""))).toEqual(["failover-maxattempts", "nonce-none"]);
    const allowed = text.replace(
      "  ProxySet",
      "  # httpd-balancer: allow failover-maxattempts, nonce-none because of a test\n  ProxySet",
    );
    expect(found(allowed.replace("status=+D", ""))).toEqual([]);
  });

  it("needs a reason", () => {
    expect(found(`# httpd-balancer: allow out-of-service-recovery\n${BLOCK}`)).toEqual([
      "suppression-reason",
      "out-of-service-recovery",
    ]);
  });

  it("is reported when it matches nothing any more", () => {
    const clean = BLOCK.replace(" status=+D", "");
    expect(found(`# httpd-balancer: allow out-of-service-recovery because of the move\n${clean}`)).toEqual([
      "suppression-unused",
    ]);
  });

  it("is reported, with the nearest name, when its rule does not exist", () => {
    const text = `# httpd-balancer: allow out-of-service-recovry because of the move\nServerName x\n`;
    const [complaint] = lintConf(alone(text)).diagnostics;
    expect(complaint).toMatchObject({ rule: "suppression-rule", fix: "did you mean 'out-of-service-recovery'?" });
  });

  it("is not judged when its rule did not run", () => {
    const text = `# httpd-balancer: allow health-check-set because of a test\n${BLOCK.replace(" status=+D", "")}`;
    expect(found(text)).toEqual([]);
    expect(lintConf(alone(text), rulesOf(["strict"])).suppressed.map(({ rule }) => rule)).toEqual(["health-check-set"]);
  });
});

describe("an acknowledgement", () => {
  const members = [
    { name: "a", url: "http://10.0.0.1:8080", parameters: { status: "+D" } },
    { name: "b", url: "http://10.0.0.2:8080" },
  ];

  it("accepts findings of its cluster with its reason", () => {
    const acknowledged = [{ id: "out-of-service-recovery", reason: "it is back on Monday" }];
    const report = lintTopology(buildTopology({ clusters: [{ name: "shop", members, acknowledged }] }), { path: "x" });
    expect(report.diagnostics).toEqual([]);
    expect(report.suppressed).toMatchObject([
      { reason: "it is back on Monday", pointer: expect.any(String) as string },
    ]);
  });

  it("is reported when it matches nothing, and not judged when it is about a promise", () => {
    const acknowledged = [
      { id: "nonce-none", reason: "old" },
      { id: "failback", reason: "slow nodes" },
    ];
    const topology = buildTopology({ clusters: [{ name: "shop", members: members.slice(1), acknowledged }] });
    const { diagnostics } = lintTopology(topology, { path: "x" });
    expect(diagnostics.map(({ rule }) => rule)).toEqual(["suppression-unused"]);
  });
});
