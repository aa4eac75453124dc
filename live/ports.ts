import { randomInt } from "node:crypto";
import { createServer } from "node:net";
import type { Server } from "node:net";

/** A loopback address with ports to listen on that nobody else uses while it is claimed. */
export interface Loopback {
  readonly address: string;
  /** A port nobody listens on. Never the same twice. */
  freePort(): Promise<number>;
  /** True where this process could listen on a port now. */
  isFree(port: number): Promise<boolean>;
  release(): Promise<void>;
}

/** The port whose holder owns a private address: every run binds it first. */
const OWNER_PORT = 20_000;
const TRIES = 50;

/**
 * Claims a private address of 127.0.0.0/8, where every port is free whatever else runs on the machine. Systems that
 * have 127.0.0.1 only (macOS) get that, with ports the system hands out.
 *
 * @throws Error when no address can be claimed
 */
export async function claimLoopback(): Promise<Loopback> {
  for (let tried = 0; tried < TRIES; tried++) {
    const address = `127.${randomInt(1, 255)}.${randomInt(0, 255)}.${randomInt(1, 255)}`;
    const owner = await listen(address, OWNER_PORT);
    if (typeof owner === "object") return privateAddress(address, owner);
    if (owner === "EADDRNOTAVAIL") return sharedAddress();
  }
  throw new Error(`no loopback address is free: ${TRIES} of 127.0.0.0/8 were tried`);
}

function privateAddress(address: string, owner: Server): Loopback {
  let last = OWNER_PORT;
  return {
    address,
    freePort: () => Promise.resolve(++last),
    isFree: (port) => canListen(address, port),
    release: () => close(owner),
  };
}

function sharedAddress(): Loopback {
  const address = "127.0.0.1";
  return {
    address,
    freePort: () => unusedPort(address),
    isFree: (port) => canListen(address, port),
    release: () => Promise.resolve(),
  };
}

async function canListen(address: string, port: number): Promise<boolean> {
  const server = await listen(address, port);
  if (typeof server !== "object") return false;
  await close(server);
  return true;
}

async function unusedPort(address: string): Promise<number> {
  const server = await listen(address, 0);
  const found = typeof server === "object" ? server.address() : undefined;
  if (typeof server !== "object" || found === undefined || found === null || typeof found === "string") {
    throw new Error(`no port is free on ${address}`);
  }
  await close(server);
  return found.port;
}

/** The listening server, or the code of the reason it cannot listen. */
function listen(address: string, port: number): Promise<Server | string> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy());
    server.once("error", (error: NodeJS.ErrnoException) => {
      resolve(error.code ?? error.message);
    });
    server.listen({ host: address, port, exclusive: true }, () => {
      server.unref();
      resolve(server);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}
