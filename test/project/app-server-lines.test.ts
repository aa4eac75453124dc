import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const TRAPS = "scripts/tomcat-traps.real";
const ARTICLE = "scripts/article.real";
const JK = "core/mod-jk/mod-jk.real";
const NODES = "core/host/nodes/nodes";
const ENDS = "cli/node-files";

/** What application servers and mod_jk are for, and where each line is held: a file below `test`, and words of it. */
const LINES: Readonly<Record<string, readonly (readonly [line: string, file: string, held: string])[]>> = {
  nodes: [
    [
      "WildFlyNode, TomcatNode, GenericNode",
      "constructs/app-server-nodes",
      "give their members address, route and group",
    ],
    ["nodes: of a description", NODES, "takes address, route and group from the node"],
    ["the name is the route, and both ends bear it", NODES, "gives a Tomcat a jvmRoute only where httpd has routes"],
    ["ports, by the offsets of the article", NODES, "opens its port to fronts, copies to its group"],
    ["static members of the group", NODES, "lists the same members of the group for every Tomcat"],
    ["copies for the declared failures", NODES, "too few copies for the promise"],
    ["the AJP secret", NODES, "writes the AJP secret as a reference"],
    ["health that means deployed", NODES, "serves when its own readiness says so, of others when the page does"],
    [
      "a script that is repeatable",
      NODES,
      "tells a WildFly its offset, its route, its peers and how many hold a session",
    ],
  ],
  traps: [
    [
      "a route on the standby parks sessions",
      TRAPS,
      "routes: a jvmRoute alone loses sessions, a standby's parks them there",
    ],
    ["jvmRoute without routes loses sessions", TRAPS, "routes: a jvmRoute alone loses sessions"],
    ["two copies", TRAPS, "two copies: some sessions are gone with both actives"],
    ["parallel starts", TRAPS, "a start beside another starting node asks that one"],
    ["a wrong AJP secret", TRAPS, "a wrong AJP secret is a 403 that httpd takes for an answer"],
    ["a port that hangs", TRAPS, "bindOnInit: the port is open while the application starts"],
    ["autoDeploy's 404", TRAPS, "autoDeploy: 404"],
    ["worker.maintain", JK, "does not ask an active again without a maintenance"],
    ["a stop that drains first loses nothing", "cli/runbook-load.real", "loses no request and leaves all as it was"],
    ["the 502 of a pooled connection", "field/measured-rows.real", "a kept connection that the member closes first"],
  ],
  sessions: [
    ["who still holds a session", NODES, "of two copies outlives one node, and may be lost with two"],
    ["the promise", "core/promises/other-promises", "replicated members lose no session while one of the group is up"],
    [
      "expect: session",
      "core/model/client-session",
      "goes on through the standby and back where every node has every session",
    ],
  ],
  "both ends on import": [
    ["beside an httpd.conf and a spec", ENDS, "are read beside a spec, too, whose lines are then the place"],
    ["as related places", ENDS, "are named in SARIF as related places"],
    ["import", ENDS, "are told of by import, with what differs as questions"],
    ["workers.properties", ENDS, "is compared with the workers of mod_jk, too, whose names are routes"],
    ["<distributable/>", ENDS, "tell that an application's sessions are not copied"],
    [
      "real files: Tomcat",
      "core/server-files/real-files.real",
      "are read: one port for HTTP, no route, nothing copied",
    ],
    ["real files: WildFly", ARTICLE, "are read: ports that an offset moves"],
  ],
  "rules about both ends, on real servers": [
    ["node-route", TRAPS, "routes: a jvmRoute alone loses sessions"],
    ["node-secret", TRAPS, "a wrong AJP secret is a 403 that httpd takes for an answer"],
    ["node-ajp-secret", TRAPS, "an AJP connector that asks for a secret and has none does not start"],
    ["node-copying", TRAPS, "two copies: some sessions are gone with both actives"],
    ["node-group", TRAPS, "a list that leaves a server out copies nothing"],
    ["node-distributable", TRAPS, "and neither does an application that is not distributable"],
  ],
  mod_jk: [
    [
      "render --as mod-jk",
      "core/mod-jk/mod-jk",
      "keeps members, weights, the standby, stickiness and the time in error",
    ],
    ["what cannot be carried over", "core/mod-jk/mod-jk", "has nothing to name where everything is carried over"],
    ["import workers.properties", "core/mod-jk/mod-jk", "reads back as the same cluster"],
    ["import JkMount", "cli/import-jk", "mounts what the pattern %s stands for"],
    ["patterns on a real mod_jk", "core/mod-jk/jk-mounts.real", "an exclusion of a worker that is not asked there"],
    ["its model", JK, "is picked as the model says"],
    ["where it is not exact", "core/mod-jk/mod-jk", "say that they are not exact where traffic or busyness is counted"],
  ],
  "the article, for real": [
    ["Tomcat", ARTICLE, "the article on three Tomcats and a real httpd"],
    ["WildFly", ARTICLE, "the article on three WildFlys and a real httpd"],
    ["AJP and mod_jk", ARTICLE, "with the very numbers that the article prints"],
    ["its own bytes", "field/article-as-printed.real", "starts on the real httpd after one run of lint --fix"],
  ],
  "bad input": [
    ["two nodes with one route", NODES, "two members of one route"],
    ["a route that the server does not write", NODES, "a route that its server does not write"],
    ["one offset on one host", NODES, "one offset on one host"],
    ["a standby outside of the group", NODES, "a standby outside of the group"],
    ["copies fewer than the failures need", NODES, "too few copies for the promise"],
    ["a port of the front", NODES, "a port that the front listens on at its address"],
    ["a route with a dot", NODES, "a route with a dot"],
    ["a name with a dot", NODES, "a name with a dot"],
    ["at the call", "constructs/app-server-nodes", "are refused at the call"],
  ],
};

const TESTS = join(__dirname, "..");

describe.each(Object.entries(LINES))("%s", (_, lines) => {
  test.each(lines)("%s: held in %s", (_line, file, held) => {
    expect(readFileSync(join(TESTS, `${file}.test.ts`), "utf8")).toContain(held);
  });
});
