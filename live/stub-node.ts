import { createServer } from "node:net";
import type { Server, Socket } from "node:net";
import type { SessionCookie } from "../core/model/session-cookie.js";
import type { Loopback } from "./ports.js";
import { ajpSpeaker } from "./stub-ajp.js";
import { changed, WORKS } from "./stub-behaviour.js";
import type { StubBehaviour } from "./stub-behaviour.js";
import { httpSpeaker } from "./stub-http.js";
import type { StubAnswer, StubReply, StubRequest, StubTls } from "./stub-protocol.js";

/** Response header in which a stub names itself: what httpd answers without a backend does not carry it. */
export const STUB_HEADER = "x-stub-node";

/** Response header in which a stub says how many bytes of a body it was sent. */
export const RECEIVED_HEADER = "x-stub-received";

/** An application server in this process: it answers every request with its name. */
export interface StubNode {
  readonly name: string;
  /** `address:port`; the same after every {@link StubNode.start}. */
  readonly authority: string;
  /** Listens. No effect on one that listens. */
  start(): Promise<void>;
  /** Stops listening and ends its connections: from now on they are refused. No effect on one that is stopped. */
  stop(): Promise<void>;
  /** What it does with every request from now on; what is left out stays as it was. */
  behave(change: Partial<StubBehaviour>): void;
}

/** What a stub is made of. */
export interface StubOptions {
  /** Scheme of the worker URL it stands behind: ajp is spoken as it is, every other one as HTTP. @default "http" */
  readonly scheme?: string;
  /** @default - no TLS */
  readonly tls?: StubTls;
  /** Cookies its application sets with every answer. @default - none */
  readonly cookies?: readonly SessionCookie[];
}

/** Makes a stopped stub on a free port. */
export async function createStubNode(name: string, loopback: Loopback, options: StubOptions = {}): Promise<StubNode> {
  const { scheme = "http", tls, cookies = [] } = options;
  const port = await loopback.freePort();
  let behaviour = WORKS;
  let server: Server | undefined;
  const connections = new Set<Socket>();
  const act = (request: StubRequest, reply: StubReply): void => {
    const { failure } = behaviour;
    if (failure === "hang") return;
    if (failure === undefined) {
      reply.send(behaviour, [
        [STUB_HEADER, name],
        [RECEIVED_HEADER, String(request.received)],
        ...cookies.map(({ name: cookie, value }): [string, string] => ["set-cookie", `${cookie}=${value}; Path=/`]),
      ]);
    } else reply.fail(failure);
  };
  const answer: StubAnswer = (request, reply) => {
    if (behaviour.delay === 0) act(request, reply);
    else setTimeout(act, behaviour.delay, request, reply);
  };
  const speak = scheme === "ajp" ? ajpSpeaker(answer) : httpSpeaker(answer, tls);
  const accept = (socket: Socket): void => {
    connections.add(socket);
    socket.on("error", () => socket.destroy());
    socket.once("close", () => connections.delete(socket));
    speak(socket);
  };
  return {
    name,
    authority: `${loopback.address}:${port}`,
    async start() {
      server ??= await listening(createServer(accept), loopback.address, port);
    },
    async stop() {
      const running = server;
      server = undefined;
      if (running !== undefined) await closed(running, connections);
    },
    behave(change) {
      behaviour = changed(behaviour, change);
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

function closed(server: Server, connections: Iterable<Socket>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    for (const connection of connections) connection.destroy();
  });
}
