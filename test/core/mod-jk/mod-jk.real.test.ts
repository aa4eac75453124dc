import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { jkPicks } from "../../../core/mod-jk/picks.js";
import { readProperties } from "../../../core/server-files/read-workers.js";
import { renderModJk } from "../../../core/mod-jk/render-mod-jk.js";
import { readSpec } from "../../../core/spec/read-spec.js";
import { claimLoopback } from "../../../live/ports.js";
import type { Loopback } from "../../../live/ports.js";
import { createStubNode } from "../../../live/stub-node.js";
import type { StubNode } from "../../../live/stub-node.js";
import { component } from "../../support/real.js";
import { describeUnpacked } from "../../support/unpacked.js";
import { sandbox } from "../render/real-httpd.js";
import type { Sandbox } from "../render/real-httpd.js";

describeUnpacked("a cluster on a real mod_jk", ["libapache2-mod-jk"], ["apache2"], (packages) => {
  let box: Sandbox;
  let loopback: Loopback;
  let nodes: readonly StubNode[];
  let httpd: ChildProcess | undefined;
  let port: number;

  beforeAll(async () => {
    box = sandbox();
    loopback = await claimLoopback();
    nodes = await Promise.all(["n1", "n2", "n3"].map((name) => createStubNode(name, loopback, { scheme: "ajp" })));
    await Promise.all(nodes.map((node) => node.start()));
    port = await loopback.freePort();
  });

  afterEach(stop);

  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.stop()));
    await loopback.release();
    box.remove();
  });

  /** Changes the workers.properties that was made. */
  type Change = (made: string) => string;

  /** Starts httpd with mod_jk afresh, and gives back what the workers were read as. */
  async function start(
    retry: string,
    maintain: number,
    change: Change = (made) => made,
  ): Promise<ReturnType<typeof readProperties>> {
    const [n1, n2, n3] = nodes.map(({ authority }) => `url: "ajp://${authority}"`);
    const reading = readSpec(
      `clusters:
  shop:
    stickysession: JSESSIONID|jsessionid
    members:
      n1: { ${n1}, route: n1, loadfactor: 1, retry: ${retry} }
      n2: { ${n2}, route: n2, loadfactor: 5, retry: ${retry} }
      n3: { ${n3}, role: standby, retry: ${retry} }
servers:
  web:
    listen: ["${loopback.address}:${port}"]
    serverName: localhost
    mounts: { /app/: shop, /closed/: { to: shop, access: denied } }
`,
      "jk.yaml",
    );
    if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
    const rendered = renderModJk(reading.topology, { ...box.layout, configFile: join(box.folder, "httpd.conf") });
    if (!rendered.ok) throw new Error(JSON.stringify(rendered.problems));
    const [conf, made] = rendered.files.map(({ text }) => text as string);
    const workers = change(made!);
    const file = join(box.folder, "httpd.conf");
    const module = join(packages, "usr/lib/apache2/modules/mod_jk.so");
    writeFileSync(file, conf!.replace(/\S+\/mod_jk\.so/, module));
    // Each maintenance halves what was counted, on a clock of its own: none comes while the picks are asked for.
    writeFileSync(
      join(box.folder, "workers.properties"),
      workers.replace(/^worker\.maintain=.*$/m, `worker.maintain=${maintain}`),
    );
    const verdict = spawnSync(component("apache2"), ["-t", "-f", file], { encoding: "utf8" });
    expect(verdict.stderr).toMatch(/^Syntax OK$/m);
    httpd = spawn(component("apache2"), ["-f", file, "-DFOREGROUND"], { stdio: "ignore" });
    while ((await ask("/nowhere")).status === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    return readProperties(workers);
  }

  async function stop(): Promise<void> {
    if (httpd === undefined) return;
    const ended = once(httpd, "exit");
    httpd.kill("SIGTERM");
    await ended;
    httpd = undefined;
  }

  interface Answer {
    readonly status: number;
    readonly by: string | undefined;
  }

  async function ask(path: string, cookie?: string): Promise<Answer> {
    const headers = { connection: "close", ...(cookie === undefined ? {} : { cookie }) };
    try {
      const answer = await fetch(`http://${loopback.address}:${port}${path}`, { headers });
      await answer.arrayBuffer();
      return { status: answer.status, by: answer.headers.get("x-stub-node") ?? undefined };
    } catch {
      return { status: 0, by: undefined };
    }
  }

  async function askOften(count: number): Promise<readonly (string | undefined)[]> {
    const answers: (string | undefined)[] = [];
    for (let request = 0; request < count; request++) answers.push((await ask("/app/x")).by);
    return answers;
  }

  test("is picked as the model says, sticks, keeps closed what is closed, and leaves the rest alone", async () => {
    const { workers } = await start("600s", 600);
    const { picks, exact } = jkPicks(workers.balancers[0]!, 24);
    expect(exact).toBe(true);
    expect(await askOften(24)).toEqual(picks);
    const kept = [await ask("/app/x", "JSESSIONID=a.n2"), await ask("/app/x;jsessionid=a.n1")];
    expect(kept.map(({ by }) => by)).toEqual(["n2", "n1"]);
    expect(await ask("/closed/x")).toEqual({ status: 403, by: undefined });
    expect((await ask("/other")).by).toBeUndefined();
  });

  test("is served by the standby while both actives are down, and by an active behind the time in error", async () => {
    await start("1s", 1);
    const [n1, n2] = nodes;
    expect((await ask("/app/x", "JSESSIONID=a.n3")).by).not.toBe("n3");
    await Promise.all([n1!.stop(), n2!.stop()]);
    expect(await askOften(3)).toEqual(["n3", "n3", "n3"]);
    await Promise.all([n1!.start(), n2!.start()]);
    expect(["n1", "n2"]).toContain(await activeAgain(30_000));
  });

  /** The active that answers a new client, once the standby does not any more; undefined while that still does. */
  async function activeAgain(milliseconds: number): Promise<string | undefined> {
    const deadline = Date.now() + milliseconds;
    while (Date.now() < deadline) {
      const { by } = await ask("/app/x");
      if (by !== "n3") return by;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    return undefined;
  }

  /** What the standby is in workers.properties; made is a distance and a route that no server bears. */
  function standbyAs(...lines: readonly string[]): Change {
    return (made) =>
      [
        ...made.split("\n").filter((line) => !/^worker\.n3\.(distance|route|activation)=/.test(line)),
        ...lines,
        "",
      ].join("\n");
  }

  const REDIRECTS = ["worker.n1.redirect=n3", "worker.n2.redirect=n3"];

  test.each([
    ["a distance, and the worker's name for a route", ["worker.n3.distance=1"], "n3"],
    ["a disabled worker that others redirect to", ["worker.n3.activation=disabled", ...REDIRECTS], "n3"],
    ["a stopped worker that others redirect to", ["worker.n3.activation=stopped", ...REDIRECTS], undefined],
  ])("parks sessions at a standby that is %s, or has none to go to", async (_, lines, standby) => {
    await start("600s", 600, standbyAs(...lines));
    // All serve: a session that the standby made stays there, unless that is stopped.
    const parked = await ask("/app/x", "JSESSIONID=a.n3");
    expect(parked.by === "n3").toBe(standby === "n3");
    const [n1, n2] = nodes;
    await Promise.all([n1!.stop(), n2!.stop()]);
    const left = await ask("/app/x");
    await Promise.all([n1!.start(), n2!.start()]);
    expect(left).toEqual(standby === undefined ? { status: 503, by: undefined } : { status: 200, by: standby });
  });

  test("does not ask an active again without a maintenance, however short its time in error is", async () => {
    await start("1s", 600);
    const [n1, n2] = nodes;
    await Promise.all([n1!.stop(), n2!.stop()]);
    expect((await ask("/app/x")).by).toBe("n3");
    await Promise.all([n1!.start(), n2!.start()]);
    // Five times the time in error; as it is written, with a maintenance, it is asked again (above).
    expect(await activeAgain(5_000)).toBeUndefined();
  });

  test.each([
    ["R, which counts them", "R", ["n2"]],
    ["S, which does not", "S", ["n1", "n2"]],
  ])("shares new clients out after twelve requests of a session by method %s", async (_, method, answering) => {
    await start("600s", 600, (made) => made.replace(/\.method=.*$/m, `.method=${method}`));
    for (let request = 0; request < 12; request++) expect((await ask("/app/x", "JSESSIONID=a.n1")).by).toBe("n1");
    expect([...new Set(await askOften(24))].toSorted()).toEqual(answering);
  });
});
