import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { send } from "../../live/client.js";
import { startHttpd } from "../../live/httpd.js";
import type { Httpd } from "../../live/httpd.js";
import { holdsWithin } from "../../live/poll.js";
import { claimLoopback } from "../../live/ports.js";
import type { Loopback } from "../../live/ports.js";
import { findHttpd } from "../../live/program.js";
import { LAB_MODULES } from "../core/lint/lab.js";
import { describeReal } from "../support/real.js";

/** Names that lead to one address together, and how httpd is told to look them up. */
const MEMBERS = { "/kept": "", "/each": "disablereuse=On", "/timed": "addressttl=1" } as const;
type Mounted = keyof typeof MEMBERS;

/** A server that says its name and lets nobody keep a connection. */
function named(name: string, address: string, port: number): Promise<Server> {
  const server = createServer((_request, response) => response.setHeader("Connection", "close").end(name));
  return new Promise((resolve) => {
    server.listen(port, address, () => {
      resolve(server);
    });
  });
}

function closed(server: Server | undefined): Promise<void> {
  server?.closeAllConnections();
  return new Promise((resolve) => {
    if (server === undefined) resolve();
    else
      server.close(() => {
        resolve();
      });
  });
}

describeReal("a member's name whose address changes", ["apache2", "unshare"], () => {
  let folder: string;
  let loopbacks: readonly [Loopback, Loopback];
  let servers: Server[];
  let httpd: Httpd | undefined;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "moving-"));
    chmodSync(folder, 0o755);
    loopbacks = [await claimLoopback(), await claimLoopback()];
    servers = [];
    httpd = undefined;
  });
  afterEach(async () => {
    await httpd?.stop();
    await Promise.all(servers.map(closed));
    for (const loopback of loopbacks) await loopback.release();
    rmSync(folder, { recursive: true });
  });

  /** The names lead to an address from now on, for a httpd that sees these hosts. */
  function leadTo(address: string): void {
    writeFileSync(join(folder, "hosts"), `127.0.0.1 localhost\n${address} kept.test each.test timed.test\n`);
  }

  /** An httpd for which the file of hosts is one of its own. */
  async function started(body: string): Promise<Httpd> {
    const program = findHttpd(process.env);
    const path = join(folder, "httpd");
    const mounted = `mount --bind ${join(folder, "hosts")} /etc/hosts && exec ${program.path} "$@"`;
    writeFileSync(path, `#!/bin/sh\nexec unshare -m sh -c '${mounted}' sh "$@"\n`, { mode: 0o755 });
    return startHttpd({ program: { ...program, path }, modules: LAB_MODULES, body });
  }

  it("is asked at the old one until that refuses, unless the line says otherwise", { timeout: 180_000 }, async () => {
    const [one, two] = loopbacks;
    const [port, asked] = [await one.freePort(), await one.freePort()];
    servers = [await named("old", one.address, port), await named("new", two.address, port)];
    leadTo(one.address);
    const mounts = Object.entries(MEMBERS).map(
      ([path, more]) => `ProxyPass ${path} http://${path.slice(1)}.test:${port} ${more} connectiontimeout=5 retry=0\n`,
    );
    httpd = await started(`Listen ${one.address}:${asked}\n${mounts.join("")}`);
    const by = async (path: Mounted): Promise<string> => {
      return (await send({ address: one.address, port: asked, path, headers: { Connection: "close" } })).body;
    };
    for (const path of ["/kept", "/each", "/timed"] as const) expect([path, await by(path)]).toEqual([path, "old"]);
    leadTo(two.address);
    expect(await by("/each")).toBe("new");
    expect(await holdsWithin(20_000, async () => (await by("/timed")) === "new")).toBe(true);
    expect(await by("/kept")).toBe("old");
    await closed(servers.shift());
    expect(await by("/kept")).toBe("new");
  });
});
