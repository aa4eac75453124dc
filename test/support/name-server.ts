import { createSocket } from "node:dgram";

/** A name server that knows one answer for every name. */
export interface NameServer {
  /** IPv4 addresses of every name, in the order in which they are told from now on. */
  addresses: readonly string[];
  /** Whether each answer begins with the next address. */
  rotates: boolean;
  /** How often it was asked for IPv4 addresses. */
  readonly asked: () => number;
  close(): Promise<void>;
}

/** The port of name servers: no resolver asks at another one. */
const PORT = 53;
const IPV4 = 1;

/** Starts a name server at an address of this machine. */
export async function nameServer(address: string): Promise<NameServer> {
  const socket = createSocket("udp4");
  let asked = 0;
  const server: NameServer = {
    addresses: [],
    rotates: false,
    asked: () => asked,
    close: () =>
      new Promise((done) => {
        socket.close(done);
      }),
  };
  socket.on("message", (question, from) => {
    const isIpv4 = typeOf(question) === IPV4;
    const told = isIpv4 ? server.addresses : [];
    if (isIpv4) asked++;
    socket.send(answerTo(question, told), from.port, from.address);
    if (isIpv4 && server.rotates) server.addresses = [...told.slice(1), ...told.slice(0, 1)];
  });
  await new Promise<void>((ready, failed) => {
    socket.once("error", failed);
    socket.bind(PORT, address, ready);
  });
  return server;
}

/** Where the one question of a message ends: behind its name stand type and class, two bytes each. */
function endOf(question: Buffer): number {
  return question.indexOf(0, 12) + 5;
}

function typeOf(question: Buffer): number {
  return question.readUInt16BE(endOf(question) - 4);
}

/** An answer of authority, with the question and a record for each address, which nobody may keep. */
function answerTo(question: Buffer, addresses: readonly string[]): Buffer {
  const head = Buffer.from(question.subarray(0, 12));
  head.writeUInt16BE(0x8580, 2);
  head.writeUInt16BE(addresses.length, 6);
  head.writeUInt32BE(0, 8);
  const records = addresses.map((address) =>
    Buffer.from([0xc0, 12, 0, IPV4, 0, 1, 0, 0, 0, 0, 0, 4, ...address.split(".").map(Number)]),
  );
  return Buffer.concat([head, question.subarray(12, endOf(question)), ...records]);
}
