import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { describe, expect, it } from "vitest";
import { runCommand } from "../support/command.js";
import { overlay, ROOT } from "./where-a-change-goes/overlay.js";
import { productWith } from "./where-a-change-goes/product.js";

const SHOP = "<Proxy balancer://shop>\n  BalancerMember http://a:1\n</Proxy>\n";

/** The product's own files. */
const SOURCES = ["core", "constructs", "live", "cli", "matchers"].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => `${folder}/${path}`),
);

/** Those that import a package. */
function importersOf(name: string): readonly string[] {
  const wanted = new RegExp(`from "${name}["/]`);
  return SOURCES.filter((path) => wanted.test(readFileSync(join(ROOT, path), "utf8"))).sort();
}

/** The first two cells of the rows of a table of docs/architecture.md. */
function rowsBelow(heading: string): readonly (readonly string[])[] {
  const text = readFileSync(join(ROOT, "docs/architecture.md"), "utf8");
  const section = text.slice(text.indexOf(`## ${heading}\n`)).split("\n## ")[0] ?? "";
  const lines = section.split("\n").filter((line) => line.startsWith("| "));
  return lines.slice(2).map((line) => line.split(" | ").map((cell) => cell.replace(/^\| | \|$/g, "").trim()));
}

describe("a fact that stood in several rooms, which disagreed, stands in one:", () => {
  it("what a pattern matches: what httpd serves is no 404 of the model", async () => {
    const files = {
      "httpd.conf": `${SHOP}ProxyPassMatch ^/[[:alpha:]]+$ balancer://shop\n`,
      "s.json": JSON.stringify({
        steps: [{ request: { path: "/abc" } }, { request: { path: "/ab1", expect: { status: 404 } } }],
      }),
    };
    const { stdout } = await runCommand(["simulate", "httpd.conf", "--scenario", "s.json", "--json"], files);
    const { picks } = JSON.parse(stdout) as { readonly picks: readonly { readonly member: string | null }[] };
    expect(picks.map(({ member }) => member)).toEqual(["http://a:1", null]);
  });

  it("the version of httpd: what is newer than all that was measured is taken where the server has it", async () => {
    const put = `  kites: { kind: "integer", min: 1, max: 9, since: "2.4.75", doc: "", defaultDoc: "", error: "no" },\n`;
    const behind = "export const WORKER_PARAMETERS = {\n";
    const { BalancerCluster, HttpdServer, findingsOf } = await productWith(
      overlay([{ change: "a worker parameter", file: "core/vocabulary/worker.ts", behind, put }]),
    );
    const errorsWith = (httpd: "2.4.74" | "2.4.80"): string => {
      const stack = new TerraformStack(new App({ outdir: join(ROOT, "test-results/one-room") }), "shop");
      const options = { url: "http://a:1", kites: 3 };
      const cluster = new BalancerCluster(stack, "shop").addMember("a", options);
      const found = findingsOf(new HttpdServer(stack, "web", { httpd }).mount("/", cluster).describe());
      return found.flatMap(({ level, text }) => (level === "error" ? [text] : [])).join("\n");
    };
    expect(errorsWith("2.4.80")).toBe("");
    expect(errorsWith("2.4.74")).toContain("httpd 2.4.75 or newer");
  });

  it.each(["configtest", "lint", "explain"])(
    "which file of a folder is meant: %s reads apache2.conf",
    async (command) => {
      const files = { "etc/apache2.conf": "ListenBacklog x\n", "etc/httpd.conf": "KeepAlive perhaps\n" };
      const { status, stdout, stderr } = await runCommand([command, "etc"], files);
      expect(status).toBe(1);
      expect(`${stdout}${stderr}`).toContain("ListenBacklog must be > 0");
      expect(`${stdout}${stderr}`).not.toContain("KeepAlive");
    },
  );

  it.each(["configtest", "lint"])(
    "what a line means: %s refuses a module without the one it needs",
    async (command) => {
      const files = { "httpd.conf": "LoadModule proxy_http_module modules/mod_proxy_http.so\n" };
      const { status, stdout } = await runCommand([command, "httpd.conf"], files);
      expect(status).toBe(1);
      expect(stdout).toContain("undefined symbol");
    },
  );
});

describe("a room that is gone stays away:", () => {
  it("core asks nothing of Node, by its imports; npm test bundles each of its files for a browser", () => {
    const core = SOURCES.filter((path) => path.startsWith("core/"));
    const asking = core.filter((path) => /from "node:|\brequire\(/.test(readFileSync(join(ROOT, path), "utf8")));
    expect(asking).toEqual([]);
    expect(core.length).toBeGreaterThan(500);
  });

  it("YAML, JSON Schema and the XML of servers' files are read by one library each, in one folder", () => {
    expect(importersOf("js-yaml").every((path) => path.startsWith("core/shape/"))).toBe(true);
    expect(importersOf("js-yaml")).toContain("core/shape/text.ts");
    expect(importersOf("ajv")).toEqual(["core/shape/compile.ts"]);
    expect(importersOf("saxes")).toEqual(["core/server-files/xml.ts"]);
    expect(importersOf("yaml")).toEqual([]);
  });

  it("no validator is committed: the build compiles it", () => {
    expect(SOURCES.filter((path) => /validat|judges?\.generated/.test(path))).toEqual([]);
    const compiled = readFileSync(join(ROOT, "package.json"), "utf8");
    expect(compiled).toContain("scripts/compile-judges.mjs");
  });
});

describe("what stands twice, and why", () => {
  it.each(rowsBelow("What stands twice, and why"))(
    "%s: each room it names is there, and a reason",
    (_what, where, why) => {
      const rooms = [...where.matchAll(/`([a-z]+\/[^`]+)`/g)].map(([, room = ""]) => room);
      expect(rooms.filter((room) => !existsSync(join(ROOT, room)))).toEqual([]);
      expect(why.length).toBeGreaterThan(40);
    },
  );
});
