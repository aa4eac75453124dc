import { describe, expect, it } from "vitest";
import { buildTopology } from "../../../core/topology/build.js";
import { routeRequest } from "../../../core/topology/mounts.js";

/** Where requests go on a server with one mount. */
function routed(path: string, match: boolean, asked: string): string | number {
  const topology = buildTopology({
    clusters: [{ name: "c", members: [{ url: "http://a:81" }] }],
    servers: [{ name: "web", mounts: [{ path, match, to: { kind: "cluster", cluster: "c", path: "" } }] }],
  });
  const routing = routeRequest(topology, { path: asked });
  return routing.kind === "httpd" ? routing.status : routing.url;
}

describe("a mount with an expression", () => {
  it.each([
    ["^/[[:alpha:]]+$", "/abc", "/ab1"],
    ["^/\\Qa.b\\E$", "/a.b", "/axb"],
    ["^/a++b", "/aab", "/b"],
    ["(?i)^/APP(?-i:x)", "/appx", "/appX"],
    ["^/é$", "/%C3%A9", "/%E9"],
  ])("serves what httpd's expression matches and nothing else: %s", (path, hit, miss) => {
    expect(routed(path, true, hit)).toMatch(/^balancer:\/\/c/);
    expect(routed(path, true, miss)).toBe(404);
  });
});

describe("a mount with a prefix", () => {
  it("is compared in bytes, as a client sends them", () => {
    expect(routed("/é", false, "/%C3%A9/x")).toBe("balancer://c/x");
    expect(routed("/é", false, "/%E9/x")).toBe(404);
  });
});
