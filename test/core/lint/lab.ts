import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { send } from "../../../live/client.js";
import type { ClientAnswer } from "../../../live/answer-reader.js";
import { startHttpd } from "../../../live/httpd.js";
import type { Httpd } from "../../../live/httpd.js";
import { claimLoopback } from "../../../live/ports.js";
import { findHttpd } from "../../../live/program.js";
import type { ModuleName } from "../../../core/vocabulary/modules.js";

/** A backend that writes down what it is asked. */
export interface LabNode {
  /** `http://address:port`. */
  readonly url: string;
  readonly authority: string;
  /** Targets of the requests, as they came. */
  readonly asked: string[];
  /** Values of the Expect header of requests that had one. */
  readonly expected: string[];
  /** What it answers from now on. */
  answer: { status: number; headers: Readonly<Record<string, string>> };
  /** How long it is silent before it answers, in milliseconds. */
  silence: number;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** An httpd with three backends. */
export interface Lab {
  readonly a: LabNode;
  readonly b: LabNode;
  readonly c: LabNode;
  readonly address: string;
  readonly port: number;
  readonly httpd: Httpd;
  /** Asks httpd once. */
  readonly get: (path?: string, headers?: Readonly<Record<string, string>>) => Promise<LabAnswer>;
  /** Asks httpd a number of times and tells who answered, in order. */
  readonly ask: (times: number, path?: string, headers?: Readonly<Record<string, string>>) => Promise<string>;
}

/** An answer with the name of the node it came from; empty when httpd answered itself. */
export interface LabAnswer extends ClientAnswer {
  readonly by: string;
}

/** What stands in the configuration, with the addresses of the run. */
export type LabConf = (nodes: { readonly a: string; readonly b: string; readonly c: string }) => string;

/** Modules of most experiments. */
export const LAB_MODULES: readonly ModuleName[] = [
  "mpm_event",
  "unixd",
  "authn_core",
  "authz_core",
  "authz_host",
  "access_compat",
  "headers",
  "env",
  "setenvif",
  "rewrite",
  "slotmem_shm",
  "watchdog",
  "proxy",
  "proxy_http",
  "proxy_balancer",
  "proxy_hcheck",
  "lbmethod_byrequests",
];

/** Starts httpd and backends, plays, and ends everything whatever happened. */
export async function inLab(
  conf: LabConf,
  play: (lab: Lab) => Promise<void>,
  modules: readonly ModuleName[] = LAB_MODULES,
): Promise<void> {
  const loopback = await claimLoopback();
  const { address } = loopback;
  const nodes = [
    labNode("a", address, await loopback.freePort()),
    labNode("b", address, await loopback.freePort()),
    labNode("c", address, await loopback.freePort()),
  ] as const;
  const [a, b, c] = nodes;
  const port = await loopback.freePort();
  try {
    for (const node of nodes) await node.start();
    const body = `Listen ${address}:${port}\n${conf({ a: a.url, b: b.url, c: c.url })}\n`;
    const httpd = await startHttpd({ program: findHttpd(process.env), modules, body });
    try {
      const get: Lab["get"] = async (path = "/", headers = {}) => {
        const answer = await send({ address, port, path, headers });
        return { ...answer, by: answer.headers.get("x-node") ?? "" };
      };
      const ask: Lab["ask"] = async (times, path, headers) => {
        let answers = "";
        for (let number = 0; number < times; number++) {
          const { by, status } = await get(path, headers);
          answers += by === "" ? ` ${status} ` : by;
        }
        return answers.trim();
      };
      await play({ a, b, c, address, port, httpd, get, ask });
    } finally {
      await httpd.stop();
    }
  } finally {
    for (const node of nodes) await node.stop();
    await loopback.release();
  }
}

function labNode(name: string, address: string, port: number): LabNode {
  let server: Server | undefined;
  const asked: string[] = [];
  const expected: string[] = [];
  const node: LabNode = {
    url: `http://${address}:${port}`,
    authority: `${address}:${port}`,
    asked,
    expected,
    answer: { status: 200, headers: {} },
    silence: 0,
    async start() {
      const answering = (request: IncomingMessage, response: ServerResponse): void => {
        asked.push(request.url ?? "");
        const headers = { "x-node": name, connection: "close", "content-length": 0, ...node.answer.headers };
        setTimeout(() => response.writeHead(node.answer.status, headers).end(), node.silence);
      };
      server ??= await listening(
        createServer(answering)
          .on("checkContinue", (request: IncomingMessage, response: ServerResponse) => {
            expected.push(request.headers.expect ?? "");
            response.writeContinue();
            answering(request, response);
          })
          .on("clientError", (_error: Error & { rawPacket?: Buffer }, socket) => {
            asked.push((_error.rawPacket ?? Buffer.alloc(0)).toString("latin1").split("\r\n")[0] ?? "");
            socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
          }),
        address,
        port,
      );
    },
    async stop() {
      const running = server;
      server = undefined;
      if (running === undefined) return;
      await new Promise((resolve) => {
        running.close(resolve);
        running.closeAllConnections();
      });
    },
  };
  return node;
}

function listening(server: Server, host: string, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port, exclusive: true }, () => {
      resolve(server);
    });
  });
}
