import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createSecureServer as createHttp2SecureServer, createServer as createHttp2Server } from "node:http2";
import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import { createServer as createHttpsServer } from "node:https";
import { createServer as createTcpServer } from "node:net";
import type { Server, Socket } from "node:net";
import { join } from "node:path";
import type { IncomingMessage, ServerResponse } from "node:http";

/** What every backend of these tests answers. */
export const ANSWER = "from the backend";

/** A certificate with its key, for the name given. */
export interface Certificate {
  readonly certificateFile: string;
  readonly keyFile: string;
}

/** A self-signed certificate for an address. */
export function selfSigned(folder: string, name: string): Certificate {
  const certificateFile = join(folder, "certificate.pem");
  const keyFile = join(folder, "key.pem");
  const request = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", `/CN=${name}`];
  execFileSync(
    "openssl",
    [...request, "-addext", `subjectAltName=DNS:${name}`, "-keyout", keyFile, "-out", certificateFile],
    {
      stdio: "ignore",
    },
  );
  return { certificateFile, keyFile };
}

type Plain = (request: IncomingMessage, response: ServerResponse) => void;

const answer: Plain = (request, response) => {
  request.resume();
  response.writeHead(200, { "content-type": "text/plain", "set-cookie": "seen=1; path=/app; domain=inside.test" });
  response.end(`${ANSWER} ${request.url ?? ""}`);
};

const answer2 = (_request: Http2ServerRequest, response: Http2ServerResponse): void => {
  response.writeHead(200, { "content-type": "text/plain" });
  response.end(ANSWER);
};

/** One server for each protocol; each answers every request with {@link ANSWER}. */
export const BACKENDS = {
  http: () => createHttpServer(answer),
  https: ({ certificateFile, keyFile }: Certificate) =>
    createHttpsServer({ cert: readFileSync(certificateFile), key: readFileSync(keyFile) }, answer),
  h2c: () => createHttp2Server(answer2),
  h2: ({ certificateFile, keyFile }: Certificate) =>
    createHttp2SecureServer({ cert: readFileSync(certificateFile), key: readFileSync(keyFile) }, answer2),
  ws: webSocket,
  ajp: () => tcp(ajpAnswer),
  fcgi: () => tcp(fcgiAnswer),
  scgi: () => tcp(() => `Status: 200 OK\r\nContent-Type: text/plain\r\n\r\n${ANSWER}`),
  uwsgi: () => tcp(() => `HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n${ANSWER}`),
} as const;

/** A protocol a backend speaks. */
export type Protocol = keyof typeof BACKENDS;

/** Opens a WebSocket by the book, then says {@link ANSWER}. */
function webSocket(): Server {
  const server = createHttpServer(answer);
  server.on("upgrade", (request: IncomingMessage, socket: Socket) => {
    const key = request.headers["sec-websocket-key"] ?? "";
    const accept = createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    socket.on("error", () => undefined);
    socket.on("end", () => socket.end());
    socket.resume();
    socket.write(Buffer.concat([Buffer.from([0x81, ANSWER.length]), Buffer.from(ANSWER)]));
  });
  return server;
}

/** A server that answers the first bytes of a connection and closes it. */
function tcp(reply: (request: Buffer) => Buffer | string | undefined): Server {
  return createTcpServer((socket) => {
    socket.on("error", () => undefined);
    socket.on("data", (request) => {
      const response = reply(request);
      if (response !== undefined) socket.end(response);
    });
  });
}

/** SEND_HEADERS, SEND_BODY_CHUNK and END_RESPONSE of AJP 1.3; CPONG for a CPING. The secret is looked for as text. */
function ajpAnswer(request: Buffer): Buffer | undefined {
  const packet = (...parts: readonly (number | Buffer)[]): Buffer => {
    const body = Buffer.concat(parts.map((part) => (typeof part === "number" ? Buffer.from([part]) : part)));
    return Buffer.concat([Buffer.from("AB"), uint16(body.length), body]);
  };
  if (request[4] !== 2) return undefined;
  const allowed = !request.includes("/secret") || request.includes("quiet word");
  return Buffer.concat([
    packet(4, uint16(allowed ? 200 : 403), text("OK"), uint16(0)),
    packet(3, text(ANSWER)),
    packet(5, 0),
  ]);
}

function uint16(value: number): Buffer {
  return Buffer.from([value >> 8, value & 255]);
}

function text(value: string): Buffer {
  return Buffer.concat([uint16(value.length), Buffer.from(value), Buffer.from([0])]);
}

/** STDOUT and END_REQUEST of FastCGI for request 1. */
function fcgiAnswer(): Buffer {
  const record = (type: number, content: Buffer): Buffer =>
    Buffer.concat([Buffer.from([1, type, 0, 1]), uint16(content.length), Buffer.from([0, 0]), content]);
  const out = Buffer.from(`Status: 200 OK\r\nContent-Type: text/plain\r\n\r\n${ANSWER}`);
  return Buffer.concat([record(6, out), record(6, Buffer.alloc(0)), record(3, Buffer.alloc(8))]);
}
