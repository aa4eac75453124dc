import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { runCommand } from "../support/command.js";

/** What bash offers for a line that ends in the word under the cursor. */
function offered(script: string, ...line: readonly string[]): readonly string[] {
  const words = ["httpd-balancer", ...line].map((word) => `'${word}'`).join(" ");
  const asked = `COMP_WORDS=(${words}); COMP_CWORD=${line.length}; _httpd_balancer; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const out = execFileSync("bash", ["--norc", "-c", `${script}\n${asked}`], { encoding: "utf8" });
  return out.split("\n").filter((word) => word !== "");
}

describe("completion", () => {
  test("bash offers commands, options of the command, and otherwise its own files", async () => {
    const { stdout, status } = await runCommand(["completion", "bash"], {});
    expect(status).toBe(0);
    expect(offered(stdout, "con")).toEqual(["configtest"]);
    expect(offered(stdout, "")).toEqual(expect.arrayContaining(["init", "lint", "completion", "--version"]));
    expect(offered(stdout, "lint", "--fi")).toEqual(["--fix"]);
    expect(offered(stdout, "explain", "--wa")).toEqual(["--want"]);
    expect(offered(stdout, "explain", "--fi")).toEqual([]);
    expect(offered(stdout, "lint", "a")).toEqual([]);
  });

  test.each(["bash", "zsh", "fish"])(
    "%s has every command, and every option of each, that --help has",
    async (shell) => {
      const { stdout: script } = await runCommand(["completion", shell], {});
      const help = (await runCommand(["--help"], {})).stdout;
      const commands = [...help.matchAll(/^ {2}([a-z]+) {2,}/gm)].flatMap(([, name = ""]) => name);
      expect(commands.length).toBeGreaterThan(10);
      for (const name of commands) {
        const own = script.split("\n").filter((line) => new RegExp(`\\b${name}\\b`).test(line));
        const options = (await runCommand([name, "--help"], {})).stdout.matchAll(/^ {2}(?:-\w, )?--([a-z-]+)/gm);
        for (const [, option = ""] of options)
          expect([name, option, own.join(" ").includes(option)]).toEqual([name, option, true]);
      }
    },
  );

  test("what a shell would read as its own stays text", async () => {
    const { stdout: zsh } = await runCommand(["completion", "zsh"], {});
    expect(zsh).toContain(`'diagnose:say what lines of httpd'\\''s error log mean'`);
    const { stdout: fish } = await runCommand(["completion", "fish"], {});
    expect(fish).toContain("-d 'say what lines of httpd\\'s error log mean'");
    for (const line of fish.split("\n")) expect(line.replace(/\\./g, "").split("'").length % 2).toBe(1);
  });

  test("the nearest shell is named", async () => {
    const done = await runCommand(["completion", "zhs"], {});
    expect(done).toMatchObject({ status: 2, stdout: "" });
    expect(done.stderr).toContain("did you mean 'zsh'?");
  });
});
