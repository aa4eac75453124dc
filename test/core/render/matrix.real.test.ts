import type { Server } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { fillText } from "../../../core/render/files.js";
import { renderTopology } from "../../../core/render/render.js";
import { buildTopology } from "../../../core/topology/build.js";
import { claimLoopback } from "../../../live/ports.js";
import type { Loopback } from "../../../live/ports.js";
import { describeReal } from "../../support/real.js";
import { BACKENDS, selfSigned } from "./backends.js";
import type { Protocol } from "./backends.js";
import { FEATURES, answered, get } from "./features.js";
import type { Feature, Surroundings } from "./features.js";
import { configTest, errorLog, sandbox, tryOut } from "./real-httpd.js";
import type { Sandbox } from "./real-httpd.js";

describeReal("what is rendered, on a real httpd", ["apache2"], () => {
  let loopback: Loopback;
  let box: Sandbox;
  let around: Surroundings;
  const servers: Server[] = [];

  beforeAll(async () => {
    loopback = await claimLoopback();
    box = sandbox();
    const { address } = loopback;
    const certificate = selfSigned(box.folder, address);
    const backends: Partial<Record<Protocol, number>> = {};
    for (const [protocol, create] of Object.entries(BACKENDS)) {
      const port = await loopback.freePort();
      servers.push(await listening(create(certificate), { host: address, port }));
      backends[protocol as Protocol] = port;
    }
    const socket = join(box.folder, "backend.sock");
    servers.push(await listening(BACKENDS.http(), { path: socket, writableAll: true, readableAll: true }));
    const [port, deadPort] = [await loopback.freePort(), await loopback.freePort()];
    around = { address, port, deadPort, socket, certificate, backends: backends as Record<Protocol, number> };
  });

  afterAll(async () => {
    for (const server of servers) server.close();
    box.remove();
    await loopback.release();
  });

  function confOf({ topology }: Feature): string {
    const rendered = renderTopology(buildTopology(topology(around)), { layout: box.layout });
    if (!rendered.ok) throw new Error(JSON.stringify(rendered.problems));
    return fillText(rendered.files[0]?.text ?? "", () => "");
  }

  const probe =
    ({ works }: Feature) =>
    async (): Promise<boolean> =>
      works === undefined ? answered(await get(around, "/")) : works(around);

  it.each(Object.entries(FEATURES))("starts with %s and serves", async (_name, feature) => {
    const conf = confOf(feature);
    const outcome = await tryOut(box, conf, around, probe(feature));
    expect(outcome === "works" ? outcome : `${outcome}\n${configTest(box, conf) ?? ""}\n${errorLog(box)}`).toBe(
      "works",
    );
  });

  it.each(Object.entries(FEATURES))(
    "loads with %s no module it could do without",
    async (_name, feature) => {
      const conf = confOf(feature);
      for (const line of conf.split("\n").filter((text) => text.startsWith("LoadModule "))) {
        const without = conf.replace(`${line}\n`, "");
        expect([line, await tryOut(box, without, around, probe(feature), feature.deadline ?? 300)]).not.toEqual([
          line,
          "works",
        ]);
      }
    },
    120_000,
  );
});

function listening(server: Server, options: object): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(options, () => {
      server.unref();
      resolve(server);
    });
  });
}
