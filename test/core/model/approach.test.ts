import { describe, expect, it } from "vitest";
import { approachTo } from "../../../core/model/approach.js";
import type { Approach } from "../../../core/model/approach.js";
import { detourText } from "../../../core/model/approach-text.js";
import { readText } from "../../support/conf-fixtures.js";

const CLUSTERS = `<Proxy balancer://c>
  BalancerMember http://127.0.0.1:8001
  BalancerMember http://127.0.0.1:8002
</Proxy>
<Proxy balancer://d>
  BalancerMember http://127.0.0.1:8003
</Proxy>
`;

/** How requests come to balancer c, with its detours in words and its doubts as line numbers. */
function approach(...lines: readonly string[]) {
  const { topology, locate } = readText(`${CLUSTERS}${lines.join("\n")}\n`);
  const [cluster] = topology.clusters;
  if (cluster === undefined) throw new Error("no cluster was read");
  const lineOf: (at: Approach["doubts"][number]) => string = (at) => lines[(locate(at)?.line ?? 0) - 8] ?? at;
  const { reached, entrance, paths, elsewhere, doubts } = approachTo(topology, cluster);
  return {
    reached,
    entrance,
    paths,
    elsewhere: elsewhere.map((one) => detourText(one, lineOf)),
    doubts: doubts.map(lineOf),
  };
}

const MOUNT = "ProxyPass /app balancer://c";

describe("how requests come to a balancer", () => {
  it("by the path of its mount, judged, where nothing stands in front", () => {
    expect(approach(MOUNT)).toEqual({
      ...{ reached: "yes", entrance: { path: "/app" }, paths: ["/app"], elsewhere: [], doubts: [] },
    });
  });

  it("not at all behind a Require that denies, and the line is named", () => {
    expect(approach(MOUNT, "<Proxy *>", "Require all denied", "</Proxy>")).toMatchObject({
      reached: "no",
      entrance: undefined,
      elsewhere: [`GET /app is answered 403 by httpd itself (Require all denied, ${MOUNT})`],
    });
  });

  it("not at all behind a mount, an exclusion or a redirect that is asked first", () => {
    const all = "ProxyPass / balancer://d/";
    expect(approach(all, MOUNT)).toMatchObject({
      reached: "no",
      elsewhere: [`GET /app goes to balancer://d (${all})`],
    });
    expect(approach("ProxyPass /app !", MOUNT)).toMatchObject({ reached: "no", paths: [] });
    const moved = "RewriteRule ^/app http://elsewhere/ [R]";
    expect(approach("RewriteEngine On", moved, MOUNT)).toMatchObject({
      reached: "no",
      elsewhere: [`GET /app is answered 302 by httpd itself, with the address http://elsewhere/ (${moved})`],
    });
  });

  it("a path below the mount that is narrowed stays no matter of doubt, and is named", () => {
    const narrowed = ["<Location /app/admin>", "Require ip 10.0.0.1", "</Location>"];
    expect(approach(MOUNT, ...narrowed)).toMatchObject({
      reached: "yes",
      doubts: [],
      elsewhere: [`GET /app/admin is answered 403 by httpd itself (Require ip 10.0.0.1, ${MOUNT})`],
    });
  });

  it("in doubt where a line decides that nobody here can judge", () => {
    const condition = "RewriteCond ${m:%{REQUEST_URI}} bad";
    const rewriting = ["RewriteEngine On", "RewriteMap m txt:/etc/m", condition, "RewriteRule ^ - [F]"];
    expect(approach(...rewriting, MOUNT)).toMatchObject({ reached: "yes", doubts: [condition] });
  });

  it("in doubt where who asks decides", () => {
    const lines = ["<Location /app>", "Require ip 10.0.0.0/8", "</Location>"];
    expect(approach(MOUNT, ...lines)).toMatchObject({ reached: "perhaps", doubts: ["Require ip 10.0.0.0/8"] });
    expect(approach(MOUNT, "<Location /app>", "Require local", "</Location>")).toMatchObject({
      reached: "yes",
      doubts: ["Require local"],
    });
  });

  it("by another path than the root that is redirected to it", () => {
    const moved = "RewriteRule ^/$ /app/ [R]";
    expect(approach("RewriteEngine On", moved, "ProxyPass / balancer://c/")).toMatchObject({
      reached: "yes",
      entrance: { path: "/any-name" },
      elsewhere: [`GET / is answered 302 by httpd itself, with the address http://127.0.0.1/app/ (${moved})`],
    });
  });

  it("by the name of its virtual host, and by the address that wins", () => {
    const host = (address: string, to: string) => [
      `<VirtualHost ${address}:80>`,
      "ServerName shop.test",
      `ProxyPass / balancer://${to}/`,
      "</VirtualHost>",
    ];
    expect(approach(...host("*", "c"))).toMatchObject({ reached: "yes", entrance: {} });
    expect(approach(...host("127.0.0.1", "d"), ...host("*", "c"))).toMatchObject({ reached: "no" });
  });

  it("not where no line leads to it", () => {
    expect(approach("ProxyPass / balancer://d/")).toMatchObject({ reached: "no", elsewhere: [] });
  });
});
