import { describe, expect, test } from "vitest";
import { healthOf } from "../../../core/host/health.js";
import { route } from "../../../core/route/route.js";
import type { Health } from "../../../core/host/plan.js";
import { readSpec } from "../../../core/spec/read-spec.js";
import type { Topology } from "../../../core/topology/topology.js";

/** A server of these lines in front of one cluster. */
function topologyOf(server: string): Topology {
  const spec = `clusters:\n  shop:\n    members:\n      a: { url: http://app1 }\nservers:\n  web:\n${server}`;
  const reading = readSpec(spec, "front.yaml");
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.topology;
}

const TLS = "tls: { certificateFile: /etc/c.pem, certificateKeyFile: /etc/k.pem }";

const WAYS: readonly (readonly [what: string, server: string, asked: Partial<Health>])[] = [
  ["one port of all addresses", "    listen: [8080]\n    mounts: { /a/: shop }\n", { port: 8080, path: "/a/" }],
  [
    "a port behind one of TLS",
    `    listen: [443, 8080]\n    virtualHosts:\n      s: { addresses: ["*:443"], ${TLS}, mounts: { /: shop } }\n      p: { addresses: ["*:8080"], mounts: { /b/: shop } }\n`,
    { port: 8080, path: "/b/" },
  ],
  [
    "the port of the virtual host that has the path",
    '    listen: [80, 8080]\n    virtualHosts:\n      p: { addresses: ["*:8080"], serverName: p.example, mounts: { /b/: shop } }\n',
    { port: 8080, path: "/b/", host: "p.example" },
  ],
  [
    "a port of all addresses before one of loopback, and that before one of another address",
    '    listen: ["10.0.0.1:81", "127.0.0.1:82", "83"]\n    mounts: { /: shop }\n',
    { port: 83, address: undefined },
  ],
  [
    "a port of loopback before one of another address",
    '    listen: ["10.0.0.1:81", "127.0.0.1:82"]\n    mounts: { /: shop }\n',
    { port: 82, address: "127.0.0.1" },
  ],
  ["an address where there is nothing else", '    listen: ["10.0.0.1:81"]\n    mounts: { /: shop }\n', { port: 81 }],
];

describe("a front is asked whether it serves", () => {
  test.each(WAYS)("at %s", (_, server, asked) => {
    const topology = topologyOf(server);
    const health = healthOf(topology.servers[0]!);
    expect(health).toMatchObject(asked);
  });

  test.each(WAYS)("at %s, which leads to a member", (_, server) => {
    const topology = topologyOf(server);
    const { address = "127.0.0.1", port, path, host = address } = healthOf(topology.servers[0]!);
    const way = route(topology, topology.servers[0]!, { address, port }, { path, headers: { Host: host } });
    expect(way.to).toMatchObject({ kind: "proxy", url: expect.stringMatching(/^balancer:\/\/shop\//) as string });
  });
});
