import { describe, expect, it } from "vitest";
import * as core from "../../../core/index.js";
import { buildTopology, fixHttpdConf, review } from "../../../core/index.js";
import type { BalancerParameters, HttpdVersion, StatusText, WorkerParameters } from "../../../index.js";

const CONF = `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080/
  BalancerMember http://10.0.0.2:8080
</Proxy>
<Location /balancer-manager>
  SetHandler balancer-manager
</Location>
ProxyPass /shop balancer://shop/shop
`;

describe("what the program answers", () => {
  it.each(["lint", "lintHttpdConf", "prove", "explain", "readHttpdConf", "diff", "review", "check", "configtest"])(
    "is asked by a call, too: they are functions of the package: %s",
    (name) => {
      expect(typeof Object.entries(core).find(([exported]) => exported === name)?.[1]).toBe("function");
    },
  );

  it("has types that a library of a team names", () => {
    const status: StatusText = "+H";
    const member: WorkerParameters = { status, loadfactor: 2 };
    const balancer: BalancerParameters = { lbmethod: "bytraffic" };
    const httpd: HttpdVersion = "2.4.57";
    const { clusters } = buildTopology({
      httpd,
      clusters: [{ name: "c", parameters: balancer, members: [{ name: "a", url: "http://a:1", parameters: member }] }],
    });
    expect(clusters[0]?.members[0]?.parameters).toEqual(member);
  });
});

describe("fixHttpdConf", () => {
  it("repairs only what changes neither access, sessions nor trust, unless more is asked for", () => {
    const safe = fixHttpdConf(CONF);
    expect(safe.repaired.map(({ rule }) => rule).sort()).toEqual(["member-url-slash", "mount-reverse"]);
    expect(safe.files.get("httpd.conf")).not.toContain("Require");
    const all = fixHttpdConf(CONF, { unsafe: true });
    expect(all.files.get("httpd.conf")).toContain("Require local");
  });

  it("gives back characters, not bytes, and no file where nothing changes", () => {
    const said = `# déjà vu\n${CONF}`;
    expect(fixHttpdConf(said).files.get("httpd.conf")).toContain("# déjà vu\n");
    expect(fixHttpdConf("# déjà vu\n").files.size).toBe(0);
  });
});

describe("review", () => {
  const described = (loadfactor: number) =>
    buildTopology({
      clusters: [
        {
          name: "shop",
          members: [
            { name: "a", url: "http://a:1", parameters: { loadfactor } },
            { name: "b", url: "http://b:1" },
          ],
        },
      ],
      servers: [
        {
          name: "web",
          listen: [{ port: 80 }],
          mounts: [{ path: "/", to: { kind: "cluster", cluster: "shop", path: "/" } }],
        },
      ],
    });

  it("says what a change of a description does to shares", () => {
    const report = review(described(1), described(3));
    expect(report.changed).toBe(true);
    expect(report.clusters.map(({ shares }) => shares)).toEqual([
      { before: { a: "1/2", b: "1/2" }, after: { a: "3/4", b: "1/4" } },
    ]);
    expect(review(described(1), described(1)).changed).toBe(false);
  });

  it("takes what is new without a base", () => {
    expect(review(undefined, described(1)).clusters.map(({ kind }) => kind)).toEqual(["added"]);
  });
});
