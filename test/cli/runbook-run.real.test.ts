import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { readBalancers } from "../../live/balancer-manager.js";
import { makeChange } from "../../live/change.js";
import { startHttpd } from "../../live/httpd.js";
import { claimLoopback } from "../../live/ports.js";
import { findHttpd } from "../../live/program.js";
import type { Httpd } from "../../live/httpd.js";
import type { Loopback } from "../../live/ports.js";
import type { CommandResult } from "../support/command.js";
import { runCommand } from "../support/command.js";
import { describeReal } from "../support/real.js";

const PASSWORD = "open-sesame";

const MODULES = [
  ...["unixd", "authz_core", "authz_host", "auth_basic", "authn_core", "authn_file", "authz_user"],
  ...["slotmem_shm", "proxy", "proxy_http", "proxy_balancer", "lbmethod_byrequests"],
];

describeReal("runbook --run against a running httpd", ["apache2"], () => {
  let httpd: Httpd;
  let loopback: Loopback;
  let port: number;
  let conf: string;
  let folder: string;
  let servers: readonly Server[];

  beforeAll(async () => {
    loopback = await claimLoopback();
    port = await loopback.freePort();
    const ports = [await loopback.freePort(), await loopback.freePort()];
    servers = ports.map((own) => createServer((_, answer) => answer.end("ok")).listen(own, loopback.address));
    folder = mkdtempSync(join(tmpdir(), "runbook-run-"));
    chmodSync(folder, 0o755);
    writeFileSync(join(folder, "users"), `op:{SHA}${createHash("sha1").update(PASSWORD).digest("base64")}\n`);
    conf = [
      "<Proxy balancer://c>",
      ...ports.map((own) => `  BalancerMember http://${loopback.address}:${own}`),
      "</Proxy>",
      "ProxyPass /balancer-manager !",
      "ProxyPass / balancer://c/",
      "<Location /balancer-manager>",
      "  SetHandler balancer-manager",
      "  AuthType Basic",
      "  AuthName operators",
      `  AuthUserFile ${join(folder, "users")}`,
      "  Require valid-user",
      "</Location>",
    ].join("\n");
    const body = `Listen ${loopback.address}:${port}\n${conf}\n`;
    httpd = await startHttpd({ program: findHttpd(process.env), modules: MODULES as never, body });
  });

  afterAll(async () => {
    await httpd.stop();
    for (const server of servers) server.close();
    await loopback.release();
    rmSync(folder, { recursive: true });
  });

  beforeEach(() => {
    for (const [name, value] of Object.entries({
      MANAGER_PASSWORD: PASSWORD,
      POLL: "0.1",
      QUIET: "0",
      DRAIN_LIMIT: "1",
      SETTLE: "0",
      IDLE_LIMIT: "5",
      OK_LIMIT: "5",
    }))
      vi.stubEnv(name, value);
  });

  afterEach(() => {
    vi.unstubAllEnvs();
  });

  const url = (): string => `http://${loopback.address}:${port}/balancer-manager`;
  const journal = (): string => join(folder, "journal");
  const member = (): string => /http:\S+/.exec(conf)![0];

  const run = (...words: readonly string[]): Promise<CommandResult> => {
    const all = [
      "runbook",
      "httpd.conf",
      "--run",
      "--manager",
      url(),
      "--user",
      "op",
      "--journal",
      journal(),
      ...words,
    ];
    return runCommand([all[0]!, words[0]!, ...all.slice(1, -words.length), ...words.slice(1)], {
      "httpd.conf": `${conf}\n`,
    });
  };

  const access = () => ({
    address: loopback.address,
    port,
    path: "/balancer-manager",
    authorization: `Basic ${btoa(`op:${PASSWORD}`)}`,
  });
  const letters = async (): Promise<string> =>
    [...((await readBalancers(access()))[0]?.workers[0]?.status ?? [])]
      .filter((letter) => letter !== "O")
      .sort()
      .join("");

  test("drains and stops being asked, is seen to, and goes back", async () => {
    const { status, stdout, stderr } = await run("drain", "--member", member());
    expect(status, stdout + stderr).toBe(0);
    expect(await letters()).toBe("DN");
    expect(stdout).toMatch(/1\. .*\n {3}done, and read back/);
    expect(stdout).toMatch(/done\n$/);
    const back = await run("drain", "--member", member(), "--undo");
    expect(back.status, back.stderr).toBe(0);
    expect(await letters()).toBe("");
    expect(existsSync(journal())).toBe(false);
  });

  test("refuses to begin where the live state is not the one that the steps were proved from", async () => {
    const [balancer] = await readBalancers(access());
    const target = { manager: access(), nonce: balancer!.nonce!, balancer: "c", member: 1 };
    await makeChange(target, { status: "+D" });
    const { status, stderr } = await run("drain", "--member", member());
    await makeChange(target, { status: "-D" });
    expect(status).toBe(1);
    expect(stderr).toContain("httpd is not as described");
    expect(await letters()).toBe("");
  });

  test("goes on where an interrupted run ended, and not as a run of other steps", async () => {
    vi.stubEnv("SERVER", "false");
    const failed = await run("drain-and-stop", "--member", member());
    expect(failed.status).toBe(1);
    expect(failed.stderr).toContain("'false stop");
    expect(await letters()).toBe("DN");
    const steps = readFileSync(`${journal()}.steps`, "utf8").trim().split("\n").slice(1);
    expect(steps.length).toBeGreaterThan(2);
    expect((await run("drain", "--member", member())).stderr).toContain("another run is not finished");
    vi.stubEnv("SERVER", "true");
    const { status, stdout, stderr } = await run("drain-and-stop", "--member", member());
    expect(status, stderr).toBe(0);
    expect(stdout).toContain(`goes on behind step ${steps.at(-1)!} of an interrupted run`);
    expect(stdout).toContain("1. passed before\n");
    expect((await run("drain-and-stop", "--member", member(), "--undo")).status).toBe(0);
    expect(await letters()).toBe("");
  });

  test("goes back by itself when a step fails and that is wanted; --json tells it in one document", async () => {
    vi.stubEnv("SERVER", "false");
    const { status, stdout } = await run("drain-and-stop", "--member", member(), "--or-undo", "--json");
    expect(status).toBe(1);
    const report = JSON.parse(stdout) as { readonly said: readonly string[] };
    expect(report).toMatchObject({ operation: "drain-and-stop", done: false });
    expect(report.said.join("\n")).not.toContain(PASSWORD);
    expect(await letters()).toBe("");
  });

  test("needs a manager that answers", async () => {
    const { status, stderr } = await runCommand(["runbook", "drain", "httpd.conf", "--member", member(), "--run"], {
      "httpd.conf": conf,
    });
    expect([status, stderr]).toEqual([2, expect.stringContaining("name the front's balancer-manager with --manager")]);
    vi.stubEnv("MANAGER_PASSWORD", "wrong");
    const closed = await run("drain", "--member", member());
    expect([closed.status, closed.stderr]).toEqual([1, expect.stringContaining("answers 401")]);
  });
});
