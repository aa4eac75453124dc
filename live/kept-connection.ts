import type { Socket } from "node:net";
import { wholeAnswer } from "./answer-reader.js";
import { opened } from "./connection.js";
import { requestText } from "./client.js";
import type { ClientAnswer } from "./answer-reader.js";
import type { ClientRequest, SendOptions } from "./client.js";
import { UnreadyError } from "./program.js";

/** What came back where httpd closed the connection without an answer. */
export const NO_ANSWER: ClientAnswer = { status: 0, headers: new Map(), cookies: [], body: "" };

/** Longer than any timeout httpd is likely to have. */
const DEADLINE = 15 * 60_000;

/** A client that sends one request after the other on one connection as long as httpd keeps it. */
export class KeptConnection {
  #socket: Socket | undefined;
  #text = "";
  #ended = false;
  #told: () => void = () => undefined;

  /**
   * Sends a request and waits for its answer, {@link NO_ANSWER} where the connection is closed instead.
   *
   * @throws UnreadyError when the connection fails, no answer came, or it is aborted
   */
  async ask(request: ClientRequest, { deadline = DEADLINE, signal }: SendOptions = {}): Promise<ClientAnswer> {
    const socket = await this.#open(request);
    const written = requestText({ ...request, headers: { Connection: "keep-alive", ...request.headers } });
    const bodiless = request.method === "HEAD";
    socket.write(written);
    const end = performance.now() + deadline;
    for (;;) {
      signal?.throwIfAborted();
      const read = wholeAnswer(this.#text, { bodiless, ended: this.#ended });
      if (read !== undefined) return await this.#take(read);
      if (this.#ended) return this.#dropped(request);
      if (performance.now() >= end) throw new UnreadyError(`${request.path}: no answer within ${deadline} ms`);
      await this.#more(end - performance.now());
    }
  }

  /** Closes the connection. */
  close(): void {
    this.#socket?.destroy();
    this.#socket = undefined;
  }

  async #take({ answer, length }: { readonly answer: ClientAnswer; readonly length: number }): Promise<ClientAnswer> {
    this.#text = this.#text.slice(length);
    if (/close/i.test(answer.headers.get("connection") ?? "")) {
      while (!this.#ended) await this.#more(1_000);
      this.close();
    }
    return answer;
  }

  #dropped(request: ClientRequest): ClientAnswer {
    const { length } = this.#text;
    this.close();
    if (length > 0) throw new UnreadyError(`${request.path}: the connection was closed inside an answer`);
    return NO_ANSWER;
  }

  async #open(request: ClientRequest): Promise<Socket> {
    if (this.#socket !== undefined && !this.#ended) return this.#socket;
    const { address, port } = request;
    const socket = opened(request);
    this.#text = "";
    this.#ended = false;
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on("data", (bytes) => {
      this.#text += bytes.toString("latin1");
      this.#told();
    });
    const finish = (): void => {
      if (this.#socket === socket) this.#ended = true;
      this.#told();
    };
    socket.on("error", finish);
    socket.on("close", finish);
    socket.on("end", finish);
    await new Promise<void>((resolve, reject) => {
      socket.once("connect", resolve);
      socket.once("error", (error) => {
        reject(new UnreadyError(`no connection to ${address}:${port}: ${error.message}`));
      });
    });
    return socket;
  }

  /** Until something comes, at most so many milliseconds. */
  #more(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.min(milliseconds, 500));
      this.#told = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
