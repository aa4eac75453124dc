import { describe, expect, it } from "vitest";
import { checkTopology } from "../../../core/check/topology.js";
import { buildTopology } from "../../../core/topology/build.js";
import type { TopologyInput } from "../../../core/topology/build.js";
import { brief } from "./texts.js";

const CLUSTER = { name: "c", members: [{ url: "http://a:81" }] } as const;
const HOST = { name: "h", addresses: ["*:80"] } as const;
const check = (input: TopologyInput) => brief(checkTopology(buildTopology(input)));

describe("a description", () => {
  it("is for a version of three numbers, 2.2.0 or newer", () => {
    const allowed = "a version from 2.2.0 on, with three numbers";
    expect(check({ httpd: "2.2.0" })).toEqual([]);
    expect(check({ httpd: "2.1.999" })).toEqual([`/httpd: '2.1.999' (${allowed})`]);
    expect(check({ httpd: "2.4" as "2.4.0" })).toEqual([`/httpd: '2.4' (${allowed})`]);
  });

  it("has a name for each server, and for each cluster of a scope, in any case", () => {
    expect(check({ servers: [{ name: "s" }, { name: "s" }] })).toEqual([
      "/servers/1/name: the name of an earlier one (a name of its own)",
    ]);
    expect(check({ clusters: [CLUSTER, CLUSTER] })).toEqual([
      "/clusters/1/name: the name of an earlier one (a name of its own)",
    ]);
  });

  it("has clusters of virtual hosts that are there, under names the main server does not use", () => {
    const servers = [{ name: "s", virtualHosts: [HOST] }];
    expect(check({ servers, clusters: [{ ...CLUSTER, scope: "h" }] })).toEqual([]);
    expect(check({ servers, clusters: [{ ...CLUSTER, scope: "i" }] })).toEqual(["/clusters/0/scope: 'i' (h)"]);
    expect(check({ servers, clusters: [CLUSTER, { ...CLUSTER, scope: "h" }] })).toEqual([
      "/clusters/1/name: the name of a cluster of the main server (a name of its own)",
    ]);
  });

  it("is told from all its parts, each at its place", () => {
    expect(
      check({
        clusters: [{ ...CLUSTER, members: [{ url: "x" }] }],
        servers: [{ name: "s", mounts: [{ path: "a", to: { kind: "exclude" } }] }],
        healthCheckExpressions: [{ name: "e", expression: "" }],
      }).map((problem) => problem.split(":")[0]),
    ).toEqual(["/clusters/0/members/0/url", "/healthCheckExpressions/0/expression", "/servers/0/mounts/0/path"]);
  });

  it("is judged by its version, words and values alike", () => {
    const members = [{ url: "h2c://a", parameters: { hcmethod: "GET11", addressttl: "forever" } }] as const;
    expect(check({ httpd: "2.4.59", clusters: [{ name: "c", members }] })).toEqual([]);
    expect(check({ httpd: "2.4.18", clusters: [{ name: "c", members }] })).toHaveLength(3);
  });
});
