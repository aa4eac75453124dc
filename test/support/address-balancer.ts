import { createServer, Agent, request } from "node:http";

/**
 * What balances an address among fronts, as a program of its own: `address-balancer.ts ADDRESS FRONT...`. It keeps the
 * connections to clients, and gives each request to the next front that is in. At port 81 `/out/FRONT` takes one out, and is
 * answered when no request is under way there; `/in/FRONT` takes it back.
 */
const [address = "", ...fronts] = process.argv.slice(2);

interface Place {
  readonly front: string;
  /** Of connections that are kept; undefined while the front is out. */
  agent: Agent | undefined;
  under: number;
}

const places = fronts.map((front): Place => ({ front, agent: new Agent({ keepAlive: true }), under: 0 }));
let turn = 0;

createServer((asked, answer) => {
  const open = places.filter(({ agent }) => agent !== undefined);
  const place = open[turn++ % open.length];
  if (place === undefined) {
    answer.writeHead(503).end();
    return;
  }
  place.under++;
  answer.once("close", () => place.under--);
  const { front: host, agent } = place;
  request({ host, path: asked.url, agent }, (got) => {
    answer.writeHead(got.statusCode ?? 502, { "content-length": got.headers["content-length"] });
    got.pipe(answer);
  })
    .once("error", ({ message }) => answer.writeHead(502).end(message))
    .end();
}).listen(80, address);

createServer((asked, answer) => {
  const [, what, front] = (asked.url ?? "").split("/");
  const place = places.find((one) => one.front === front);
  if (place === undefined) {
    answer.writeHead(404).end();
    return;
  }
  const { agent } = place;
  place.agent = what === "in" ? new Agent({ keepAlive: true }) : undefined;
  const idle = setInterval(() => {
    if (what !== "in" && place.under > 0) return;
    clearInterval(idle);
    agent?.destroy();
    answer.end();
  }, 20);
}).listen(81, address, () => process.stdout.write("ready\n"));
