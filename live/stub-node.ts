import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Loopback } from "./ports.js";

/** Response header in which a stub names itself: what httpd answers without a backend does not carry it. */
export const STUB_HEADER = "x-stub-node";

/** The same for every status, so that a status line always counts 15 bytes for bytraffic, as in the model. */
const REASON = "OK";

/** An application server in this process: it answers every request at once with its name. */
export interface StubNode {
  readonly name: string;
  /** `address:port`; the same after every {@link StubNode.start}. */
  readonly authority: string;
  /** Listens. No effect on one that listens. */
  start(): Promise<void>;
  /** Stops listening: from now on connections are refused. No effect on one that is stopped. */
  stop(): Promise<void>;
  /** What it does with every request from now on; what is left out stays as it was. */
  behave(change: Partial<Behaviour>): void;
}

/** What an application does with a request. */
export interface Behaviour {
  /** @default 200 */
  readonly status: number;
  /** Bytes of the body of an answer. @default 0 */
  readonly bodyBytes: number;
  /** Instead of an answer: never one, or a closed connection. An answer that is asked for later ends it. */
  readonly failure?: "silent" | "closes";
}

const WORKS: Behaviour = { status: 200, bodyBytes: 0 };

/**
 * Makes a stopped stub on a free port.
 *
 * It answers `Connection: close`. httpd then never keeps a connection that could break in the middle of a later request
 * (502, no failover) instead of being refused (failover): a stub that is stopped looks stopped at once.
 */
export async function createStubNode(name: string, loopback: Loopback): Promise<StubNode> {
  const port = await loopback.freePort();
  let behaviour = WORKS;
  let server: Server | undefined;
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    request.resume();
    if (behaviour.failure === "closes") request.socket.destroy();
    if (behaviour.failure !== undefined) return;
    const length = behaviour.bodyBytes;
    response.writeHead(behaviour.status, REASON, {
      [STUB_HEADER]: name,
      connection: "close",
      "content-length": length,
    });
    if (request.method === "HEAD") response.end();
    else writeBody(response, length);
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
    behave(change) {
      const before = behaviour.failure === undefined ? behaviour : WORKS;
      behaviour = change.failure === undefined ? { ...before, ...change } : { ...WORKS, failure: change.failure };
    },
  };
}

/** In pieces, so that memory does not grow with the length. */
function writeBody(response: ServerResponse, length: number): void {
  let left = length;
  const more = (): void => {
    while (left > 0) {
      const piece = Math.min(left, 65_536);
      left -= piece;
      if (!response.write("x".repeat(piece))) {
        response.once("drain", more);
        return;
      }
    }
    response.end();
  };
  more();
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
