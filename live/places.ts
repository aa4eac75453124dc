import { accessSync, constants, statSync } from "node:fs";
import type { Places } from "../core/conf/rewire/change.js";
import { BUILT_IN } from "../core/conf/rewire/change.js";
import type { Origin } from "../core/conf/rewire/origin.js";
import type { Wanted } from "../core/conf/rewire/wanted.js";
import { MODULE_TABLES } from "../core/vocabulary/command-tables.js";
import { account } from "./account.js";
import { claimLoopback } from "./ports.js";
import type { Loopback } from "./ports.js";
import { UnreadyError } from "./program.js";
import type { HttpdProgram } from "./program.js";
import type { StubNode } from "./stub-node.js";

/** Addresses and ports of a play, chosen for what a configuration wants. */
export interface ChosenPorts {
  /** Where everything on this machine's own address is. */
  readonly main: Loopback;
  /** The loopback address in place of each local one. */
  readonly addresses: ReadonlyMap<string, string>;
  readonly ports: ReadonlyMap<number, number>;
  release(): Promise<void>;
}

/** What a client on this machine calls it by. */
export const HERE = "127.0.0.1";

/**
 * Chooses a loopback address for each local address, and keeps each port where nobody listens there.
 *
 * @throws UnreadyError where the system has one loopback address and the configuration names several
 */
export async function choosePorts(wanted: Wanted, main: Loopback): Promise<ChosenPorts> {
  const claimed: Loopback[] = [];
  const addresses = new Map([[HERE, main.address]]);
  for (const local of wanted.addresses.filter((one) => one !== HERE)) {
    const own = await claimLoopback();
    claimed.push(own);
    if (own.address === main.address) {
      throw new UnreadyError(`this system has one loopback address only, and the configuration also names ${local}`);
    }
    addresses.set(local, own.address);
  }
  const ports = new Map<number, number>();
  for (const port of wanted.ports) {
    const free = await Promise.all([main, ...claimed].map((loopback) => loopback.isFree(port)));
    ports.set(port, free.every(Boolean) ? port : await main.freePort());
  }
  const release = async (): Promise<void> => {
    await Promise.all([main, ...claimed].map((loopback) => loopback.release()));
  };
  return { main, addresses, ports, release };
}

/** What the places of one play are made of. */
export interface PlacesOptions {
  readonly chosen: ChosenPorts;
  readonly stubs: ReadonlyMap<Origin, StubNode>;
  readonly program: HttpdProgram;
  /** The private folder of the play. */
  readonly folder: string;
  /** The public one, with nothing in it. */
  readonly documents: string;
  /** Folder that relative names of the configuration start from. */
  readonly root: string;
  readonly speedup: number;
}

/** The places of one play on this machine. */
export function placesOf({ chosen, stubs, program, folder, documents, root, speedup }: PlacesOptions): Places {
  let written = 0;
  return {
    address: (local) => chosen.addresses.get(local) ?? chosen.main.address,
    port: (port) => chosen.ports.get(port) ?? port,
    backend: (origin) => stubs.get(origin)?.authority,
    writable: () => `${folder}/written-${String(++written)}`,
    errorLog: `${folder}/error.log`,
    file: (kind) => `${folder}/${kind}`,
    documents,
    root,
    module: (symbol) => moduleFile(symbol, program),
    account: account(),
    isThere,
    speedup,
  };
}

/** The shared object of one of httpd's modules; undefined where it is not installed. */
export function moduleFile(symbol: string, { builtIn, moduleFolder }: HttpdProgram): string | undefined {
  if (builtIn.some((name) => `${name}_module` === symbol)) return BUILT_IN;
  const path = `${moduleFolder}/${MODULE_TABLES.get(symbol)?.file ?? `mod_${symbol.replace(/_module$/, "")}.so`}`;
  return isThere(path) ? path : undefined;
}

/** True for what everybody may read: a play does not show what only the user may see. */
function isThere(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return (statSync(path).mode & 0o004) !== 0;
  } catch {
    return false;
  }
}
