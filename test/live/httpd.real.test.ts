import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { childrenOf } from "../../live/children.js";
import { send } from "../../live/client.js";
import { startHttpd } from "../../live/httpd.js";
import { holdsWithin } from "../../live/poll.js";
import { claimLoopback } from "../../live/ports.js";
import { findHttpd } from "../../live/program.js";
import { describeReal } from "../support/real.js";

describeReal("a private httpd", ["apache2"], () => {
  it("serves, takes its configuration again in new processes only, and leaves nothing behind", async () => {
    const loopback = await claimLoopback();
    const port = await loopback.freePort();
    const body = `Listen ${loopback.address}:${port}\n`;
    const httpd = await startHttpd({ program: findHttpd(process.env), modules: ["unixd"], body });
    const get = () => send({ address: loopback.address, port, path: "/", headers: {} });
    const generations: number[][] = [];
    for (const kind of ["graceful", "restart", "graceful"] as const) {
      generations.push([...childrenOf(httpd.pid)]);
      await httpd.reload(kind);
      await expect(get()).resolves.toMatchObject({ status: expect.any(Number) as number });
    }
    const last = childrenOf(httpd.pid);
    await httpd.stop();
    await loopback.release();
    const pids = [...generations.flat(), ...last];
    expect(new Set(pids).size).toBe(pids.length);
    expect(pids.length).toBeGreaterThanOrEqual(4);
    expect([...pids, httpd.pid].filter(isThere)).toEqual([]);
    expect(existsSync(httpd.folder)).toBe(false);
  });

  it("says httpd's own sentence when it does not start, and leaves nothing behind", async () => {
    const folder = mkdtempSync(join(tmpdir(), "live-"));
    const before = process.env["TMPDIR"];
    process.env["TMPDIR"] = folder;
    try {
      const options = { program: findHttpd(process.env), modules: ["unixd"] as const };
      await expect(startHttpd({ ...options, body: "Nonsense 1\n" })).rejects.toThrow("Invalid command 'Nonsense'");
      await expect(startHttpd({ ...options, body: "# no Listen\n" })).rejects.toThrow("no listening sockets");
      expect(readdirSync(folder)).toEqual([]);
    } finally {
      if (before === undefined) delete process.env["TMPDIR"];
      else process.env["TMPDIR"] = before;
      rmSync(folder, { recursive: true });
    }
  });

  it.each(["SIGKILL", "SIGTERM", "SIGINT"] as const)("leaves nothing behind when rehearse gets %s", async (signal) => {
    const folder = mkdtempSync(join(tmpdir(), "live-"));
    const child = spawn(process.execPath, ["--import", "tsx", ...endlessRehearsal()], {
      env: { ...process.env, TMPDIR: folder },
      stdio: ["ignore", "ignore", "pipe"],
    });
    const said: string[] = [];
    child.stderr.on("data", (piece: Buffer) => said.push(piece.toString()));
    await holdsWithin(30_000, () => said.join("").includes("step 2 of 2"));
    const ours = readdirSync(folder).filter((name) => name.startsWith("httpd-rehearsal-"));
    expect(ours, said.join("")).toHaveLength(1);
    child.kill(signal);
    const status = await new Promise((resolve) => child.on("exit", resolve));
    const gone = () => !readdirSync(folder).some((name) => name.startsWith("httpd-rehearsal-"));
    expect(await holdsWithin(10_000, gone)).toBe(true);
    if (signal !== "SIGKILL") {
      expect(status).toBe(2);
      expect(said.join("")).toContain(`ended by ${signal}; everything that was started is stopped`);
    }
    rmSync(folder, { recursive: true });
  });
});

it("names the packages when there is no httpd, and HTTPD when that is wrong", () => {
  expect(() => findHttpd({ HTTPD: "/nowhere/httpd" })).toThrow("HTTPD names /nowhere/httpd, which is not a program");
  expect(() => findHttpd({ PATH: "/nowhere" }, [])).toThrow(
    "no httpd is installed; install the package apache2-bin (Debian, Ubuntu) or httpd (Red Hat, Fedora), or set HTTPD",
  );
});

function endlessRehearsal(): readonly string[] {
  const root = join(__dirname, "../..");
  const scenarios = join(root, "test/fixtures/scenarios");
  return [
    join(root, "cli/main.ts"),
    "rehearse",
    join(scenarios, "active-passive.conf"),
    "--scenario",
    join(scenarios, "endless.yaml"),
  ];
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
