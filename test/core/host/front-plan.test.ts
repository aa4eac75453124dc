import { describe, expect, test } from "vitest";
import { frontPlan } from "../../../core/host/front-plan.js";
import { readSpec } from "../../../core/spec/read-spec.js";
import { LAYOUTS } from "../../../core/vocabulary/layouts.js";
import type { HostPlan } from "../../../core/host/plan.js";
import type { LayoutName } from "../../../core/vocabulary/layouts.js";

function planOf(spec: string, layout?: LayoutName): HostPlan {
  const reading = readSpec(spec, "front.yaml");
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  const [server] = reading.topology.servers;
  return frontPlan(reading.topology, server!, layout === undefined ? {} : { layout });
}

const SPEC = `clusters:
  shop:
    members:
      a: { url: https://App1/x }
      b: { url: ajp://app2, secret: hidden }
      c: { url: "unix:/run/app.sock|http://localhost/" }
servers:
  web:
    listen: [8080, 127.0.0.1:8443]
    serverName: shop.example
    mounts: { /plain/: http://other/, /app/: shop }
`;

describe("the plan of a front", () => {
  test("says what it listens on, what it has to reach, and what means that it serves", () => {
    const { ports, egress, health, kind, name } = planOf(SPEC);
    expect([kind, name]).toEqual(["front", "web"]);
    expect(ports).toEqual([
      { number: 8080, address: undefined, from: "clients" },
      { number: 8443, address: "127.0.0.1", from: "clients" },
    ]);
    expect(egress).toEqual([
      { member: "a", host: "app1", port: 443 },
      { member: "b", host: "app2", port: 8009 },
    ]);
    expect(health).toEqual({ address: undefined, port: 8080, path: "/app/", host: "shop.example", failsFrom: 500 });
  });

  test("keeps a file with a secret to its owner", () => {
    const [file] = planOf(SPEC).files;
    expect(file).toMatchObject({ path: "/etc/apache2/apache2.conf", mode: "0600", secret: true, owner: "root" });
    const [open] = planOf(SPEC.replace(", secret: hidden", "")).files;
    expect(open).toMatchObject({ mode: "0644", secret: false });
  });

  test.each(Object.keys(LAYOUTS) as LayoutName[])("is complete in the layout %s", (layout) => {
    const { packages, service, files } = planOf(SPEC, layout);
    expect(files[0]?.path).toBe(LAYOUTS[layout].configFile);
    expect(service.configFile).toBe(LAYOUTS[layout].configFile);
    expect(service.folders.every((folder) => folder.startsWith("/"))).toBe(true);
    expect(packages.from === "packages" ? packages.names : []).toEqual(
      { debian: ["apache2", "curl"], rhel: ["httpd", "curl", "mod_ssl"], docker: [], source: [] }[layout],
    );
  });
});
