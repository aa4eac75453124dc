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
import { nameServer } from "../support/name-server.js";
import type { NameServer } from "../support/name-server.js";
import { describeReal } from "../support/real.js";

/** How httpd is told to look a member's name up. */
const LOOKUPS = { "/kept": "", "/each": "disablereuse=On", "/timed": "addressttl=1" } as const;
type Mounted = keyof typeof LOOKUPS;

/**
 * An address that the resolver has no reason to put before or behind others: it goes by how many bits they have in common with
 * its own, which is 127.0.0.1.
 */
async function farLoopback(): Promise<Loopback> {
  for (;;) {
    const loopback = await claimLoopback();
    if (Number(loopback.address.split(".")[1]) >= 128) return loopback;
    await loopback.release();
  }
}

/** Says its name, and lets nobody keep a connection. */
function server(name: string, address: string, port: number): Promise<Server> {
  const made = createServer((_request, response) => response.setHeader("Connection", "close").end(name));
  return new Promise((resolve) => {
    made.listen(port, address, () => {
      resolve(made);
    });
  });
}

function closed(made: Server): Promise<void> {
  made.closeAllConnections();
  return new Promise((resolve) => {
    made.close(() => {
      resolve();
    });
  });
}

describeReal("a member's name that has several addresses", ["apache2", "unshare"], () => {
  let folder: string;
  let front: Loopback;
  let places: readonly Loopback[];
  let names: NameServer;
  let port: number;
  let asked: number;
  let servers: Map<string, Server>;
  let httpd: Httpd | undefined;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "several-"));
    chmodSync(folder, 0o755);
    front = await claimLoopback();
    places = [await farLoopback(), await farLoopback(), await farLoopback(), await farLoopback()];
    const [home, a, b, c] = places as readonly [Loopback, Loopback, Loopback, Loopback];
    names = await nameServer(home.address);
    names.addresses = [a.address, b.address, c.address];
    [port, asked] = [await a.freePort(), await front.freePort()];
    servers = new Map();
    for (const [name, { address }] of [["a", a] as const, ["b", b] as const, ["c", c] as const])
      servers.set(name, await server(name, address, port));
    httpd = undefined;
    httpd = await started(home.address);
  });
  afterEach(async () => {
    await httpd?.stop();
    await Promise.all([...servers.values()].map(closed));
    await names.close();
    for (const place of [front, ...places]) await place.release();
    rmSync(folder, { recursive: true });
  });

  /** An httpd that asks a name server of its own, with a balancer of one member for each way of looking up. */
  function started(home: string): Promise<Httpd> {
    const program = findHttpd(process.env);
    const [path, resolver] = [join(folder, "httpd"), join(folder, "resolv.conf")];
    writeFileSync(resolver, `nameserver ${home}\noptions timeout:5 attempts:4\n`);
    const mounted = `mount --bind ${resolver} /etc/resolv.conf && exec ${program.path} "$@"`;
    writeFileSync(path, `#!/bin/sh\nexec unshare -m sh -c '${mounted}' sh "$@"\n`, { mode: 0o755 });
    const balancers = Object.entries(LOOKUPS).map(
      ([mount, more]) => `<Proxy balancer:/${mount}>
  BalancerMember http://${mount.slice(1)}.test:${port} ${more} connectiontimeout=5
  BalancerMember http://127.0.0.1:1 status=+H
</Proxy>
ProxyPass ${mount} balancer:/${mount}
`,
    );
    const body = `Listen ${front.address}:${asked}\n${balancers.join("")}`;
    return startHttpd({ program: { ...program, path }, modules: LAB_MODULES, body });
  }

  /** Who answers so many requests, each on a connection of its own. */
  async function by(path: Mounted, requests = 1): Promise<string> {
    const answers: string[] = [];
    for (let index = 0; index < requests; index++) {
      const { status, body } = await send({ address: front.address, port: asked, path, headers: {} });
      answers.push(status === 200 ? body : String(status));
    }
    return answers.join("");
  }

  it("gives all requests to the first address as long as that takes connections, whatever the name server says by then", async () => {
    names.rotates = true;
    expect(await by("/kept", 12)).toBe("a".repeat(12));
    expect(names.asked()).toBe(1);
    names.addresses = [];
    expect(await by("/kept", 3)).toBe("aaa");
  });

  it("gives what the first address refuses to the next one within the request, and goes back at once", async () => {
    expect(await by("/kept", 2)).toBe("aa");
    const a = servers.get("a");
    servers.delete("a");
    if (a !== undefined) await closed(a);
    expect(await by("/kept", 4)).toBe("bbbb");
    servers.set("a", await server("a", names.addresses[0] ?? "", port));
    expect(await by("/kept", 4)).toBe("aaaa");
    expect(names.asked()).toBe(1);
  });

  it("asks the name server for each request with disablereuse, so that a server which rotates spreads them", async () => {
    names.rotates = true;
    expect(await by("/each", 12)).toMatch(/^(abc|bca|cab)\1{3}$/);
    expect(names.asked()).toBe(12);
  });

  it("moves all requests together from one address to the next with addressttl", async () => {
    names.rotates = true;
    const seen = new Set<string>();
    const moved = await holdsWithin(20_000, async () => seen.add(await by("/timed")).size === 3);
    expect([moved, [...seen].sort().join("")]).toEqual([true, "abc"]);
  });

  it("answers 500, and tries no other member, where a name that has to be looked up has no address any more", async () => {
    names.addresses = [];
    expect(await by("/each", 2)).toBe("500500");
  });
});
