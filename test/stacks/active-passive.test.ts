import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { readSpec } from "../../core/topology/spec.js";
import { renderTopology } from "../../core/render/render.js";
import { ActivePassiveStack } from "../../stacks/active-passive.js";
import { tour } from "../../stacks/tour.js";
import { projectCopy } from "../support/project-copy.js";
import { filesBelow, project } from "../support/synthesis.js";

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
    for (const path of Object.keys(files).filter((name) => name !== "manifest.json")) {
      expect(shown).toContain(`cdktf.out/${path}`);
    }
    expect(shown).toMatch(/LoadModule slotmem_shm_module +proxy_balancer needs it/);
    expect(shown).toMatch(/everything is up +node2 node2 node1 node2 node2 node2 /);
    expect(shown).toMatch(/node1 and node2 stop +node3 node3 node3 /);
    expect(shown).toMatch(/10 seconds later +node2 /);
    expect(shown).not.toContain(folder);
  });
});

describe("the whole project", () => {
  test("`cdktf synth` needs no terraform, and writes the same as the app alone", () => {
    const folder = projectCopy();
    writeFileSync(
      join(folder, "cdktf.json"),
      JSON.stringify({ language: "typescript", app: "node --import tsx stacks/main.ts" }),
    );
    const bin = join(folder, "bin");
    mkdirSync(bin);
    symlinkSync(process.execPath, join(bin, "node"));
    execFileSync("node", ["node_modules/cdktf-cli/bundle/bin/cdktf", "synth"], {
      cwd: folder,
      stdio: "pipe",
      env: { PATH: bin, HOME: folder, CHECKPOINT_DISABLE: "1", DISABLE_VERSION_CHECK: "1", CI: "1" },
    });
    const written = filesBelow(join(folder, "cdktf.out"));
    const { files } = article();
    expect(written[CONF]).toBe(files[CONF]);
    expect(Object.values(written).join("\n")).not.toContain(folder);
  });

  test('a package.json with "cdktf": "npm:cdktn" gives the same stack; only the version in the metadata differs', () => {
    const [on, onFork] = [{}, { cdktf: "cdktn" }].map((aliases) => {
      const folder = projectCopy(aliases);
      execFileSync(process.execPath, ["--import", "tsx", "stacks/main.ts"], { cwd: folder, stdio: "pipe" });
      const path = join(folder, "cdktf.out/stacks/active-passive/cdk.tf.json");
      const stack = JSON.parse(readFileSync(path, "utf8")) as { "//": { metadata: { version: string } } };
      const { version } = stack["//"].metadata;
      return {
        version,
        stack: { ...stack, "//": undefined },
        conf: readFileSync(join(folder, "cdktf.out", CONF), "utf8"),
      };
    });
    expect([on?.version, onFork?.version]).toEqual(["0.21.0", "0.24.0"]);
    expect(onFork?.stack).toEqual(on?.stack);
    expect(onFork?.conf).toBe(on?.conf);
  });
});

test("the framework under test is the one its vitest project is named after", () => {
  const { files } = article();
  const stack = JSON.parse(files["stacks/active-passive/cdk.tf.json"] ?? "") as {
    "//": { metadata: { version: string } };
  };
  expect(stack["//"].metadata.version).toBe(process.env["CDKTF_VERSION"]);
});
