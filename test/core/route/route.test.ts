import { describe, expect, it } from "vitest";
import { route } from "../../../core/route/route.js";
import type { Way } from "../../../core/route/route.js";
import type { WayRequest } from "../../../core/route/request.js";
import { readText } from "../../support/conf-fixtures.js";

const MEMBERS = "BalancerMember balancer://a http://a:1\nBalancerMember balancer://b http://b:1\n";

/** The way of a request from this machine; doubts by their lines, from the first one behind the members. */
function ask(lines: readonly string[], request: WayRequest, port = 80): { way: Way; doubts: readonly number[] } {
  const { topology, locate } = readText(`${MEMBERS}${lines.join("\n")}\n`);
  const [server] = topology.servers;
  if (server === undefined) throw new Error("no server");
  const way = route(topology, server, { address: "127.0.0.1", port }, { client: "127.0.0.1", ...request });
  return { way, doubts: way.doubts.map((at) => (locate(at)?.line ?? 0) - 2) };
}

function urlOf({ to }: Way): string {
  return to.kind === "proxy" ? to.url : String(to.status);
}

describe("a condition that nobody here can judge", () => {
  const hour = ["RewriteEngine On", "RewriteCond %{TIME_HOUR} >12"];

  it("decides where the ends differ, and its line is named", () => {
    const { way, doubts } = ask([...hour, "RewriteRule ^/app - [F]", "ProxyPass / balancer://a/"], { path: "/app" });
    expect(urlOf(way)).toBe("balancer://a/app");
    expect(way.judged).toBe(false);
    expect(doubts).toEqual([2]);
  });

  it("decides nothing where its rule does not match", () => {
    const { way } = ask([...hour, "RewriteRule ^/app - [F]", "ProxyPass / balancer://a/"], { path: "/x" });
    expect([urlOf(way), way.judged]).toEqual(["balancer://a/x", true]);
  });

  it("decides nothing where both ends are one", () => {
    const { way } = ask([...hour, "RewriteRule ^/app balancer://a/app [P]", "ProxyPass / balancer://a/"], {
      path: "/app",
    });
    expect([urlOf(way), way.judged]).toEqual(["balancer://a/app", true]);
  });
});

describe("a line that is not read", () => {
  it("leaves what it stands beside unjudged, and only that", () => {
    const lines = ["<Location /app>", "AuthFormProvider file", "</Location>", "ProxyPass / balancer://a/"];
    expect(ask(lines, { path: "/app/x" })).toMatchObject({ way: { judged: false }, doubts: [2] });
    expect(ask(lines, { path: "/other" }).way.judged).toBe(true);
  });

  it("is not missed where it says nothing about the way", () => {
    expect(ask(["LogLevel debug", "Timeout 5", "ProxyPass / balancer://a/"], { path: "/" }).way.judged).toBe(true);
  });

  it.each(["${map:$1}", "%{LA-U:REMOTE_USER}"])("is a target with %s", (target) => {
    const { way, doubts } = ask(["RewriteEngine On", `RewriteRule ^/(.*) balancer://a/${target} [P]`], { path: "/x" });
    expect([way.judged, doubts]).toEqual([false, [2]]);
  });
});

describe("a condition that changes what a balancer sees", () => {
  it.each(["RequestHeader unset Cookie", "ProxyErrorOverride On", "ErrorDocument 503 /sorry"])(
    "decides: %s",
    (line) => {
      const lines = ['<If "%{TIME_HOUR} -gt 12">', line, "</If>", "ProxyPass / balancer://a/"];
      const { way, doubts } = ask(lines, { path: "/", headers: { Cookie: "k=v" } });
      expect([urlOf(way), way.judged, doubts]).toEqual(["balancer://a/", false, [1]]);
    },
  );
});

describe("a client whose address nobody said", () => {
  it("leaves rules about addresses unjudged", () => {
    const lines = ["ProxyPass / balancer://a/", "<Location /in>", "Require ip 10", "</Location>"];
    const { topology } = readText(`${MEMBERS}${lines.join("\n")}\n`);
    const [server] = topology.servers;
    if (server === undefined) throw new Error("no server");
    const judged = (path: string): boolean => route(topology, server, { port: 80 }, { path }).judged;
    expect([judged("/in"), judged("/out")]).toEqual([false, true]);
  });
});

describe("access", () => {
  const beside = (...inside: readonly string[]): readonly string[] => [
    ...["ProxyPass / balancer://a/", "<Location />", ...inside, "</Location>"],
  ];

  it("asks for a user where a Require names one", () => {
    const asked = ask(beside("AuthType Basic", "AuthName x", "Require valid-user"), { path: "/" });
    expect([urlOf(asked.way), asked.way.judged]).toEqual(["401", true]);
    expect(ask(beside("Require valid-user"), { path: "/" }).way.to).toMatchObject({ status: 500 });
  });

  it("cannot tell whether a password is right", () => {
    const headers = { Authorization: "Basic eDp5" };
    expect(ask(beside("AuthType Basic", "AuthName x", "Require valid-user"), { path: "/", headers }).way.judged).toBe(
      false,
    );
  });
});

describe("the words of a RewriteRule", () => {
  it("are cut at blanks that no backslash stands before", () => {
    const { way } = ask(["RewriteEngine On", "RewriteRule ^/a\\ b balancer://b/x [P]"], { path: "/a%20b" });
    expect(urlOf(way)).toBe("balancer://b/x");
  });

  it("are bytes, as paths are", () => {
    expect(urlOf(ask(["ProxyPass /\u00c3\u00a4 balancer://b"], { path: "/%c3%a4" }).way)).toBe("balancer://b");
  });
});
