import { describe, expect, it } from "vitest";
import { buildTopology } from "../../../core/topology/build.js";
import { routed } from "../../support/routing.js";

/** What is described closes the file system, so that what no mount takes is forbidden. */
const NO_MOUNT = 403;

/** Where requests go on a server with one mount. */
function answered(path: string, match: boolean, asked: string): string | number {
  const topology = buildTopology({
    clusters: [{ name: "c", members: [{ url: "http://a:81" }] }],
    servers: [{ name: "web", mounts: [{ path, match, to: { kind: "cluster", cluster: "c", path: "" } }] }],
  });
  const routing = routed(topology, { path: asked });
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
    expect(answered(path, true, hit)).toMatch(/^balancer:\/\/c/);
    expect(answered(path, true, miss)).toBe(NO_MOUNT);
  });
});

describe("a mount with a prefix", () => {
  it("is compared in bytes, as a client sends them", () => {
    expect(answered("/é", false, "/%C3%A9/x")).toBe("balancer://c/x");
    expect(answered("/é", false, "/%E9/x")).toBe(NO_MOUNT);
  });
});
