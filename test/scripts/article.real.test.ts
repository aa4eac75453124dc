import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Part } from "../../scripts/article/parts.js";
import type { PlayedRequest } from "../../scripts/article/play.js";
import { stageArticle } from "../../scripts/article/stage.js";
import { TOMCAT_PACKAGES } from "../../scripts/article/tomcat.js";
import { MOD_JK } from "../../scripts/article/unpack.js";
import { component } from "../support/real.js";
import { serverIn } from "../support/server-file.js";
import { describeUnpacked, describeWildFly } from "../support/unpacked.js";

/** Requests of the article through one front: who answered, and the session's counter. */
type Told = Readonly<Record<Part, readonly (readonly [node: string | undefined, count: number | undefined])[]>>;

function toldThrough(front: string, played: readonly PlayedRequest[]): Told {
  const part = (letter: Part): Told[Part] =>
    played
      .filter((request) => request.part === letter && request.front === front)
      .map(({ node, count }) => [node, count] as const);
  return { a: part("a"), b: part("b"), c: part("c"), d: part("d") };
}

/** What holds for every server and every way to it. */
function expectTheArticle(played: readonly PlayedRequest[], fronts: readonly string[]): void {
  expect([...new Set(played.map(({ front }) => front))]).toEqual(fronts);
  expect(played.map(({ status }) => status)).toEqual(played.map(() => 200));
  const others = played.flatMap(({ front, part, node, expected }, at) =>
    expected.includes(node ?? "") ? [] : [`${at}: ${front}, ${part}: ${node ?? "nobody"} for ${expected.join(" or ")}`],
  );
  expect(others).toEqual([]);
  expect(played.map(({ count }) => count)).toEqual(played.map(({ expectedCount }) => expectedCount));
  for (const front of fronts) {
    const own = played.filter((request) => request.front === front);
    const { a, b, c, d } = toldThrough(front, played);
    // New clients are shared out 1:5, each with a session of its own.
    expect(a.filter(([node]) => node === "node1")).toHaveLength(2);
    expect(new Set(own.filter(({ part }) => part === "a").map(({ session }) => session)).size).toBe(12);
    expect(c).toEqual([
      ["node3", 8],
      ["node3", 9],
      ["node3", 10],
    ]);
    expect([...b, ...c, ...d].map(([, count]) => count)).toEqual(Array.from({ length: 16 }, (_, index) => index + 1));
    expect(d.map(([node]) => node)).not.toContain("node3");
    expect(new Set(own.filter(({ part }) => part !== "a").map(({ session }) => session)).size).toBe(1);
  }
}

/** Who answered one client's first requests: one letter a request, the number of the node. */
function order(part: Told[Part]): string {
  return part.map(([node]) => node?.replace("node", "")).join("");
}

describeUnpacked("the article on three Tomcats and a real httpd", TOMCAT_PACKAGES, ["apache2", "java"], (root) => {
  test("is answered by whom the model says, and the session's counter goes on through the standby and back", async () => {
    const played = await stageArticle({ server: "tomcat", root, httpd: component("apache2") });
    expectTheArticle(played, ["mod_proxy_http"]);
    // A fresh httpd begins with the heavier node, so that the third request is the first of node 1 in the article.
    expect(order(toldThrough("mod_proxy_http", played).b)).toBe("2212222");
  }, 800_000);
});

describeUnpacked("the article on three Tomcats that speak AJP", TOMCAT_PACKAGES, ["apache2", "java"], (root) => {
  describeUnpacked("and a real mod_jk", [MOD_JK.package], [], (jkRoot) => {
    test("is the same through mod_proxy_ajp, and through mod_jk with the very numbers that the article prints", async () => {
      const modJk = join(jkRoot, MOD_JK.module);
      const played = await stageArticle({ server: "tomcat", root, httpd: component("apache2"), modJk });
      expectTheArticle(played, ["mod_proxy_ajp", "mod_jk"]);
      expect(order(toldThrough("mod_proxy_ajp", played).b)).toBe("2212222");
      // Count 1 on node 1, 2 to 6 on node 2, 7 on node 1, 8 on the standby, 9 and so on until an active is back.
      expect(order(toldThrough("mod_jk", played).b)).toBe("1222221");
    }, 800_000);
  });
});

describeWildFly("the article on three WildFlys and a real httpd", ["apache2", "java"], (root) => {
  test("is answered by whom the model says without routes and with them, and the session's counter goes on", async () => {
    const played = await stageArticle({ server: "wildfly", root, httpd: component("apache2") });
    expectTheArticle(played, ["mod_proxy_http", "mod_proxy_http with routes"]);
    expect(order(toldThrough("mod_proxy_http", played).b)).toBe("2212222");
    // A route keeps the session at its node until that dies, and none keeps it at the standby.
    const { b, d } = toldThrough("mod_proxy_http with routes", played);
    expect([order(b), new Set(order(d)).size]).toEqual(["2222222", 1]);
  }, 1_200_000);
});

// In this file, so that only one process brings WildFly.
describeWildFly("the files of WildFly 39", [], (root) => {
  const folder = join(root, "standalone/configuration");

  test("are read: ports that an offset moves, a name that the start says, two copies by multicast", () => {
    const { listeners, route, copying } = serverIn(join(folder, "standalone-ha.xml"), {
      "jboss.node.name": "node2",
      "jboss.socket.binding.port-offset": "500",
    });
    expect(listeners.map(({ protocol, port }) => [protocol, port.value])).toEqual([
      ["ajp", 8509],
      ["http", 8580],
      ["https", 8943],
    ]);
    expect(listeners[1]?.address).toMatchObject({ value: "127.0.0.1", unless: "jboss.bind.address" });
    expect(route?.value).toBe("node2");
    expect(copying).toMatchObject({ copies: { value: 2 }, port: { value: 55_700 } });
    expect(copying?.peers).toBeUndefined();
  });

  test("copy nothing where they are not those of a group", () => {
    expect(serverIn(join(folder, "standalone.xml")).copying).toBeUndefined();
  });

  test("are read, each of them, with a place in the file for every value", () => {
    const names = readdirSync(folder).filter((name) => /^standalone.*\.xml$/.test(name));
    expect(names.length).toBeGreaterThanOrEqual(4);
    for (const name of names) {
      const { listeners, at } = serverIn(join(folder, name));
      const lines = readFileSync(join(folder, name), "utf8").split("\n");
      for (const { port } of listeners) expect(lines[port.place.line - 1]).toMatch(/socket-binding name=.* port=/);
      expect(lines[at.line - 1]).toContain("undertow");
    }
  });
});
