// `npm run article -- --server tomcat|wildfly [--through mod_jk]`: the article on real application servers, told request by request.
import { existsSync } from "node:fs";
import { stageArticle } from "./article/stage.js";
import type { Part } from "./article/parts.js";
import type { PlayedRequest } from "./article/play.js";
import { TOMCAT_PACKAGES } from "./article/tomcat.js";
import { unpackedModJk, unpackedPackages, unpackedWildFly } from "./article/unpack.js";

const SERVERS = {
  tomcat: () => unpackedPackages(TOMCAT_PACKAGES),
  wildfly: unpackedWildFly,
} as const;

const TITLES: Readonly<Record<Part, string>> = {
  a: "(a) all up: every request is a new client",
  b: "(b) one client: its session counts, whoever answers",
  c: "(c) both actives are killed: the standby goes on with the session",
  d: "(d) the actives are back, and in use again: they go on with it",
};

async function main(): Promise<void> {
  const server = wordOf("--server") === "wildfly" ? "wildfly" : "tomcat";
  const throughJk = wordOf("--through") === "mod_jk";
  if (throughJk && server === "wildfly")
    throw new Error("--through mod_jk: WildFly asks for no AJP secret; use tomcat");
  const httpd = ["/usr/sbin/apache2", "/usr/sbin/httpd"].find((path) => existsSync(path));
  if (httpd === undefined) throw new Error("httpd is not there: install apache2 (Debian)");
  process.stdout.write(`getting ${server}\n`);
  const root = SERVERS[server]();
  if (root === undefined) throw new Error(`${server} cannot be downloaded: is there a network?`);
  const modJk = throughJk ? unpackedModJk() : undefined;
  if (throughJk && modJk === undefined) throw new Error("mod_jk cannot be downloaded: is there a network?");
  let told = "";
  const played = await stageArticle({
    server,
    root,
    httpd,
    modJk,
    say: (sentence) => process.stdout.write(`${sentence}\n`),
    tell(request) {
      const title = `${TITLES[request.part]}, through ${request.front}`;
      if (title !== told) process.stdout.write(`\n${title}\n`);
      told = title;
      process.stdout.write(`${line(request)}\n`);
    },
  });
  const wrong = played.filter((request) => !isExpected(request)).length;
  const verdict =
    wrong === 0 ? "every node and every counter is what the model says" : `${wrong} differ from the model`;
  process.stdout.write(`\n${played.length} requests: ${verdict}\n`);
  process.exitCode = wrong === 0 ? 0 : 1;
}

function wordOf(option: string): string | undefined {
  const at = process.argv.indexOf(option);
  return at === -1 ? undefined : process.argv[at + 1];
}

function isExpected({ node = "httpd", count, expected, expectedCount }: PlayedRequest): boolean {
  return expected.includes(node) && count === expectedCount;
}

function line(request: PlayedRequest): string {
  const { status, node = "httpd", count, session, expected, expectedCount } = request;
  const differs = isExpected(request) ? "" : `, the model says ${expected.join(" or ")} count ${expectedCount}`;
  return `  ${status} ${node} count ${count ?? "-"} session ${session?.slice(0, 8) ?? "-"}${differs}`;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
