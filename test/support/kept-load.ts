import { connect } from "node:net";
import type { Socket } from "node:net";
import type { Load, LoadOptions, Loss } from "./load.js";

/** Between two requests of a client, in milliseconds: the machine of the test has more to do. */
const PAUSE = 5;

/**
 * Sends requests on connections that are kept alive, each client on one; nothing is sent a second time. A request that gets
 * no whole answer with status 200 is a loss, also one on a connection that the server closed just then; a connection that
 * is closed behind an answer, or between two requests, is not: the next request goes on another.
 */
export function startKeptLoad({ address, port, clients }: LoadOptions): Load {
  const begun = performance.now();
  const lost: Loss[] = [];
  let requests = 0;
  let ending = false;
  const run = async (client: number): Promise<void> => {
    let kept: Socket | undefined;
    while (!ending) {
      requests++;
      const socket =
        kept?.destroyed === false && kept.readable ? kept : connect({ host: address, port, noDelay: true });
      const { why, keeps } = await ask(socket, address);
      if (why !== undefined) lost.push({ at: Math.round(performance.now() - begun), client, why });
      if (!keeps) socket.destroy();
      kept = keeps ? socket : undefined;
      await new Promise((later) => setTimeout(later, PAUSE));
    }
    kept?.destroy();
  };
  const all = Array.from({ length: clients }, (_, client) => run(client));
  return {
    async end() {
      ending = true;
      await Promise.all(all);
      return { requests, lost };
    },
  };
}

const LIMIT = 20_000;

interface Answer {
  /** Why it counts as lost; undefined for a whole one. */
  readonly why: string | undefined;
  /** True where the connection takes another request. */
  readonly keeps: boolean;
}

function ask(socket: Socket, address: string): Promise<Answer> {
  return new Promise((resolve) => {
    let text = "";
    const done = (answer: Answer): void => {
      socket.removeAllListeners();
      socket.on("error", () => undefined);
      resolve(answer);
    };
    const failed = (why: string): void => {
      done({ why, keeps: false });
    };
    socket.setTimeout(LIMIT, () => {
      failed("no answer in time");
    });
    socket.on("data", (piece) => {
      text += piece.toString("latin1");
      const whole = judged(text);
      if (whole !== undefined) done(whole);
    });
    socket.once("error", ({ message }) => {
      failed(message);
    });
    socket.once("close", () => {
      failed(`closed after ${text.length} bytes`);
    });
    socket.write(`GET / HTTP/1.1\r\nHost: ${address}\r\n\r\n`);
  });
}

/** What a whole answer is; undefined while more has to come. */
function judged(text: string): Answer | undefined {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const head = text.slice(0, end);
  const length = Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? "0");
  if (text.length < end + 4 + length) return undefined;
  const status = /^HTTP\/1\.1 (\d{3})/.exec(head)?.[1];
  return {
    why: status === "200" ? undefined : `status ${status ?? "none"}`,
    keeps: !/^connection: close$/im.test(head),
  };
}
