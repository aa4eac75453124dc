import type { Socket } from "node:net";
import { AjpReader } from "./ajp-reader.js";
import type { AjpPacket, AjpRequest } from "./ajp-reader.js";
import { ajpChunk, ajpEnd, ajpHead, ajpMoreBody, ajpPong, LARGEST_CHUNK } from "./ajp-writer.js";
import type { Speaker, StubAnswer } from "./stub-protocol.js";

/** Bytes that begin a packet of twenty bytes and end after its head. */
const BROKEN_PACKET = Buffer.from([0x41, 0x42, 0, 20, 4]);

/** An application server that speaks AJP13. As the one for HTTP, it keeps no connection. */
export function ajpSpeaker(answer: StubAnswer): Speaker {
  return (socket) => {
    const reader = new AjpReader();
    let request: AjpRequest | undefined;
    let received = 0;
    const take = (packet: AjpPacket): void => {
      if (packet.kind === "ping") socket.write(ajpPong());
      if (packet.kind !== "request" && packet.kind !== "body") return;
      if (packet.kind === "request") ({ request } = packet);
      received = packet.kind === "request" ? 0 : received + packet.bytes;
      if (packet.left > 0) {
        // httpd sends the first piece of a body of known length by itself.
        if (packet.kind === "body" || packet.left === Infinity) socket.write(ajpMoreBody());
        return;
      }
      if (request === undefined) return;
      const { path, headers, method } = request;
      answer({ path, headers, received }, replyOn(socket, method));
    };
    socket.on("data", (bytes) => {
      for (const packet of reader.read(bytes)) take(packet);
    });
  };
}

function replyOn(socket: Socket, method: string): Parameters<StubAnswer>[1] {
  return {
    fail: (failure) => {
      if (failure === "reset") socket.resetAndDestroy();
      else if (failure === "breaks") socket.end(BROKEN_PACKET);
      else socket.end();
    },
    send: ({ status, bodyBytes }, headers) => {
      socket.write(ajpHead(status, "OK", [...headers, ["content-length", String(bodyBytes)]]));
      for (let left = method === "HEAD" ? 0 : bodyBytes; left > 0; left -= LARGEST_CHUNK) {
        socket.write(ajpChunk(Buffer.alloc(Math.min(left, LARGEST_CHUNK), "x")));
      }
      socket.end(ajpEnd(false));
    },
  };
}
