import { execFileSync } from "node:child_process";
import { cpSync, renameSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { nodePlan } from "../../core/host/nodes/node-plan.js";
import { readSpec } from "../../core/spec/read-spec.js";
import type { Topology } from "../../core/topology/topology.js";
import { COUNTING_PAGE, WEB_XML } from "../../scripts/article/application.js";
import { CountingClient } from "../../scripts/article/client.js";
import type { JavaNode } from "../../scripts/article/java-node.js";
import { TOMCAT_PACKAGES } from "../../scripts/article/tomcat.js";
import { AJP_SECRET, articleTopology } from "../../scripts/article/topology.js";
import { tomcatSite } from "../support/tomcat-site.js";
import type { TomcatSite } from "../support/tomcat-site.js";
import { describeUnpacked } from "../support/unpacked.js";

vi.setConfig({ testTimeout: 800_000 });

/** Each trap is seen on a real Tomcat, and is not there with what is made. */
describeUnpacked("a trap of Tomcat", TOMCAT_PACKAGES, ["apache2", "java"], (root) => {
  let site: TomcatSite;

  beforeEach(async () => {
    site = await tomcatSite(root);
  });

  afterEach(async () => {
    await site.release();
  });

  function article(words: { readonly protocol?: "http" | "ajp"; readonly routed?: boolean; readonly port?: number }) {
    const { protocol = "http", routed = false, port = 8888 } = words;
    const { address, application } = site;
    return articleTopology({ server: "tomcat", address, application, protocol, routed, port });
  }

  /** The page of a node, asked without httpd. */
  function page(node: JavaNode): string {
    return `${node.origin}${COUNTING_PAGE}`;
  }

  async function counts(url: string, cookie?: string): Promise<{ readonly count: number; readonly id: string }> {
    const headers = { connection: "close", ...(cookie === undefined ? {} : { cookie: `JSESSIONID=${cookie}` }) };
    const text = await (await fetch(url, { headers })).text();
    const [, count, id] = /count=(\d+) session=(\S+)/.exec(text) ?? [];
    if (count === undefined || id === undefined) throw new Error(text);
    return { count: Number(count), id };
  }

  async function eventually(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
    const deadline = Date.now() + 120_000;
    while (!(await holds())) {
      if (Date.now() > deadline) throw new Error(`in two minutes: not ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** The start of a node stands still where its application's web.xml is read, until that is let go. */
  interface Held {
    readonly change: (serverXml: string) => string;
    readonly letGo: () => Promise<void>;
  }

  function held(name: string): Held {
    const pipe = join(site.folder, `${name}.xml`);
    execFileSync("mkfifo", ["-m", "644", pipe]);
    return {
      change: (serverXml) => serverXml.replace("<Context ", `<Context altDDName="${pipe}" `),
      letGo: () => writeFile(pipe, WEB_XML.tomcat),
    };
  }

  const STARTING = "Starting Servlet engine";

  test("bindOnInit: the port is open while the application starts; as it is made, it is refused until that serves", async () => {
    const description = article({});
    const hanging = held("node1");
    const early = await site.node(description, "node1", (made) =>
      hanging.change(made).replaceAll(' bindOnInit="false"', ""),
    );
    const starting = early.start();
    await eventually(() => site.log("node1").includes(STARTING), "starting");
    expect(await site.accepts(8380)).toBe(true);
    const asked = fetch(page(early), { headers: { connection: "close" } });
    expect(await Promise.race([asked, new Promise((resolve) => setTimeout(resolve, 300, "nothing yet"))])).toBe(
      "nothing yet",
    );
    await hanging.letGo();
    expect((await asked).status).toBe(200);
    await starting;

    const refusing = held("node2");
    const late = await site.node(description, "node2", refusing.change);
    const started = late.start();
    await eventually(() => site.log("node2").includes(STARTING), "starting");
    expect(await site.accepts(8580)).toBe(false);
    await refusing.letGo();
    await started;
  });

  test("a start beside another starting node asks that one for the sessions, and comes up without them", async () => {
    const description = article({});
    const keeper = await site.node(description, "node3");
    await keeper.start();
    const { id } = await counts(page(keeper));
    const hanging = held("node2");
    const beside = await site.node(description, "node2", hanging.change);
    const starting = beside.start();
    await eventually(() => site.log("node2").includes(STARTING), "starting");
    await eventually(() => site.accepts(4500), "open to its group");
    // It asks the one that it sees first; here it is told of that one only.
    const node = await site.node(description, "node1", (made) => made.replace(/ *<Member .*port="4400".*\n/, ""));
    await node.start();
    expect((await counts(page(node), id)).count).toBe(1);
    await hanging.letGo();
    await starting;

    await Promise.all([node.kill(), beside.kill()]);
    const alone = await site.node(description, "node1");
    await alone.start();
    expect((await counts(page(alone), id)).count).toBe(2);
  });

  test("autoDeploy: 404, which httpd takes for an answer, until the application is found; made is a context of its own", async () => {
    const node = await site.node(article({}), "node1", (made) =>
      made
        .replace(/ *<Context .*\n/, "")
        .replace('autoDeploy="false"', 'autoDeploy="true"')
        .replace("<Engine ", '<Engine backgroundProcessorDelay="1" '),
    );
    const starting = node.start();
    await eventually(() => site.accepts(8380), "open");
    expect((await fetch(page(node))).status).toBe(404);
    const apart = join(site.folder, "apart");
    cpSync(site.application, apart, { recursive: true });
    renameSync(apart, join(site.folder, "node1", "webapps", "demo"));
    await starting;
  });

  test("an application that cannot be read is a 404 or the end of the server: made is a health check that fails on both", async () => {
    const description = article({});
    const file = join(site.folder, "broken.xml");
    const broken = (made: string): string => made.replace("<Context ", `<Context altDDName="${file}" `);
    writeFileSync(file, "<web-app");
    const answering = await site.node(description, "node1", broken);
    const starting = expect(answering.start()).rejects.toThrow("ended while it started");
    await eventually(() => site.accepts(8380), "open");
    expect((await fetch(page(answering))).status).toBe(404);
    const [node] = description.nodes ?? [];
    expect(nodePlan(description, node!).health).toMatchObject({ path: COUNTING_PAGE, failsFrom: 400 });
    await answering.kill();
    await starting;

    writeFileSync(file, WEB_XML.tomcat.replace("*.jsp", "jsp"));
    const ending = await site.node(description, "node2", broken);
    await expect(ending.start()).rejects.toThrow("ended while it started");
    expect(await site.accepts(8580)).toBe(false);
  });

  test("a list that leaves a server out copies nothing, and neither does an application that is not distributable", async () => {
    const description = article({});
    const file = join(site.folder, "local.xml");
    writeFileSync(file, WEB_XML.tomcat.replace("<distributable/>", ""));
    const changes = [
      (made: string): string => made.replace(/ *<Member .*\n/g, ""),
      (made: string): string => made.replace("<Context ", `<Context altDDName="${file}" `),
    ];
    for (const change of changes) {
      const [first, second] = [
        await site.node(description, "node1", change),
        await site.node(description, "node2", change),
      ];
      await first.start();
      await second.start();
      const { id } = await counts(page(first));
      expect((await counts(page(first), id)).count).toBe(2);
      expect((await counts(page(second), id)).count).toBe(1);
      await Promise.all([first.kill(), second.kill()]);
    }
  });

  test("channelSendOptions: by 8 a node is asked before it has the copy, and counts are lost", async () => {
    const description = article({});
    const slow = (made: string): string => made.replace('channelSendOptions="6"', 'channelSendOptions="8"');
    const nodes = [await site.node(description, "node1", slow), await site.node(description, "node2", slow)];
    for (const node of nodes) await node.start();
    let { count, id } = await counts(page(nodes[0]!));
    let requests = 1;
    await eventually(async () => {
      for (let round = 0; round < 50 && count === requests; round++) {
        ({ count, id } = await counts(page(nodes[requests % 2]!), id));
        requests++;
      }
      return count < requests;
    }, "a lost count");
  });

  test("two copies: some sessions are gone with both actives; made is a manager that has them all everywhere", async () => {
    const description = article({});
    const nodes = await Promise.all(
      ["node3", "node1", "node2"].map((name) =>
        site.node(description, name, (made) =>
          made.replace(/<Manager [^>]*>/, '<Manager className="org.apache.catalina.ha.session.BackupManager"/>'),
        ),
      ),
    );
    for (const node of nodes) await node.start();
    const [standby, node1, node2] = nodes as [JavaNode, JavaNode, JavaNode];
    const made = [];
    for (let session = 0; session < 12; session++) made.push((await counts(page(node1))).id);
    await Promise.all([node1.kill(), node2.kill()]);
    const kept = [];
    for (const id of made) if ((await counts(page(standby), id)).count === 2) kept.push(id);
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.length).toBeLessThan(12);
  });

  /** The article with routes, the standby's too where it is said, through a front of its own. */
  function routed(port: number, standby: string): Topology {
    const { address } = site;
    const member = (name: string, at: number, words: string): string =>
      `      ${name}: { url: "http://${address}:${at}", replicationGroup: sessions, retry: 1s, ${words} }`;
    const reading = readSpec(
      `clusters:
  shop:
    stickysession: JSESSIONID|jsessionid
    members:
${member("node1", 8380, "route: node1")}
${member("node2", 8580, "route: node2, loadfactor: 5")}
${member("node3", 8480, `role: standby${standby}`)}
servers:
  web: { listen: ["${address}:${port}"], serverName: localhost, mounts: { /demo/: shop } }
`,
      "routed.yaml",
    );
    if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
    return reading.topology;
  }

  test("routes: a jvmRoute alone loses sessions, a standby's parks them there; made is neither, and every copy is kept", async () => {
    const description = article({ routed: true });
    const nodes = [];
    for (const name of ["node3", "node1", "node2"]) nodes.push(await site.node(description, name));
    for (const node of nodes) await node.start();
    const [standby, node1, node2] = nodes as [JavaNode, JavaNode, JavaNode];

    // Without routes one client is sent everywhere. A node that takes a session over renames it for all of them.
    const old = await counts(page(node1));
    const renamed = await counts(page(node2), old.id);
    expect([old.id, renamed.count, renamed.id]).toEqual([
      expect.stringMatching(/\.node1$/),
      2,
      old.id.replace(/\.node1$/, ".node2"),
    ]);
    // What was sent beside that still bears the old name, and a third node does not know it.
    expect((await counts(page(standby), old.id)).count).toBe(1);

    const made = [];
    for (let session = 0; session < 12; session++) made.push((await counts(page(node1))).id);
    const parking = await site.front(routed(8888, ", route: node3"), "parking");
    const returning = await site.front(routed(8889, ""), "returning");
    const clients = [parking, returning].map((origin) => new CountingClient(`${origin}${COUNTING_PAGE}`));
    const [parked, returned] = clients as [CountingClient, CountingClient];
    for (const client of clients) expect(["node1", "node2"]).toContain((await client.ask()).node);

    await Promise.all([node1.kill(), node2.kill()]);
    for (const id of made) expect((await counts(page(standby), id)).count).toBe(2);
    for (const client of clients) expect(await client.ask()).toMatchObject({ node: "node3", count: 2 });

    for (const node of [node1, node2]) await node.start();
    for (const origin of [parking, returning]) {
      await eventually(
        async () => (await new CountingClient(`${origin}${COUNTING_PAGE}`).ask()).node !== "node3",
        "an active that is asked again",
      );
    }
    for (let count = 3; count < 9; count++) expect(await parked.ask()).toMatchObject({ node: "node3", count });
    for (let count = 3; count < 9; count++) {
      const { node, count: counted } = await returned.ask();
      expect([node === "node3", counted]).toEqual([false, count]);
    }
  });

  test("routes: a system property is none by itself; ${jvmRoute} in server.xml takes it, as in a pod with -DjvmRoute", async () => {
    const taking = (xml: string): string => xml.replace('<Engine name="Catalina"', '$& jvmRoute="${jvmRoute}"');
    const nodes = [await site.node(article({}), "node1"), await site.node(article({}), "node2", taking)];
    const loader = 'common.loader="${catalina.home}/lib","${catalina.home}/lib/*.jar"';
    for (const name of ["node1", "node2"]) {
      const file = join(site.folder, name, "conf", "catalina.properties");
      writeFileSync(file, `${loader}\njvmRoute=shop-0\n`);
    }
    await Promise.all(nodes.map((node) => node.start()));
    const ids = await Promise.all(nodes.map(async (node) => (await counts(page(node))).id));
    expect(ids.map((id) => id.replace(/^[0-9A-F]+/, ""))).toEqual(["", ".shop-0"]);
  });

  /** The statuses of requests through a front whose members give this secret. */
  async function statuses(port: number, change: (conf: string) => string): Promise<readonly number[]> {
    const origin = await site.front(article({ protocol: "ajp", port }), `front${port}`, change);
    const answered: number[] = [];
    for (let request = 0; request < 4; request++) {
      const answer = await fetch(`${origin}${COUNTING_PAGE}`, { headers: { connection: "close" } });
      await answer.arrayBuffer();
      answered.push(answer.status);
    }
    return answered;
  }

  test("a wrong AJP secret is a 403 that httpd takes for an answer; made is the same secret at both ends", async () => {
    // Of the three nodes one runs: the others are refused, and httpd goes on to this one.
    const node = await site.node(article({ protocol: "ajp" }), "node1");
    await node.start();
    const wrong = (conf: string): string => conf.replaceAll(`secret=${AJP_SECRET}`, `secret=${AJP_SECRET}2`);
    expect(await statuses(8888, (conf) => conf)).toEqual([200, 200, 200, 200]);
    expect(await statuses(8889, wrong)).toEqual([403, 403, 403, 403]);
    // Counted as a failure it is the answer of whoever met it all the same.
    const failing = (conf: string): string => wrong(conf).replace("ProxySet ", "ProxySet failonstatus=403 ");
    expect((await statuses(8890, failing))[0]).toBe(403);
  });

  test("an AJP connector that asks for a secret and has none does not start; made is one that has it, opened before HTTP", async () => {
    const description = article({ protocol: "ajp" });
    const without = (made: string): string => made.replace(/(secretRequired="true") secret="[^"]*"/, "$1");
    const [closed, open] = [await site.node(description, "node1", without), await site.node(description, "node2")];
    await closed.start();
    // HTTP is opened behind AJP: where it answers, nothing more is opened.
    expect(await site.accepts(8309)).toBe(false);
    await open.start();
    expect(await site.accepts(8509)).toBe(true);
  });
});
