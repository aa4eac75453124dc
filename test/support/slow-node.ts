import { createServer } from "node:http";
import type { Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** An application server whose answers take their time. */
export interface SlowNode {
  readonly port: number;
  /** Answers that were cut because it was stopped. */
  cut(): number;
  /** Returns at once; it listens after the time that its start takes, as real ones do. */
  start(): void;
  /** Cuts what is under way, at once. */
  stop(): void;
  close(): void;
}

/** How long things take, in milliseconds. */
export interface SlowTimes {
  readonly answer: number;
  readonly start: number;
}

/** Answers `GET /health` at once, everything else late. */
export async function slowNode(address: string, port: number, times: SlowTimes): Promise<SlowNode> {
  let cuts = 0;
  let under = 0;
  let running: Server | undefined;
  let starting: AbortController | undefined;
  const listen = async (): Promise<void> => {
    const server = createServer((request, response) => {
      const answer = (): void => {
        if (running === server) response.writeHead(200, { "content-length": 5 }).end("whole");
      };
      if (request.url === "/health") {
        answer();
        return;
      }
      under++;
      response.once("close", () => under--);
      setTimeout(answer, times.answer);
    });
    // A connection that httpd keeps must not end by itself: a request that is just sent on it would be lost (502).
    server.keepAliveTimeout = 600_000;
    running = server;
    await new Promise<void>((resolve) => server.listen(port, address, resolve));
  };
  await listen();
  const stop = (): void => {
    starting?.abort();
    cuts += under;
    const server = running;
    running = undefined;
    server?.close();
    server?.closeAllConnections();
  };
  return {
    port,
    cut: () => cuts,
    stop,
    close: stop,
    start() {
      const begun = new AbortController();
      starting = begun;
      void sleep(times.start).then(() => (begun.signal.aborted ? undefined : listen()));
    },
  };
}
