import { createServer } from "node:net";
import type { Server, Socket } from "node:net";
import { expect, it } from "vitest";
import { diagnose } from "../../../core/diagnose/diagnose.js";
import { LOGGED_CODES } from "../../../core/diagnose/logged-codes.js";
import type { ModuleName } from "../../../core/vocabulary/modules.js";
import { send } from "../../../live/client.js";
import { startHttpd } from "../../../live/httpd.js";
import { claimLoopback } from "../../../live/ports.js";
import { findHttpd } from "../../../live/program.js";
import { describeReal } from "../../support/real.js";

const MODULES: readonly ModuleName[] = ["unixd", "authz_core", "proxy", "proxy_http", "proxy_balancer"];
const WHOLE: readonly ModuleName[] = [...MODULES, "slotmem_shm", "lbmethod_byrequests"];

/** A server that closes every connection once it has been asked something. */
function closing(address: string, port: number): Promise<Server> {
  const server = createServer((socket: Socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () => socket.destroy());
  });
  return new Promise((resolve) =>
    server.listen(port, address, () => {
      resolve(server);
    }),
  );
}

/** The log of a real httpd that meets each of the situations. */
async function realLog(): Promise<string> {
  const program = findHttpd(process.env);
  const loopback = await claimLoopback();
  const { address } = loopback;
  const [port, refusing, closes] = [await loopback.freePort(), await loopback.freePort(), await loopback.freePort()];
  const server = await closing(address, closes);
  const members: Readonly<Record<string, string>> = {
    refused: `http://${address}:${refusing}`,
    closed: `http://${address}:${closes}`,
    unknown: "http://no-such-host.invalid",
    ajp: `ajp://${address}:${refusing}`,
    off: `http://${address}:${refusing} status=+D`,
  };
  const body = [
    `Listen ${address}:${port}`,
    "ServerAdmin ${NO_SUCH_VARIABLE}",
    ...Object.entries(members).map(([name, member]) => `BalancerMember balancer://${name} ${member}`),
    ...Object.keys(members).map((name) => `ProxyPass /${name}/ balancer://${name}/`),
    `ProxyPass /ftp ftp://${address}/`,
    "ProxyPass /empty balancer://empty/",
    "ProxyPass /slash/ balancer://refused",
    "",
  ].join("\n");
  const httpd = await startHttpd({ program, modules: WHOLE, body });
  try {
    for (const path of ["refused/", "closed/", "unknown/", "ajp/", "off/", "ftp", "empty", "slash/x"]) {
      await send({ address, port, path: `/${path}`, headers: {} });
    }
    return httpd.errorLog();
  } finally {
    await httpd.stop();
    server.close();
    await loopback.release();
  }
}

/** What a httpd says that does not start with these modules. */
async function complaint(modules: readonly ModuleName[]): Promise<string> {
  const body = "Listen 127.0.0.1:1\nBalancerMember balancer://c http://a:1\n";
  const failed: unknown = await startHttpd({ program: findHttpd(process.env), modules, body }).catch(
    (error: unknown) => error,
  );
  return String(failed);
}

describeReal("each message that is explained", ["apache2"], () => {
  it("is one that a real httpd writes", async () => {
    const logs = [
      await realLog(),
      await complaint([...MODULES, "lbmethod_byrequests"]),
      await complaint([...MODULES, "slotmem_shm"]),
    ].join("\n");
    const said = diagnose(logs).map(({ meaning }) => meaning);
    const missing = LOGGED_CODES.filter(({ meaning }) => !said.includes(meaning));
    expect(
      missing.map(({ code, message }) => [code, message.source]),
      logs,
    ).toEqual([]);
  });
});
