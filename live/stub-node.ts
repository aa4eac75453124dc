import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Loopback } from "./ports.js";

/** Response header in which a stub names itself: what httpd answers without a backend does not carry it. */
export const STUB_HEADER = "x-stub-node";

/** An application server in this process: it answers every request at once with its name. */
export interface StubNode {
  readonly name: string;
  /** `address:port`; the same after every {@link StubNode.start}. */
  readonly authority: string;
  /** Listens. No effect on one that listens. */
  start(): Promise<void>;
  /** Stops listening: from now on connections are refused. No effect on one that is stopped. */
  stop(): Promise<void>;
  /** The status every request is answered with from now on. @default 200 */
  respond(status: number): void;
}

/**
 * Makes a stopped stub on a free port.
 *
 * It answers `Connection: close`. httpd then never keeps a connection that could break in the middle of a later request
 * (502, no failover) instead of being refused (failover): a stub that is stopped looks stopped at once.
 */
export async function createStubNode(name: string, loopback: Loopback): Promise<StubNode> {
  const port = await loopback.freePort();
  let status = 200;
  let server: Server | undefined;
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    request.resume();
    const body = `${name}\n`;
    response.writeHead(status, { [STUB_HEADER]: name, connection: "close", "content-type": "text/plain" });
    response.end(request.method === "HEAD" ? undefined : body);
  };
  return {
    name,
    authority: `${loopback.address}:${port}`,
    async start() {
      server ??= await listening(createServer(answer), loopback.address, port);
    },
    async stop() {
      const running = server;
      server = undefined;
      if (running !== undefined) await closed(running);
    },
    respond(wanted) {
      status = wanted;
    },
  };
}

function listening(server: Server, host: string, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port, exclusive: true }, () => {
      server.unref();
      resolve(server);
    });
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
