import { connect } from "node:net";

/** A request that got no whole answer, or one that is an error. */
export interface Loss {
  /** Milliseconds since the load began. */
  readonly at: number;
  readonly client: number;
  readonly why: string;
}

/** What came of a load. */
export interface LoadResult {
  readonly requests: number;
  readonly lost: readonly Loss[];
}

/** A load that runs until it is told to end. */
export interface Load {
  /** Lets every client finish its request. */
  end(): Promise<LoadResult>;
}

/** Who asks for what. */
export interface LoadOptions {
  readonly address: string;
  readonly port: number;
  /** Clients, each with one request after the other. */
  readonly clients: number;
  /** Header lines of a client, without their ends. @default - none */
  readonly headers?: (client: number) => readonly string[];
  /** Milliseconds between two requests of a client: the machine of the test has more to do. @default - none */
  readonly pause?: number;
  /** Requests that are sent in any case, also after the end was asked for. @default - none */
  readonly atLeast?: number;
}

/**
 * Sends requests, each on a connection of its own, and counts every one: nothing is sent a second time, and whatever is
 * no whole answer with status 200 is a loss.
 */
export function startLoad(options: LoadOptions): Load {
  const begun = performance.now();
  const lost: Loss[] = [];
  let requests = 0;
  let ending = false;
  const { clients: count, pause = 0, atLeast = 0 } = options;
  const run = async (client: number): Promise<void> => {
    while (!ending || requests < atLeast) {
      requests++;
      const why = await ask(options, client);
      if (why !== undefined) lost.push({ at: Math.round(performance.now() - begun), client, why });
      if (pause > 0) await new Promise((later) => setTimeout(later, pause));
    }
  };
  const clients = Array.from({ length: count }, (_, client) => run(client));
  return {
    async end() {
      ending = true;
      await Promise.all(clients);
      return { requests, lost };
    },
  };
}

const LIMIT = 20_000;

/** Why the answer counts as lost; undefined for a whole one with status 200. */
function ask({ address, port, headers }: LoadOptions, client: number): Promise<string | undefined> {
  const lines = ["GET / HTTP/1.1", `Host: ${address}`, "Connection: close", ...(headers?.(client) ?? []), "", ""];
  return new Promise((resolve) => {
    const socket = connect({ host: address, port });
    let text = "";
    const done = (why: string | undefined): void => {
      socket.destroy();
      resolve(why);
    };
    socket.setEncoding("latin1");
    socket.setTimeout(LIMIT, () => {
      done("no answer in time");
    });
    socket.on("data", (piece: string) => {
      text += piece;
    });
    socket.once("error", ({ message }) => {
      done(message);
    });
    socket.once("end", () => {
      done(judged(text));
    });
    socket.write(lines.join("\r\n"));
  });
}

function judged(text: string): string | undefined {
  const [head = "", ...bodies] = text.split("\r\n\r\n");
  const status = /^HTTP\/1\.1 (\d{3})/.exec(head)?.[1];
  if (status !== "200") return `status ${status ?? "none"}`;
  const length = /^content-length: (\d+)$/im.exec(head)?.[1];
  const body = bodies.join("\r\n\r\n");
  return Number(length) === body.length ? undefined : `${body.length} of ${length ?? "unknown"} bytes`;
}
