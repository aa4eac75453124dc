import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { App, LocalBackend, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { expect, test } from "vitest";
import { BalancerCluster } from "../../constructs/balancer-cluster.js";
import { HttpdServer } from "../../constructs/httpd-server.js";
import type { DeployTarget } from "../../constructs/target.js";
import { LocalTarget } from "../../constructs/targets/local-target.js";
import { project } from "../support/synthesis.js";
import { describeReal } from "../support/real.js";
import { terraform } from "../support/terraform.js";
import type { TerraformRun } from "../support/terraform.js";

/** One state of a project that is synthesized again and again into the same folder. */
interface Wanted {
  readonly loadfactor?: number;
  readonly secret?: string;
  /** Lines for the escape hatch: the only way to a configuration that httpd refuses. */
  readonly extra?: readonly string[];
  /** True when the member's address is a Terraform variable. */
  readonly variable?: boolean;
  readonly directory?: string;
}

/** A project whose stack can be written in another state, and the folders it works in. */
function site() {
  const { folder } = project();
  const outdir = join(folder, "cdktf.out");
  const stackFolder = join(outdir, "stacks", "shop");
  return {
    stackFolder,
    deployed: join(folder, "run", "httpd.conf"),
    runFolder: join(folder, "run"),
    stateFile: join(folder, "shop.tfstate"),
    synthesized: join(stackFolder, "web", "httpd.conf"),
    write: ({ loadfactor, secret, extra, variable, directory = "run" }: Wanted): void => {
      const app = new App({ outdir, stackTraces: false });
      const stack = new TerraformStack(app, "shop");
      new LocalBackend(stack, { path: "../../../shop.tfstate" });
      const host = variable === true ? new TerraformVariable(stack, "host", { type: "string" }).stringValue : "app1";
      const cluster = new BalancerCluster(stack, "mycluster")
        .addMember("a", {
          url: secret === undefined ? `http://${host}:8080` : `ajp://${host}:8009`,
          ...(secret && { secret }),
        })
        .addMember("b", { url: "http://app2:8080", loadfactor: loadfactor ?? 1 });
      new HttpdServer(stack, "web", { ...(extra && { extra }) })
        .mount("/", cluster)
        .deployTo(LocalTarget.of({ directory }));
      app.synth();
    },
  };
}

/** The whole output is the message when the status is another one. */
function expectStatus(status: number, run: TerraformRun): void {
  expect(run.status, run.output).toBe(status);
}

describeReal("the local target under terraform, without a network", ["terraform"], () => {
  test("init, validate, plan, apply, an empty second plan, destroy", () => {
    const { write, stackFolder, deployed, runFolder, synthesized } = site();
    write({});
    expectStatus(0, terraform(stackFolder, "init", "-input=false"));
    expectStatus(0, terraform(stackFolder, "validate"));
    expectStatus(2, terraform(stackFolder, "plan", "-input=false", "-detailed-exitcode"));
    expectStatus(0, terraform(stackFolder, "apply", "-input=false", "-auto-approve"));
    expect(readFileSync(deployed)).toEqual(readFileSync(synthesized));
    expect(readdirSync(runFolder)).toEqual(["httpd.conf"]);
    expectStatus(0, terraform(stackFolder, "plan", "-input=false", "-detailed-exitcode"));
    expectStatus(0, terraform(stackFolder, "destroy", "-input=false", "-auto-approve"));
    expect(existsSync(runFolder)).toBe(false);
  });

  test("a changed weight is one changed line of the plan", () => {
    const { write, stackFolder, deployed } = site();
    write({ loadfactor: 5 });
    terraform(stackFolder, "init", "-input=false");
    terraform(stackFolder, "apply", "-input=false", "-auto-approve");
    write({ loadfactor: 7 });
    const { output } = terraform(stackFolder, "plan", "-input=false", "-no-color");
    const changed = output.split("\n").filter((line) => /^\s+[-+] +\S/.test(line));
    expect(changed.map((line) => line.trim().replace(/ +/g, " "))).toEqual([
      "- BalancerMember http://app2:8080 loadfactor=5",
      "+ BalancerMember http://app2:8080 loadfactor=7",
    ]);
    terraform(stackFolder, "apply", "-input=false", "-auto-approve");
    expect(readFileSync(deployed, "utf8")).toContain("loadfactor=7");
  });

  test("an address known only at apply is filled in, and one that would add a line is refused", () => {
    const { write, stackFolder, deployed } = site();
    write({ variable: true });
    terraform(stackFolder, "init", "-input=false");
    const apply = (host: string) =>
      terraform(stackFolder, "apply", "-input=false", "-auto-approve", "-no-color", `-var=host=${host}`);
    expectStatus(0, apply("10.0.0.7"));
    expect(readFileSync(deployed, "utf8")).toContain("http://10.0.0.7:8080");
    expectStatus(0, apply("10.0.0.8"));
    expect(readFileSync(deployed, "utf8")).toContain("http://10.0.0.8:8080");
    const refused = apply("10.0.0.9\nListen 81");
    expect(refused.status).toBe(1);
    expect(refused.output).toContain("shop/mycluster/a/url/1 is no address");
    expect(readFileSync(deployed, "utf8")).toContain("http://10.0.0.8:8080");
  });

  test("a folder's name is a name, whatever Terraform and the shell would make of it", () => {
    const directory = "a ${b} %{c} $(d) 'e' \"f";
    const { write, stackFolder, synthesized, runFolder } = site();
    write({ directory });
    terraform(stackFolder, "init", "-input=false");
    expectStatus(0, terraform(stackFolder, "apply", "-input=false", "-auto-approve"));
    const deployed = join(runFolder, "..", directory, "httpd.conf");
    expect(readFileSync(deployed)).toEqual(readFileSync(synthesized));
    expectStatus(0, terraform(stackFolder, "destroy", "-input=false", "-auto-approve"));
    expect(existsSync(deployed)).toBe(false);
  });

  test("a secret is in no plan; that it changed is", () => {
    const { write, stackFolder, stateFile, deployed } = site();
    write({ secret: "open-sesame-1" });
    terraform(stackFolder, "init", "-input=false");
    expect(terraform(stackFolder, "plan", "-input=false").output).not.toContain("open-sesame");
    expect(terraform(stackFolder, "apply", "-input=false", "-auto-approve").output).not.toContain("open-sesame");
    expect(readFileSync(deployed, "utf8")).toContain("secret=open-sesame-1");
    write({ secret: "open-sesame-2" });
    const second = terraform(stackFolder, "apply", "-input=false", "-auto-approve", "-no-color");
    expect(readFileSync(stateFile, "utf8")).not.toContain("open-sesame");
    expect(second.output).toMatch(/[-+] +BalancerMember ajp:.* secret=secret-[0-9a-f]{6}/);
    expect(second.output).not.toContain("open-sesame");
    expect(readFileSync(deployed, "utf8")).toContain("secret=open-sesame-2");
  });
});

/** A project that was deployed once. */
function deployedSite(wanted: Wanted = {}) {
  const made = site();
  made.write(wanted);
  expectStatus(0, terraform(made.stackFolder, "init", "-input=false"));
  const apply = (): TerraformRun => terraform(made.stackFolder, "apply", "-input=false", "-auto-approve", "-no-color");
  expectStatus(0, apply());
  return { ...made, apply };
}

describeReal("a file that the local target puts in its place", ["terraform"], () => {
  test("keeps the owner and mode that the operator gave it, and gives a new one those of a file or of a secret", () => {
    const { write, apply, deployed } = deployedSite();
    expect(statSync(deployed).mode & 0o777).toBe(0o644);
    const owner = process.getuid?.() === 0 ? 33 : statSync(deployed).uid;
    chownSync(deployed, owner, statSync(deployed).gid);
    chmodSync(deployed, 0o640);
    write({ loadfactor: 3 });
    expectStatus(0, apply());
    expect(readFileSync(deployed, "utf8")).toContain("loadfactor=3");
    expect([statSync(deployed).mode & 0o777, statSync(deployed).uid]).toEqual([0o640, owner]);
    rmSync(deployed);
    write({ secret: "open-sesame" });
    expectStatus(0, apply());
    expect(statSync(deployed).mode & 0o777).toBe(0o600);
  });

  test("is closed to others when it gets a secret, whatever its mode was", () => {
    const { write, apply, deployed } = deployedSite();
    chmodSync(deployed, 0o644);
    write({ secret: "open-sesame" });
    expectStatus(0, apply());
    expect(statSync(deployed).mode & 0o777).toBe(0o640);
  });

  test("takes the place of a link and leaves alone what that pointed to, and every file of the operator's", () => {
    const { write, apply, deployed, runFolder, stackFolder } = deployedSite();
    const victim = join(runFolder, "victim");
    writeFileSync(victim, "mine");
    writeFileSync(`${deployed}.new`, "mine too");
    rmSync(deployed);
    symlinkSync("victim", deployed);
    write({ loadfactor: 3 });
    expectStatus(0, apply());
    expect(lstatSync(deployed).isSymbolicLink()).toBe(false);
    expectStatus(0, terraform(stackFolder, "destroy", "-input=false", "-auto-approve"));
    expect(readdirSync(runFolder).sort()).toEqual(["httpd.conf.new", "victim"]);
    expect(readFileSync(victim, "utf8")).toBe("mine");
  });

  test("is refused where a folder has its name", () => {
    const { write, apply, deployed } = deployedSite();
    rmSync(deployed);
    mkdirSync(deployed);
    write({ loadfactor: 3 });
    const run = apply();
    expect(run.status).toBe(1);
    expect(run.output).toContain("run/httpd.conf is a folder: move it away, or choose another directory");
    expect(readdirSync(deployed)).toEqual([]);
  });
});

/** Hands the whole text to a resource, as one for a `user_data` or a ConfigMap would. */
const wholeText: DeployTarget = {
  deploy({ scope, configuration }) {
    new TerraformOutput(scope, "whole", { value: configuration.text, sensitive: true, staticId: true });
  },
};

describeReal("the whole text as Terraform reads it", ["terraform"], () => {
  test("is the file byte for byte, with values known only at apply in their place", () => {
    const made = project();
    const stack = made.stack("shop");
    const host = new TerraformVariable(stack, "host", { type: "string", default: "10.0.0.7" }).stringValue;
    const cluster = new BalancerCluster(stack, "c").addMember("a", {
      url: `ajp://${host}:8009`,
      secret: "open-sesame",
    });
    const web = new HttpdServer(stack, "web", {
      extra: ['LogFormat "%{Referer}i ${X} $${X} %%{a \\"" odd', "Define X ü"],
    });
    web.mount("/", cluster).deployTo(wholeText);
    made.synth();
    const stackFolder = join(made.folder, "cdktf.out", "stacks", "shop");
    expect(readFileSync(join(stackFolder, "cdk.tf.json"), "utf8")).not.toContain("open-sesame");
    expectStatus(0, terraform(stackFolder, "init", "-input=false"));
    expectStatus(0, terraform(stackFolder, "apply", "-input=false", "-auto-approve"));
    const { output } = terraform(stackFolder, "output", "-json", "whole");
    const pieces = [0, 2].map((index) => readFileSync(join(stackFolder, "web", `httpd.conf.${index}`), "utf8"));
    expect(JSON.parse(output)).toBe(pieces.join("10.0.0.7"));
  });
});

describeReal("the local target on a machine with httpd", ["terraform", "apache2"], () => {
  test("a configuration that httpd refuses does not take the place of the working one", () => {
    const { write, stackFolder, deployed, runFolder } = site();
    write({ loadfactor: 5 });
    terraform(stackFolder, "init", "-input=false");
    expectStatus(0, terraform(stackFolder, "apply", "-input=false", "-auto-approve"));
    const working = readFileSync(deployed, "utf8");
    write({ loadfactor: 7, extra: ["Include /nonexistent/of-this-machine.conf"] });
    const broken = terraform(stackFolder, "apply", "-input=false", "-auto-approve", "-no-color");
    expect(broken.status).toBe(1);
    expect(broken.output).toContain("Could not open configuration file /nonexistent/of-this-machine.conf");
    expect(broken.output).toContain("httpd refuses the new httpd.conf; the one in place was kept");
    expect(readFileSync(deployed, "utf8")).toBe(working);
    expect(readdirSync(runFolder)).toEqual(["httpd.conf"]);
    write({ loadfactor: 7 });
    expectStatus(0, terraform(stackFolder, "apply", "-input=false", "-auto-approve"));
    expect(readFileSync(deployed, "utf8")).toContain("loadfactor=7");
  });
});
