import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCommand } from "../support/command.js";
import { ROOT } from "../support/project-copy.js";
import { describeReal } from "../support/real.js";
import { sshLab } from "../support/ssh-lab.js";
import type { Lab } from "../support/ssh-lab.js";

/** The block of a document that is a file. */
function block(document: string, file: string): string {
  const text = readFileSync(join(ROOT, "docs", document), "utf8");
  const found = new RegExp(`^\`\`\`[a-z]+ ${file.replaceAll(".", "\\.")}\\n([\\s\\S]*?)^\`\`\`$`, "m").exec(text)?.[1];
  if (found === undefined) throw new Error(`${document} has no block ${file}`);
  return found;
}

describe("the documents of the SSH target", () => {
  test("show it in at most 20 lines", () => {
    expect(block("targets.md", "ssh.ts").trim().split("\n").length).toBeLessThanOrEqual(20);
  });

  test("show what import writes, and where the front is in the place of a folder", async () => {
    const { files } = await runCommand(["import", "httpd.conf", "--to", "ts", "--out", "adopted.ts"], {
      "httpd.conf": block("existing-front.md", "httpd.conf"),
    });
    const told = block("existing-front.md", "adopted.ts");
    const target = /httpd\.deployTo\([\s\S]*\n {4}\);\n/.exec(told)?.[0] ?? "";
    const written = (files["adopted.ts"] ?? "")
      .replace(/httpd\.deployTo\(.*\n/, () => target)
      .replace("LocalTarget", "SshTarget");
    expect(told.replace(/\s+/g, " ")).toBe(written.replace(/\s+/g, " "));
  });
});

describeReal(
  "the documents of the SSH target, on real hosts",
  ["terraform", "apache2", "sshd", "sudo", "unshare"],
  () => {
    let lab: Lab;
    let folder: string;

    beforeAll(async () => {
      lab = await sshLab(3);
      await lab.member(8381);
      await lab.member(8382);
      folder = join(lab.folder, "docs");
      mkdirSync(folder);
      symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
      const paths = { "cdktf-httpd-balancer": [join(ROOT, "index.ts")] };
      writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: { paths } }));
    });

    afterAll(() => {
      lab.end();
    });

    /** The text with the addresses and keys of the lab in the place of those of the page. */
    const here = (text: string): string =>
      text
        .replaceAll("app1.example:8080", `${lab.members}:8381`)
        .replaceAll("app2.example:8080", `${lab.members}:8382`)
        .replaceAll("/home/ci/.ssh/deploy", lab.keyFile)
        .replace(/10\.0\.0\.(\d)/g, "10.77.0.$1")
        .replace(
          /ssh-ed25519 AAAA\w+Front(\d)\w+/g,
          (_, number) => lab.hosts[Number(number) - 1]?.hostKey.split(" ").slice(0, 2).join(" ") ?? "",
        );

    const synthesize = (program: string, files: Readonly<Record<string, string>>): void => {
      for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), here(text));
      execFileSync(join(ROOT, "node_modules/.bin/tsx"), [program], { cwd: folder, stdio: "pipe" });
    };

    const stack = (name: string): string => join(folder, "cdktf.out", "stacks", name);
    const apply = (name: string) => lab.terraform(stack(name), "apply", "-input=false", "-auto-approve", "-no-color");

    test("the 20 lines of targets.md bring two fronts to serving", async () => {
      synthesize("ssh.ts", { "ssh.ts": block("targets.md", "ssh.ts") });
      await lab.terraform(stack("fronts"), "init", "-input=false");
      for (const host of lab.hosts.slice(0, 2)) host.run(`sh ${stack("fronts")}/web/deployment/prepare.sh`);
      const { status, output } = await apply("fronts");
      expect(status, output).toBe(0);
      expect([1, 2].map((number) => lab.get(`http://10.77.0.${number}/`))).toEqual(["8381\n", "8381\n"]);
    });

    test("existing-front.md goes from import over a deploy that changes nothing to a changed weight, and back", async () => {
      const host = lab.hosts[2]!;
      const files = {
        "adopted.ts": block("existing-front.md", "adopted.ts")
          .replace("10.0.0.1", "10.0.0.3")
          .replace("Front1", "Front3"),
        "front.ts": block("existing-front.md", "front.ts"),
      };
      const byHand = here(block("existing-front.md", "httpd.conf"));
      writeFileSync(join(folder, "httpd.conf"), byHand);
      host.run(
        `mkdir -p /run/apache2 /var/log/apache2; cp ${folder}/httpd.conf /etc/apache2/apache2.conf; apache2 -k start`,
      );
      const pid = host.run("sleep 0.5; cat /run/apache2/apache2.pid");

      synthesize("front.ts", files);
      const synthesized = readFileSync(join(stack("front"), "httpd/httpd.conf"), "utf8");
      const review = await runCommand(["review", "a.conf", "b.conf", "--json"], {
        "a.conf": byHand,
        "b.conf": synthesized,
      });
      expect(JSON.parse(review.stdout)).toMatchObject({ risk: "none", clusters: [], paths: [] });

      await lab.terraform(stack("front"), "init", "-input=false");
      expect(host.run(`sh ${stack("front")}/httpd/deployment/prepare.sh`)).toContain("prepared: deploy may call");
      const load = await lab.load(1);
      const first = await apply("front");
      expect(first.status, first.output).toBe(0);
      expect(host.run("cat /etc/apache2/apache2.conf")).toBe(synthesized);

      synthesize("front.ts", { ...files, "adopted.ts": files["adopted.ts"].replace("loadfactor: 2", "loadfactor: 3") });
      const plan = await lab.terraform(stack("front"), "plan", "-input=false", "-no-color");
      const changed = plan.output.split("\n").filter((line) => /^\s+[-+] +BalancerMember/.test(line));
      expect(changed.map((line) => line.trim().replace(/ +/g, " "))).toEqual([
        "- BalancerMember http://10.77.0.254:8382 loadfactor=2",
        "+ BalancerMember http://10.77.0.254:8382 loadfactor=3",
      ]);
      const second = await apply("front");
      expect(second.status, second.output).toBe(0);
      expect((await load.end()).map(({ lost }) => lost)[2]).toEqual([]);

      expect(await lab.terraform(stack("front"), "destroy", "-input=false", "-auto-approve")).toMatchObject({
        status: 0,
      });
      expect(host.run("cat /etc/apache2/apache2.conf")).toBe(byHand);
      expect(host.run("cat /run/apache2/apache2.pid")).toBe(pid);
      expect(lab.get("http://10.77.0.3/")).toMatch(/^838[12]\n$/);
    });
  },
);
