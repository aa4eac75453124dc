/** What an application server sends to httpd, as AJP13 packets. */

const SEND_BODY_CHUNK = 3;
const SEND_HEADERS = 4;
const END_RESPONSE = 5;
const GET_BODY_CHUNK = 6;
const CPONG = 9;

/** Most bytes of a body that one packet holds. */
export const LARGEST_CHUNK = 8_184;

/** Status line and headers of an answer. */
export function ajpHead(status: number, reason: string, headers: readonly (readonly [string, string])[]): Buffer {
  const named = headers.flatMap(([name, value]) => [ajpText(name), ajpText(value)]);
  return packet(Buffer.from([SEND_HEADERS]), int16(status), ajpText(reason), int16(headers.length), ...named);
}

/** A piece of a body, at most {@link LARGEST_CHUNK} bytes. */
export function ajpChunk(bytes: Buffer): Buffer {
  return packet(Buffer.from([SEND_BODY_CHUNK]), int16(bytes.length), bytes, Buffer.from([0]));
}

/** The end of an answer; `reuse` keeps the connection for another request. */
export function ajpEnd(reuse: boolean): Buffer {
  return packet(Buffer.from([END_RESPONSE, reuse ? 1 : 0]));
}

/** Asks for the next piece of the request's body. */
export function ajpMoreBody(): Buffer {
  return packet(Buffer.from([GET_BODY_CHUNK]), int16(LARGEST_CHUNK));
}

/** The answer to a ping. */
export function ajpPong(): Buffer {
  return packet(Buffer.from([CPONG]));
}

function packet(...parts: readonly Buffer[]): Buffer {
  const payload = Buffer.concat(parts);
  return Buffer.concat([Buffer.from("AB"), int16(payload.length), payload]);
}

function ajpText(text: string): Buffer {
  return Buffer.concat([int16(Buffer.byteLength(text, "latin1")), Buffer.from(`${text}\0`, "latin1")]);
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}
