// `npm run article -- --server tomcat|wildfly`: the article on real application servers, told request by request.
import { existsSync } from "node:fs";
import { stageArticle } from "./article/stage.js";
import type { PlayedRequest } from "./article/play.js";
import { TOMCAT_PACKAGES } from "./article/tomcat.js";
import { unpackedPackages, unpackedWildFly } from "./article/unpack.js";

const SERVERS = {
  tomcat: () => unpackedPackages(TOMCAT_PACKAGES),
  wildfly: unpackedWildFly,
} as const;

const TITLES: Readonly<Record<PlayedRequest["part"], string>> = {
  a: "(a) all up: every request is a new client",
  b: "(b) one client: its session counts, whoever answers",
  c: "(c) both actives are killed: the standby goes on with the session",
  d: "(d) the actives are back, ten seconds later: they go on with it",
};

async function main(): Promise<void> {
  const wanted = process.argv[process.argv.indexOf("--server") + 1];
  const server = wanted === "wildfly" ? "wildfly" : "tomcat";
  const httpd = ["/usr/sbin/apache2", "/usr/sbin/httpd"].find((path) => existsSync(path));
  if (httpd === undefined) throw new Error("httpd is not there: install apache2 (Debian)");
  process.stdout.write(`getting ${server}\n`);
  const root = SERVERS[server]();
  if (root === undefined) throw new Error(`${server} cannot be downloaded: is there a network?`);
  let part: PlayedRequest["part"] | undefined;
  const played = await stageArticle({
    server,
    root,
    httpd,
    say: (sentence) => process.stdout.write(`${sentence}\n`),
    tell(request) {
      if (request.part !== part) process.stdout.write(`\n${TITLES[request.part]}\n`);
      ({ part } = request);
      process.stdout.write(`${line(request)}\n`);
    },
  });
  const wrong = played.filter(({ node, expected }) => node !== expected).length;
  const verdict = wrong === 0 ? "every node is the one the model says" : `${wrong} differ from the model`;
  process.stdout.write(`\n${played.length} requests: ${verdict}\n`);
  process.exitCode = wrong === 0 ? 0 : 1;
}

function line({ status, node = "httpd", count, session, expected }: PlayedRequest): string {
  const differs = node === expected ? "" : `, the model says ${expected ?? "httpd"}`;
  return `  ${status} ${node} count ${count ?? "-"} session ${session?.slice(0, 8) ?? "-"}${differs}`;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
