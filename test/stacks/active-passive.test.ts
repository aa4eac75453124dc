import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { readSpec } from "../../core/spec/read-spec.js";
import { renderTopology } from "../../core/render/render.js";
import { ActivePassiveStack } from "../../stacks/active-passive.js";
import { tour } from "../../stacks/tour.js";
import { project } from "../support/synthesis.js";

const CONF = "stacks/active-passive/web/httpd.conf";

/** The article's stack synthesized into a project of its own. */
function article() {
  const { app, folder, synth } = project();
  new ActivePassiveStack(app, "active-passive");
  return { folder, files: synth() };
}

describe("the Active/Passive article as a stack", () => {
  test("writes the cluster of the article", () => {
    const { files } = article();
    expect(files[CONF]).toContain(`
<Proxy balancer://mycluster>
    BalancerMember http://localhost:8380 loadfactor=1 retry=10
    BalancerMember http://localhost:8580 loadfactor=5 retry=10
    BalancerMember http://localhost:8480 retry=10 status=+H
    ProxySet stickysession=JSESSIONID|jsessionid
    ProxySet maxattempts=3
</Proxy>

ProxyPass / balancer://mycluster/
ProxyPassReverse / balancer://mycluster/
`);
  });

  test("and its YAML give the same httpd.conf, byte for byte", () => {
    const path = resolve(__dirname, "../../examples/active-passive.yaml");
    const spec = readSpec(readFileSync(path, "utf8"), "active-passive.yaml");
    if (!spec.ok) throw new Error(JSON.stringify(spec.problems));
    const rendered = renderTopology(spec.topology);
    if (!rendered.ok) throw new Error(JSON.stringify(rendered.problems));
    expect(rendered.files).toEqual([{ path: "httpd.conf", text: article().files[CONF] }]);
  });

  test("the tour names every file, the modules with reasons, and who serves", () => {
    const { files, folder } = article();
    const shown = tour(folder);
    const made = "stacks/active-passive/";
    expect(shown).toContain(`\n  cdktf.out/${made}\n`);
    for (const path of Object.keys(files).filter((name) => name !== "manifest.json")) {
      expect(path.startsWith(made)).toBe(true);
      expect(shown).toContain(`\n    ${path.slice(made.length)} `);
    }
    expect(shown.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(shown).toMatch(/LoadModule slotmem_shm_module +proxy_balancer needs it/);
    expect(shown).toMatch(/everything is up +node2 node2 node1 node2 node2 node2\n/);
    expect(shown).toMatch(/node1 and node2 stop +node3 node3 node3 /);
    expect(shown).toMatch(/10 seconds later +node2 /);
    expect(shown).not.toContain(folder);
  });
});

test("the framework under test is the one its vitest project is named after", () => {
  const { files } = article();
  const stack = JSON.parse(files["stacks/active-passive/cdk.tf.json"] ?? "") as {
    "//": { metadata: { version: string } };
  };
  expect(stack["//"].metadata.version).toBe(process.env["CDKTF_VERSION"]);
});
