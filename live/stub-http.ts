import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { Duplex } from "node:stream";
import type { Socket } from "node:net";
import type { StubBehaviour } from "./stub-behaviour.js";
import type { Speaker, StubAnswer, StubTls } from "./stub-protocol.js";

/** The same for every status, so that a status line always counts 15 bytes for bytraffic, as in the model. */
const REASON = "OK";

/** What a WebSocket server appends to the client's key (RFC 6455). */
const WEBSOCKET_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/**
 * An application server that speaks HTTP, within TLS where keys are given, and accepts WebSockets, whose bytes it sends
 * back.
 *
 * It answers `Connection: close`. httpd then never keeps a connection that could break in the middle of a later request
 * (502, no failover) instead of being refused (failover): a stub that is stopped looks stopped at once.
 */
export function httpSpeaker(answer: StubAnswer, tls: StubTls | undefined): Speaker {
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    let received = 0;
    request.on("data", (piece: Buffer) => {
      received += piece.length;
    });
    request.once("end", () => {
      answer(
        { path: request.url ?? "/", received, headers: new Map(Object.entries(request.headersDistinct).map(first)) },
        {
          fail: (failure) => {
            fail(request.socket, failure);
          },
          send: (behaviour, headers) => {
            const all = [...headers, ["connection", "close"], ["content-length", String(behaviour.bodyBytes)]];
            response.writeHead(behaviour.status, REASON, all.flat());
            if (request.method === "HEAD") response.end();
            else writeBody(response, behaviour.bodyBytes);
          },
        },
      );
    });
  };
  const server = tls === undefined ? createServer(serve) : createTlsServer(tls, serve);
  server.on("upgrade", (request: IncomingMessage, socket: Duplex) => {
    acceptWebSocket(request, socket, answer);
  });
  return (socket) => {
    server.emit("connection", socket);
  };
}

function first([name, values]: [string, string[] | undefined]): [string, string] {
  return [name, values?.join("; ") ?? ""];
}

/** Bytes that begin an answer and end inside its first header. */
const BROKEN_HEAD = "HTTP/1.1 200 OK\r\nContent-Ty";

function fail(socket: Socket, failure: "closes" | "breaks" | "reset"): void {
  if (failure === "reset") socket.resetAndDestroy();
  else if (failure === "breaks") socket.end(BROKEN_HEAD);
  else socket.end();
}

function acceptWebSocket(request: IncomingMessage, socket: Duplex, answer: StubAnswer): void {
  socket.on("error", () => {
    socket.destroy();
  });
  const key = request.headers["sec-websocket-key"] ?? "";
  answer(
    { path: request.url ?? "/", received: 0, headers: new Map(Object.entries(request.headersDistinct).map(first)) },
    {
      fail: (failure) => {
        if (failure === "breaks") socket.end(BROKEN_HEAD);
        else socket.destroy();
      },
      send: (_behaviour, headers) => {
        const accept = createHash("sha1").update(`${key}${WEBSOCKET_GUID}`).digest("base64");
        const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`);
        socket.write(
          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
            `Sec-WebSocket-Accept: ${accept}\r\n${lines.join("")}\r\n`,
        );
        socket.pipe(socket);
      },
    },
  );
}

/** In pieces, so that memory does not grow with the length. */
function writeBody(response: ServerResponse, length: StubBehaviour["bodyBytes"]): void {
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
