import { cookiesIn, readHead } from "./answer-reader.js";
import type { ClientAnswer } from "./answer-reader.js";
import { opened } from "./connection.js";
import type { Calling } from "./connection.js";
import { UnreadyError } from "./program.js";

/** A request as the client writes it. */
export interface ClientRequest extends Calling {
  /** @default "GET" */
  readonly method?: string;
  /** Written as it is. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** `1.0` asks for a body that is not cut into chunks. @default "1.1" */
  readonly version?: "1.0" | "1.1";
}

/** How long to wait for an answer. */
export interface SendOptions {
  /** Milliseconds until it counts as missing. @default 15 minutes */
  readonly deadline?: number;
  readonly signal?: AbortSignal;
}

/** Longer than any timeout httpd is likely to have. */
const DEADLINE = 15 * 60_000;

/**
 * Sends one request on a connection of its own and waits until the server has closed it: by then httpd has also released
 * the member's busy count (race B of parallel requests cannot happen between two calls).
 *
 * Written on the socket, because paths have to arrive exactly as a scenario spells them.
 *
 * @throws UnreadyError when the connection fails, no answer came, or it is aborted
 */
export function send(request: ClientRequest, options: SendOptions = {}): Promise<ClientAnswer> {
  const { address, port } = request;
  const { deadline = DEADLINE, signal } = options;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = opened(request);
    const fail = (reason: string): void => {
      socket.destroy();
      reject(new UnreadyError(`${request.method ?? "GET"} ${request.path} at ${address}:${port}: ${reason}`));
    };
    socket.setTimeout(deadline, () => {
      fail(`no answer within ${deadline} ms`);
    });
    const abort = (): void => {
      fail("aborted");
    };
    signal?.addEventListener("abort", abort);
    socket.once("close", () => {
      signal?.removeEventListener("abort", abort);
    });
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.once("error", (error) => {
      fail(error.message);
    });
    socket.once("end", () => {
      const text = Buffer.concat(chunks).toString("latin1");
      const head = readHead(text);
      const answer = head && { ...head, cookies: cookiesIn(text), body: text.slice(head.body) };
      if (answer === undefined) fail("the connection was closed without an answer");
      else resolve(answer);
    });
    socket.write(requestText(request));
  });
}

/** The request as it is written. */
export function requestText({
  method = "GET",
  path,
  headers,
  body = "",
  version = "1.1",
  address,
  port,
}: ClientRequest): string {
  const length = body === "" ? {} : { "Content-Length": String(Buffer.byteLength(body)) };
  const all = { Host: `${address}:${port}`, Connection: "close", ...length, ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/${version}\r\n${lines.join("")}\r\n${body}`;
}
