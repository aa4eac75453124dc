import { describe, expect, it } from "vitest";
import { checkMounted } from "../../../core/check/mounted.js";
import { buildTopology } from "../../../core/topology/build.js";
import type { ServerInput } from "../../../core/topology/build.js";
import type { LayoutName } from "../../../core/vocabulary/layouts.js";
import { LAYOUTS } from "../../../core/vocabulary/layouts.js";
import { brief } from "./texts.js";

const check = (server: Partial<ServerInput>, member = "http://a:81") => {
  const topology = buildTopology({
    clusters: [
      { name: "c", members: [{ url: member }] },
      { name: "own", scope: "h", members: [{ url: "http://b:81" }] },
    ],
    servers: [{ name: "s", ...server }],
  });
  return brief(topology.servers.flatMap((one) => checkMounted(topology, one, "/servers/0")));
};
const mount = (cluster: string, path = "/") => ({ path, to: { kind: "cluster", cluster, path: "/" } }) as const;

describe("where mounts lead", () => {
  it("is a cluster of the main server, or one of the virtual host they stand in", () => {
    const host = (name: string, cluster: string) => ({ name, addresses: ["*:80"], mounts: [mount(cluster)] });
    expect(check({ virtualHosts: [host("h", "own"), host("i", "c")] })).toEqual([]);
    expect(check({ virtualHosts: [host("i", "own")] })).toEqual([
      "/servers/0/virtualHosts/0/mounts/0/to/cluster: 'own' (c)",
    ]);
    expect(check({ mounts: [mount("own")] })).toEqual(["/servers/0/mounts/0/to/cluster: 'own' (c)"]);
  });

  it("is not hidden from a virtual host by the main server", () => {
    const virtualHosts = [{ name: "h", addresses: ["*:80"], mounts: [mount("c", "/app/")] }];
    expect(check({ mounts: [mount("c")], virtualHosts })).toEqual([
      "/servers/0/virtualHosts/0/mounts/0/path: hidden by mount '/' of the main server (a path of its own)",
    ]);
  });
});

describe("backends that are spoken to in TLS", () => {
  const names = Object.keys(LAYOUTS) as LayoutName[];
  const without = names.find((name) => !("caFile" in LAYOUTS[name]));
  const having = names.find((name) => "caFile" in LAYOUTS[name]);
  const noFile = "/servers/0/backendTls: no caFile (the file with the trusted authorities)";
  const layout = (name: LayoutName | undefined) => (name === undefined ? {} : { layout: name });

  it("need a file to be verified against, where the layout knows none", () => {
    expect(without).toBeDefined();
    expect(check({ ...layout(without), mounts: [mount("c")] }, "https://a")).toEqual([noFile]);
    expect(check({ ...layout(having), mounts: [mount("c")] }, "https://a")).toEqual([]);
    expect(check({ ...layout(without), mounts: [mount("c")] }, "http://a")).toEqual([]);
  });

  it("need none when it is named, or when nobody verifies", () => {
    const mounts = [mount("c")];
    const verified = { verify: { kind: "required" }, caFile: "/ca.pem" } as const;
    const trusted = { verify: { kind: "off", reason: "lab" } } as const;
    expect(check({ ...layout(without), mounts, backendTls: verified }, "https://a")).toEqual([]);
    expect(check({ ...layout(without), mounts, backendTls: trusted }, "https://a")).toEqual([]);
  });

  it("count when a mount leads to them without a cluster, and not when nothing leads there", () => {
    const url = { path: "/", to: { kind: "url", url: "wss://a", parameters: {} } } as const;
    expect(check({ ...layout(without), mounts: [url] })).toEqual([noFile]);
    expect(check({ ...layout(without), mounts: [{ path: "/", to: { kind: "exclude" } }] }, "https://a")).toEqual([]);
  });
});
