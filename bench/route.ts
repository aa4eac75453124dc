import { run } from "../core/conf/run/run.js";
import { NO_FILES } from "../core/conf/run/reader.js";
import { readConf, readingOf } from "../core/conf/read/read-conf.js";
import { route } from "../core/route/route.js";
import { judge, median } from "./pairs.js";

// The way of one request through a server with many mounts, alone and behind sections and rewrite rules.
const REQUESTS = 20_000;
const ROUNDS = 7;

const mounts = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, number) => [
    `<Proxy balancer://c${number}>`,
    `  BalancerMember http://10.0.${number >> 8}.${number & 255}:8080 route=n1`,
    `  BalancerMember http://10.1.${number >> 8}.${number & 255}:8080 route=n2`,
    "</Proxy>",
    `ProxyPass /app${number} balancer://c${number}`,
    `ProxyPassReverse /app${number} balancer://c${number}`,
  ]).flat();

const AROUND: readonly string[] = [
  "RewriteEngine On",
  String.raw`RewriteCond %{HTTP_USER_AGENT} ^Robot [NC]`,
  String.raw`RewriteRule ^/old/(.*)$ /app1/$1 [R=301,L]`,
  String.raw`RewriteRule \.php$ - [F]`,
  "<Location /app2/admin>",
  "  Require ip 10.0.0.0/8",
  "</Location>",
  "<LocationMatch ^/app\\d+/private>",
  "  Require all denied",
  "</LocationMatch>",
];

/** Microseconds of the processor for one way; the paths take turns over all mounts, so that the last ones count as much as the first. */
function microseconds(lines: readonly string[], count: number): number {
  const options = { path: "httpd.conf", text: `${lines.join("\n")}\n`, reader: NO_FILES };
  const { expansion, statements } = run(options);
  const { topology } = readConf(statements, readingOf(expansion));
  const [server] = topology.servers;
  if (server === undefined) throw new Error("no server was read");
  const headers = { Host: "shop.example", "User-Agent": "Mozilla/5.0" };
  let proxied = 0;
  const processor = (): number => {
    const before = process.cpuUsage();
    for (let request = 0; request < REQUESTS; request++) {
      const path = `/app${request % count}/page?n=${request}`;
      if (route(topology, server, { port: 80 }, { path, headers }).to.kind === "proxy") proxied++;
    }
    return process.cpuUsage(before).user;
  };
  const rounds = Array.from({ length: ROUNDS }, processor);
  if (proxied !== ROUNDS * REQUESTS) throw new Error(`${ROUNDS * REQUESTS - proxied} requests came to no balancer`);
  return median(rounds) / REQUESTS;
}

judge("the way of one request, 100 mounts, µs", microseconds(mounts(100), 100), 20);
judge("the same behind rewrite rules and sections, µs", microseconds([...AROUND, ...mounts(100)], 100), 40);
