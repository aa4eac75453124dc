import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { TerraformOutput, TerraformVariable, Testing } from "cdktf";
import { Construct } from "constructs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BalancerCluster } from "../../constructs/balancer-cluster.js";
import { HttpdServer } from "../../constructs/httpd-server.js";
import { folderOf } from "../../constructs/stack-path.js";
import type { DeployTarget, Site } from "../../constructs/target.js";
import { LocalTarget } from "../../constructs/targets/local-target.js";
import { project } from "../support/synthesis.js";

/** Ids as odd as they come, those that a careless spelling would make one. */
const id = fc.oneof(
  fc.string({ unit: "binary", minLength: 1, maxLength: 4 }),
  fc.constantFrom("a b", "a-b", "a%20b", "..", ".", "a.b", "%2e", "é", "e\u0301", "ﬁ", "a\\b"),
);

function serverIn(scope: Construct, name: string, directory: string): HttpdServer {
  const cluster = new BalancerCluster(scope, `${name}-cluster`, { clusterName: "c" }).addMember("a", {
    url: "http://a:1",
  });
  return new HttpdServer(scope, name).mount("/", cluster).deployTo(LocalTarget.of({ directory }));
}

describe("the folder of a construct's files", () => {
  test("is below the stack's, one step an id, and no other construct has it", () => {
    fc.assert(
      fc.property(fc.uniqueArray(id, { minLength: 2, maxLength: 8 }), (ids) => {
        const stack = project().stack("shop");
        const made = ids.map((each) => new Construct(new Construct(stack, each), "x")).map(folderOf);
        expect(new Set(made).size).toBe(made.length);
        for (const folder of made) expect(folder).toMatch(/^[A-Za-z0-9_%-][A-Za-z0-9._%-]*\/x$/);
      }),
      { seed: 7, numRuns: 60 },
    );
  });

  test("two servers whose parents differ in odd characters only have a file each", () => {
    const made = project();
    const stack = made.stack("shop");
    for (const [index, parent] of ["a b", "a-b", "..", "a%20b"].entries()) {
      serverIn(new Construct(stack, parent), "web", `run${index}`);
    }
    const files = Object.keys(made.synth()).filter((path) => path.endsWith("httpd.conf"));
    expect(files).toEqual(
      ["%2e./web", "a%20b/web", "a%2520b/web", "a-b/web"].map((folder) => `stacks/shop/${folder}/httpd.conf`),
    );
  });

  test("of servers whose ids differ in case only is refused, as some file systems hold them for one", () => {
    const made = project();
    const stack = made.stack("shop");
    serverIn(stack, "web", "a");
    serverIn(stack, "WEB", "b");
    expect(made.synth).toThrow("two constructs that write it, shop/web and shop/WEB; give one another id");
  });

  test.each(["install.sh", "cdk.tf.json"])("of a server called %s is refused: a file has that name", (name) => {
    const made = project();
    serverIn(made.stack("shop"), name, "run");
    expect(made.synth).toThrow(`${name} is a file and cannot be a folder; give shop/${name} another id`);
  });
});

describe("a file at synth", () => {
  test("with a secret is readable by its owner only, also where a readable one was before", () => {
    const made = project();
    const stack = made.stack("shop");
    const cluster = new BalancerCluster(stack, "c").addMember("a", { url: "ajp://a:8009", secret: "open-sesame" });
    new HttpdServer(stack, "web").mount("/", cluster).deployTo(LocalTarget.of({ directory: "run" }));
    const path = join(made.folder, "cdktf.out/stacks/shop/web/httpd.conf");
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, "old");
    chmodSync(path, 0o644);
    made.synth();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, "utf8")).toContain("secret=open-sesame");
  });

  test("takes the place of a link and leaves what it pointed to alone", () => {
    const made = project();
    serverIn(made.stack("shop"), "web", "run");
    const path = join(made.folder, "cdktf.out/stacks/shop/web/httpd.conf");
    const victim = join(made.folder, "victim");
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(victim, "mine");
    symlinkSync(victim, path);
    made.synth();
    expect(lstatSync(path).isSymbolicLink()).toBe(false);
    expect(readFileSync(victim, "utf8")).toBe("mine");
  });
});

describe("a folder of LocalTarget", () => {
  test.each([
    ["run", "run"],
    ["run", "./run/"],
    ["run/a/..", "run"],
  ])("that another server deploys to is refused: %s and %s", (one, other) => {
    const made = project();
    serverIn(made.stack("shop"), "web", one);
    serverIn(made.stack("other"), "web", other);
    expect(made.synth).toThrow(`found '${other}', which shop/web/deployment deploys to; name another folder`);
    expect(existsSync(join(made.folder, "cdktf.out/stacks/shop/web/httpd.conf"))).toBe(false);
  });

  test("below that of another server is fine", () => {
    const made = project();
    serverIn(made.stack("shop"), "web", "run");
    serverIn(made.stack("other"), "web", "run/other");
    expect(Object.keys(made.synth())).toContain("stacks/other/web/httpd.conf");
  });

  test("may be given as an absolute path, which is the same folder", () => {
    const made = project();
    serverIn(made.stack("shop"), "web", "run");
    serverIn(made.stack("other"), "web", join(made.folder, "run"));
    expect(made.synth).toThrow("which shop/web/deployment deploys to");
  });
});

/** Shows what a target author is given. */
function shown(secret: string | undefined, host?: string): Readonly<Record<string, string>> {
  const stack = project().stack("shop");
  const at = host === undefined ? "app1" : new TerraformVariable(stack, host, {}).stringValue;
  const member = secret === undefined ? { url: `http://${at}:8080` } : { url: `ajp://${at}:8009`, secret };
  const cluster = new BalancerCluster(stack, "c").addMember("a", member);
  const target: DeployTarget = {
    deploy({ scope, files }: Site) {
      for (const file of files) {
        new TerraformOutput(scope, "text", { value: file.text });
        new TerraformOutput(scope, "mode", { value: file.mode });
      }
    },
  };
  new HttpdServer(stack, "web").mount("/", cluster).deployTo(target);
  const { output } = JSON.parse(Testing.synth(stack)) as { output: Record<string, { value: string }> };
  return Object.fromEntries(Object.entries(output).map(([name, { value }]) => [name.replace(/_[^_]*$/, ""), value]));
}

describe("the whole text as a Terraform value", () => {
  test("is read from the file beside the stack", () => {
    expect(Object.values(shown(undefined))).toEqual(["0644", '${file("${path.module}/web/httpd.conf")}']);
  });

  test("is sensitive where it holds a secret, which stands nowhere in cdk.tf.json", () => {
    const [mode, text] = Object.values(shown("open-sesame"));
    expect(mode).toBe("0600");
    expect(text).toBe('${sensitive("${file("${path.module}/web/httpd.conf")}")}');
  });

  test("holds values known only at apply between the pieces", () => {
    const [, text] = Object.values(shown("open-sesame", "host"));
    const piece = (index: number): string => `\${file("\${path.module}/web/httpd.conf.${index}")}`;
    expect(text).toBe(`\${sensitive("${piece(0)}\${var.host}${piece(2)}")}`);
  });
});

test("a construct's id is no template of Terraform's in the sentence about its address", () => {
  const made = project();
  const stack = made.stack("shop");
  const host = new TerraformVariable(stack, "host", {}).stringValue;
  const cluster = new BalancerCluster(stack, '${file("hostname")}%{if true}', { clusterName: "c" }).addMember("a", {
    url: `http://${host}:1`,
  });
  new HttpdServer(stack, "web").mount("/", cluster).deployTo(LocalTarget.of({ directory: "run" }));
  const json = JSON.stringify(JSON.parse(made.synth()["stacks/shop/cdk.tf.json"] ?? "{}"));
  expect(json.match(/.{2}\{file\(/g)).toEqual(["$${file(", "$${file("]);
});
