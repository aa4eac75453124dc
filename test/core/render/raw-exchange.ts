import { createConnection, createServer } from "node:net";
import type { AddressInfo, Server } from "node:net";

/** A member that answers each connection once, and keeps every byte that it is sent. */
export interface RecordingMember {
  readonly port: number;
  /** What came over each connection since the last call. */
  take(): readonly string[];
  close(): void;
}

/** How long after the head of a request a member answers, so that all that comes behind it is kept, too. */
const SETTLED = 60;

/** Starts a recording member on a free port of the loopback. */
export async function recordingMember(): Promise<RecordingMember> {
  let received: string[] = [];
  const server = createServer((socket) => {
    const own = received;
    const index = own.push("") - 1;
    let answered = false;
    socket.on("error", () => undefined);
    socket.on("data", (bytes) => {
      own[index] = `${own[index] ?? ""}${bytes.toString("latin1")}`;
      if (answered || !(own[index] ?? "").includes("\r\n\r\n")) return;
      answered = true;
      setTimeout(() => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"), SETTLED);
    });
  });
  return {
    port: await listening(server),
    take() {
      const taken = received;
      received = [];
      return taken;
    },
    close: () => server.close(),
  };
}

/** A port that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listening(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Sends bytes as they are and gives all that comes back until the connection is closed, or for so long. */
export function exchange(port: number, bytes: string, milliseconds = 5_000): Promise<string> {
  return new Promise((resolve) => {
    const socket = createConnection(port, "127.0.0.1");
    let answer = "";
    const limit = setTimeout(() => socket.destroy(), milliseconds);
    socket.on("data", (data) => {
      answer += data.toString("latin1");
    });
    socket.on("error", () => undefined);
    socket.once("close", () => {
      clearTimeout(limit);
      resolve(answer);
    });
    socket.write(Buffer.from(bytes, "latin1"));
  });
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      server.unref();
      resolve((server.address() as AddressInfo).port);
    });
  });
}
