import { describe, expect, it } from "vitest";
import { route } from "../../../core/route/route.js";
import { readSpec } from "../../../core/spec/read-spec.js";
import type { Topology } from "../../../core/topology/topology.js";
import { readText } from "../../support/conf-fixtures.js";

const STATUS = "<Location /s>\nSetHandler server-status\n</Location>\n";
const CORE = "LoadModule authz_core_module modules/mod_authz_core.so\n";

function statusOf(topology: Topology, path: string): number | "proxy" {
  const [server] = topology.servers;
  if (server === undefined) throw new Error("no server");
  const way = route(topology, server, { port: 80 }, { path, client: "127.0.0.1" });
  expect(way.judged).toBe(true);
  return way.to.kind === "answer" ? way.to.status : "proxy";
}

function described(extra: readonly string[]): Topology {
  const read = readSpec(
    JSON.stringify({
      clusters: { c: { members: { a: "http://a:1" } } },
      servers: { web: { layout: "debian", listen: [80], mounts: { "/app": "c" }, extra } },
    }),
    "spec.json",
  );
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.topology;
}

describe("modules that a server runs with", () => {
  it("are those its httpd.conf loads", () => {
    expect(statusOf(readText(`${CORE}${STATUS}`).topology, "/s")).toBe(404);
    const loading = "LoadModule status_module modules/mod_status.so\n";
    expect(statusOf(readText(`${CORE}${loading}${STATUS}`).topology, "/s")).toBe(200);
  });

  it("are all of them for a fragment", () => {
    expect(statusOf(readText(STATUS).topology, "/s")).toBe(200);
  });

  it("are those that are written for a description, with those its lines need and load", () => {
    const page = ["<Location /s>", "SetHandler server-status", "Require all granted", "</Location>"];
    expect(statusOf(described(page), "/s")).toBe(200);
    expect(statusOf(described(["<Location /s>", "Require all granted", "</Location>"]), "/s")).toBe(404);
  });

  it("answer every request 500 where nobody among them decides about access", () => {
    const loading = "LoadModule mpm_event_module modules/mod_mpm_event.so\n";
    expect(statusOf(readText(`${loading}DocumentRoot /var/www/html\n`).topology, "/x")).toBe(500);
  });
});
