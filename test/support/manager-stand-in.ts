import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import type { IncomingMessage } from "node:http";
import type { ManagerRecord, ShownState } from "./manager-record.js";

const FOLDER = join(__dirname, "../fixtures/managers");

/** What the balancer-managers of real httpds showed and took, by version: see scripts/record-managers.ts. */
export const MANAGERS: Readonly<Record<string, ManagerRecord>> = Object.fromEntries(
  readdirSync(FOLDER).map((file) => [
    file.replace(/\.json$/, ""),
    JSON.parse(readFileSync(join(FOLDER, file), "utf8")) as ManagerRecord,
  ]),
);

/** The letters that a recorded manager sets and clears. */
export function lettersOfRecord({ states }: ManagerRecord): string {
  return Object.keys(states)
    .filter((state) => state.length === 1)
    .join("");
}

/** A balancer-manager that stands in for those of httpds that are not installed. */
export interface ManagerStandIn {
  readonly port: number;
  /** Letters of `status=` that its only member has. */
  letters(): string;
  close(): void;
}

/** How it goes about changes: `deaf` answers 200 and takes none, `busy` never becomes idle. */
export type ManagerMood = "works" | "deaf" | "busy";

/** Serves what was recorded, for the state that its first member was brought into. */
export async function managerStandIn(record: ManagerRecord, mood: ManagerMood = "works"): Promise<ManagerStandIn> {
  const flags = new Set<string>();
  const letters = (): string => [...flags].sort().join("");
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const asked = askedOf(request, body);
      if (asked.known && (asked.trusted || record.strangersChange) && request.method === "POST" && mood !== "deaf")
        take(record, flags, asked.parameters);
      const shown = record.states[letters()];
      if (shown === undefined) response.statusCode = 500;
      const said = shown === undefined ? `no record with ${letters()}` : answer(record, shown, asked);
      response.end(mood === "busy" ? said.replace("<httpd:busy>0<", "<httpd:busy>1<") : said);
    });
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      resolve((server.address() as { readonly port: number }).port);
    });
  });
  return {
    port,
    letters,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };

  function askedOf(request: IncomingMessage, body: string): Asked {
    const { search } = new URL(request.url ?? "/", "http://h");
    const parameters = new URLSearchParams(request.method === "POST" ? body : search);
    const trusted = request.headers.referer?.startsWith(`http://${request.headers.host ?? ""}`) === true;
    return { parameters, trusted, known: parameters.get("b") === "c" && parameters.get("nonce") === record.nonce };
  }
}

interface Asked {
  readonly parameters: URLSearchParams;
  /** With a Referer of its own host. */
  readonly trusted: boolean;
  /** With balancer and nonce. */
  readonly known: boolean;
}

function answer(record: ManagerRecord, { page, xml }: ShownState, { parameters, trusted, known }: Asked): string {
  const allowed = (trusted || record.strangersSeeXml) && (known || record.plainXml);
  return allowed && parameters.get("xml") === "1" ? xml : page;
}

function take(record: ManagerRecord, flags: Set<string>, parameters: URLSearchParams): void {
  if (parameters.get("w") !== record.urls[0]) return;
  for (const [key, value] of parameters) {
    const letter = /^w_status_([INDHRS])$/.exec(key)?.[1];
    if (letter === undefined || record.states[letter] === undefined) continue;
    flags[value === "1" ? "add" : "delete"](letter);
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString();
}
