import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { nodeIo } from "../../cli/node-io.js";
import { runProgram } from "../../cli/program.js";
import { runCommand } from "../support/command.js";

const BALANCER = "<Proxy balancer://c>\nBalancerMember http://h:1\n</Proxy>\nProxyPass / balancer://c/\n";
const READERS = ["configtest", "lint", "explain", "check", "import --to yaml"];
const ROOT = mkdtempSync(join(tmpdir(), "open-input-"));

afterAll(() => {
  rmSync(ROOT, { recursive: true });
});

/** Writes files below a new folder. */
function folderOf(name: string, files: Readonly<Record<string, string>>): string {
  for (const [file, text] of Object.entries(files)) {
    const path = join(ROOT, name, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return join(ROOT, name);
}

/** Runs the program on the real disk. */
async function run(words: readonly string[], confined = false): Promise<{ status: number; said: string }> {
  let said = "";
  const heard = (text: string): void => {
    said += text;
  };
  const status = await runProgram(words, { ...nodeIo, stdout: heard, stderr: heard, confined });
  return { status, said };
}

describe("every command that reads an httpd.conf", () => {
  it.each(READERS)("opens the same file of a folder: %s", async (words) => {
    const files = {
      "site/apache2.conf": "Listen 80\nNonsense\n",
      "site/httpd.conf": BALANCER,
      "site/balancer.yaml": "clusters: []\n",
    };
    const [name = "", ...rest] = words.split(" ");
    const done = await runCommand([name, "site", ...rest], files);
    expect(done.status).toBe(1);
    expect(done.stdout + done.stderr).toContain("Invalid command 'Nonsense'");
  });

  it.each(READERS)("says the same to a module that is not there: %s", async (words) => {
    const [name = "", ...rest] = words.split(" ");
    const files = {
      "site/httpd.conf": "LoadModule nothere_module modules/mod_nothere.so\n",
      "/usr/lib/apache2/modules/mod_proxy.so": "",
    };
    const done = await runCommand([name, "site", ...rest], files);
    expect(done.status).toBe(1);
    expect(done.stdout + done.stderr).toContain("mod_nothere.so: cannot open shared object file");
  });

  it.each(READERS)("takes -D, --env and --httpd: %s", async (words) => {
    const [name = "", ...rest] = words.split(" ");
    const files = {
      "a.conf":
        "<IfDefine ONE>\n<IfDefine TWO>\n<IfVersion = 2.4.57>\nNonsense ${WORD}-${OTHER}\n</IfVersion>\n</IfDefine>\n</IfDefine>\n",
    };
    const all = ["-D", "ONE", "-DTWO", "--env", "WORD=a=b", "--env", "OTHER=c", "--httpd", "2.4.57"];
    const done = await runCommand([name, ...all, "a.conf", ...rest], files);
    expect(done.stdout + done.stderr).toContain("Invalid command 'Nonsense'");
    for (const left of [0, 2]) {
      const without = all.filter((_word, index) => index !== left && (left !== 0 || index !== 1));
      const other = await runCommand([name, ...without.filter((word) => word !== "TWO"), "a.conf", ...rest], files);
      expect(other.stdout + other.stderr).not.toContain("Nonsense");
    }
  });

  it.each([
    [["--env", "WORD"], "--env: found 'WORD'; write NAME=VALUE"],
    [["--httpd", "2.4"], "--httpd: found '2.4'; write a version of three numbers"],
  ])("refuses %j", async (words, sentence) => {
    const done = await runCommand(["configtest", ...words, "a.conf"], { "a.conf": "" });
    expect(done.status).toBe(2);
    expect(done.stderr).toContain(sentence);
  });

  it("says what it does not read: blocks that are off, and variables without a value", async () => {
    const files = { "a.conf": `<IfDefine SSL>\n${BALANCER}</IfDefine>\nServerName \${HOST}\n` };
    const off = await runCommand(["explain", "a.conf"], files);
    expect(off.stderr).toBe(
      "a.conf:1: <IfDefine SSL> does not hold, so that 3 lines about balancers are not read; -D SSL turns it on\n" +
        "a.conf:7: ${HOST} is not defined and stands as it is; --env HOST=VALUE gives it one\n",
    );
    const on = await runCommand(["explain", "a.conf", "-D", "SSL", "--env", "HOST=h"], files);
    expect(on.stderr).toBe("");
    expect(on.stdout).toContain("balancer");
  });
});

describe("what is read of the machine", () => {
  const outside = folderOf("elsewhere", { "secret.txt": "root:x:0:0\n" });
  const inside = folderOf("mine", {
    "straight.conf": `Include ${outside}/secret.txt\n`,
    "upwards.conf": "Include ../elsewhere/secret.txt\n",
    "folder.conf": `IncludeOptional ${outside}/*.txt\n`,
    "linked.conf": "Include parts/*.inc\n",
    "own.conf": "Include own/a.inc\n",
    "own/a.inc": "Nonsense\n",
    "parts/ok.inc": "Listen 80\n",
  });
  symlinkSync(join(outside, "secret.txt"), join(inside, "parts", "z.inc"));

  it.each(["straight", "upwards", "folder", "linked"])("ends where the input's folder ends: %s", async (name) => {
    for (const command of ["configtest", "lint", "explain"]) {
      const { status, said } = await run([command, join(inside, `${name}.conf`)]);
      expect(status).toBe(2);
      expect(said).toContain("lies outside of");
      expect(said).not.toContain("root:x");
    }
  });

  it("ends elsewhere where that is asked for, but never under CI", async () => {
    const words = ["configtest", join(inside, "straight.conf"), "--allow-outside"];
    expect((await run(words)).said).toContain("Invalid command 'root:x:0:0'");
    const confined = await run(words, true);
    expect(confined.status).toBe(2);
    expect(confined.said).not.toContain("root:x");
  });

  it("is what lies in the input's folder, whatever is included from there", async () => {
    expect((await run(["configtest", join(inside, "own.conf")])).said).toContain("Invalid command 'Nonsense'");
  });

  it("shows of an included file that is no configuration no more than httpd's own sentence", async () => {
    const keys = "-----BEGIN PRIVATE KEY-----\nMIIEfirst\nMIIEsecond x\n";
    folderOf("mine", {
      "keys.conf": "Include own/id\nInclude own/b.inc\n",
      "own/id": keys,
      "own/b.inc": "Listne 80\n Listen 81\n",
    });
    for (const command of ["lint", "configtest", "lint --format github", "lint --format json"]) {
      const { said } = await run([...command.split(" "), join(inside, "keys.conf")]);
      expect(said).toContain("Invalid command '-----BEGIN'");
      expect(said).not.toMatch(/PRIVATE KEY|MIIE/);
    }
    expect((await run(["lint", join(inside, "keys.conf")])).said).toContain("1 | Listne 80");
  });

  it("is regular files only", async () => {
    const pipe = join(inside, "pipe");
    execFileSync("mkfifo", [pipe]);
    folderOf("mine", { "piped.conf": `Include ${pipe}\n` });
    for (const path of [pipe, "/dev/zero", "/proc/kmsg"]) {
      const { status, said } = await run(["lint", path]);
      expect(status).toBe(2);
      expect(said).toContain("is no regular file");
    }
    expect((await run(["configtest", join(inside, "piped.conf")])).status).toBe(1);
  });
});
