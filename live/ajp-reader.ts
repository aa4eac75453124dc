/** What a packet of httpd holds, as far as an application server needs it; `left` are bytes of the body still to come. */
export type AjpPacket =
  | { readonly kind: "request"; readonly request: AjpRequest; readonly left: number }
  | { readonly kind: "body"; readonly bytes: number; readonly left: number }
  | { readonly kind: "ping" }
  | { readonly kind: "other" };

/** The head of a request. */
export interface AjpRequest {
  readonly method: string;
  readonly path: string;
  /** By name in lower case. */
  readonly headers: ReadonlyMap<string, string>;
}

/** Methods by their code, of those a scenario can send (modules/proxy/ajp_header.h). */
const METHODS: ReadonlyMap<number, string> = new Map([
  [1, "OPTIONS"],
  [2, "GET"],
  [3, "HEAD"],
  [4, "POST"],
  [5, "PUT"],
  [6, "DELETE"],
]);

/** Names of request headers that are sent as a number, from 0xA001 on. */
const HEADERS = [
  "accept",
  "accept-charset",
  "accept-encoding",
  "accept-language",
  "authorization",
  "connection",
  "content-type",
  "content-length",
  "cookie",
  "cookie2",
  "host",
  "pragma",
  "referer",
  "user-agent",
] as const;

const FIRST_PACKET_BYTE = 0x12;
const FORWARD_REQUEST = 2;
const CPING = 10;
const NO_STRING = 0xffff;

/** Cuts a connection of httpd into packets (AJP13: two marks, a length, the payload). */
export class AjpReader {
  #pending: Buffer = Buffer.alloc(0);
  #bodyLeft = 0;

  /** Packets that are complete with these bytes. */
  read(bytes: Buffer): readonly AjpPacket[] {
    this.#pending = Buffer.concat([this.#pending, bytes]);
    const packets: AjpPacket[] = [];
    for (let next = this.#next(); next !== undefined; next = this.#next()) packets.push(next);
    return packets;
  }

  #next(): AjpPacket | undefined {
    if (this.#pending.length < 4 || this.#pending[0] !== FIRST_PACKET_BYTE) return undefined;
    const length = this.#pending.readUInt16BE(2);
    if (this.#pending.length < 4 + length) return undefined;
    const payload = this.#pending.subarray(4, 4 + length);
    this.#pending = this.#pending.subarray(4 + length);
    return this.#packet(payload);
  }

  #packet(payload: Buffer): AjpPacket {
    if (this.#bodyLeft > 0) {
      const bytes = payload.length < 2 ? 0 : payload.readUInt16BE(0);
      this.#bodyLeft = bytes === 0 ? 0 : Math.max(0, this.#bodyLeft - bytes);
      return { kind: "body", bytes, left: this.#bodyLeft };
    }
    if (payload[0] === CPING) return { kind: "ping" };
    if (payload[0] !== FORWARD_REQUEST) return { kind: "other" };
    const request = requestIn(payload);
    const isChunked = request.headers.has("transfer-encoding");
    this.#bodyLeft = isChunked ? Infinity : Number(request.headers.get("content-length") ?? 0);
    return { kind: "request", request, left: this.#bodyLeft };
  }
}

/** The head of a request: method, protocol, path, three names of hosts, port, TLS, headers; attributes are passed over. */
function requestIn(payload: Buffer): AjpRequest {
  let at = 2;
  const text = (): string => {
    const length = payload.readUInt16BE(at);
    at += 2;
    if (length === NO_STRING) return "";
    const value = payload.toString("latin1", at, at + length);
    at += length + 1;
    return value;
  };
  const method = METHODS.get(payload[1] ?? 0) ?? "GET";
  text();
  const path = text();
  text();
  text();
  text();
  at += 3;
  const count = payload.readUInt16BE(at);
  at += 2;
  const headers = new Map<string, string>();
  for (let read = 0; read < count; read++) {
    const code = payload.readUInt16BE(at);
    const known = code > 0xa000 ? HEADERS[code - 0xa001] : undefined;
    if (code > 0xa000) at += 2;
    const name = known ?? text().toLowerCase();
    headers.set(name, text());
  }
  return { method, path, headers };
}
