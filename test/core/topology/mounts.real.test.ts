import { createServer } from "node:http";
import type { Server } from "node:http";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Entry } from "../../../core/model/entry.js";
import { routed } from "../../support/routing.js";
import { send } from "../../../live/client.js";
import { startHttpd } from "../../../live/httpd.js";
import { claimLoopback } from "../../../live/ports.js";
import { findHttpd } from "../../../live/program.js";
import { readText } from "../../support/conf-fixtures.js";
import { SEED } from "../../support/seed.js";
import { describeReal } from "../../support/real.js";

const NAMES = ["a", "b", "c", "d"] as const;

const path = fc.constantFrom("/", "/app", "/app/", "/app/deep", "/other", "/other/", "/a.b");
const cluster = fc.constantFrom(...NAMES, "B");
const tail = fc.constantFrom("", "/", "/x", "/x/");
const target = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(cluster, tail).map(([name, end]) => `balancer://${name}${end}`) },
  fc.constant("!"),
);
const plain = fc.tuple(path, target).map(([from, to]) => `ProxyPass ${from} ${to}`);
const expression = fc.constantFrom(
  "ProxyPassMatch ^/re/(.*)$ balancer://a/re/$1",
  "ProxyPassMatch ^/re balancer://b",
  "ProxyPassMatch ^/to/([a-e])(/.*)?$ balancer://$1$2",
  "ProxyPassMatch /deep$ !",
  "ProxyPassMatch (?i)^/APP/(.) balancer://c/$1/$0",
  "ProxyPass ~ ^/tilde(/.*)$ balancer://d$1",
  "ProxyPassMatch ^/[[:alpha:]]+$ balancer://a",
  "ProxyPassMatch ^/(?>[[:lower:]]++)/\\x31(\\h*)\\Z balancer://b/$1",
  "ProxyPassMatch (?i)^/\\QA.B\\E/(?<rest>c) balancer://c/$1",
);
const location = fc.oneof(
  fc.tuple(path, target).map(([from, to]) => `<Location ${from}>\nProxyPass ${to}\n</Location>`),
  fc.constant('<LocationMatch "^/num/([0-9]+)">\nProxyPass balancer://d/$1\n</LocationMatch>'),
);
const rewrite = fc.constantFrom(
  "RewriteEngine On\nRewriteRule ^/app/rw(.*)$ balancer://d/rw$1 [P]",
  "RewriteEngine On\nRewriteRule ^/OTHER$ balancer://a [NC,P]",
);
const scope = fc.array(fc.oneof({ weight: 5, arbitrary: plain }, expression, location, rewrite), { maxLength: 6 });
const conf = fc.record({ main: scope, host: scope });

const PATHS = [
  ...[
    "/",
    "/app",
    "/app/",
    "/app/deep",
    "/app/deep/er",
    "/appx",
    "/app/rw/1",
    "/other",
    "/other/",
    "/other/1",
    "/OTHER",
  ],
  ...[
    "/re/1",
    "/re",
    "/rex",
    "/to/a/1",
    "/to/b",
    "/to/e/1",
    "/tilde/1",
    "/tilde",
    "/num/12",
    "/num/x",
    "/a.b/c",
    "/axb",
  ],
  ...["//app//deep", "/app/../other/1", "/%61pp/1", "/app%2F1", "/app/%zz", "/app/./1", "/nothing?x=/app"],
  ...["/../app", "/app/%2e%2e/../other", "/../app%2F1", "/app#1", "/app?x#1", "/re/1%0A2", "/app/rw%3f1", "/app%3f1"],
];

describeReal("a request", ["apache2"], () => {
  it("is routed where httpd routes it: sections, order, segments, expressions, rewriting, hosts", async () => {
    const loopback = await claimLoopback();
    const nodes: Server[] = [];
    const outcomes = new Set<string>();
    try {
      const members: string[] = [];
      for (const name of NAMES) {
        const port = await loopback.freePort();
        nodes.push(await echo(name, loopback.address, port));
        members.push(`BalancerMember balancer://${name} http://${loopback.address}:${port}`);
      }
      for (const { main, host } of fc.sample(conf, { numRuns: Number(process.env["CONFS"] ?? 15), seed: SEED })) {
        const [first, second] = [await loopback.freePort(), await loopback.freePort()];
        const listen = [first, second].map((port) => `Listen ${loopback.address}:${port}`);
        const body = [...listen, ...members, ...main, `<VirtualHost *:${second}>`, ...host, "</VirtualHost>", ""].join(
          "\n",
        );
        const { topology } = readText(body);
        const httpd = await startHttpd({ program: findHttpd(process.env), modules: [...MODULES], body });
        try {
          for (const port of [first, second]) {
            for (const asked of PATHS) {
              const answer = await send({ address: loopback.address, port, path: asked, headers: {} });
              const real = answer.status === 200 ? answer.body : String(answer.status);
              const seen = expected(routed(topology, { path: asked, port }), asked);
              outcomes.add(real.slice(0, 3));
              expect(seen, `seed ${SEED}, ${port === first ? "main" : "host"} ${asked}\n${body}`).toBe(real);
            }
          }
        } finally {
          await httpd.stop();
        }
      }
    } finally {
      for (const node of nodes) node.close();
      await loopback.release();
    }
    expect([...outcomes].sort()).toEqual(expect.arrayContaining(["400", "404", "a /", "b /"]));
  }, 120_000);
});

const MODULES = [
  ...(["authn_core", "authz_core", "unixd", "rewrite", "slotmem_shm", "proxy", "proxy_http"] as const),
  ...(["proxy_balancer", "lbmethod_byrequests"] as const),
] as const;

/** A node that answers its name and the path it was asked for. */
function echo(name: string, address: string, port: number): Promise<Server> {
  const server = createServer((request, response) => {
    response.setHeader("Content-Length", Buffer.byteLength(`${name} ${request.url ?? ""}`));
    response.end(`${name} ${request.url ?? ""}`);
  });
  return new Promise((resolve) =>
    server.listen(port, address, () => {
      resolve(server);
    }),
  );
}

/** What a client sees of a routing, when every node is up and echoes; httpd carries the query along. */
function expected(routing: Entry, asked: string): string {
  if (routing.kind === "httpd") return String(routing.status);
  if (routing.kind === "url") return "url";
  if (routing.seen.cluster.members.length === 0) return "503";
  const query = /\?.*/.exec(asked)?.[0] ?? "";
  const path = routing.url
    .slice(0, routing.url.length - query.length)
    .replace(/^balancer:\/\/[^/?]*/i, "")
    .replace("?", "%3F")
    .replace("\n", "%0A");
  return `${routing.seen.cluster.name} ${path === "" ? "/" : path}${query}`;
}
