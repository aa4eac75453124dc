import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ChildProcess } from "node:child_process";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { describeReal } from "../../support/real.js";
import { sshLab } from "../../support/ssh-lab.js";
import { sshSite } from "../../support/ssh-site.js";
import type { Lab, LabHost, LabLoad } from "../../support/ssh-lab.js";

vi.setConfig({ testTimeout: 900_000 });

/** Reloads of each kind; the campaign makes 20. */
const RELOADS = Number(process.env["DEPLOYS"] ?? 3);

/** Connections that are kept, and may each be reset once a reload. */
const CLIENTS = 8;

/**
 * In the place of the balancer before the fronts: it keeps connections to clients and to fronts, and gives a request to
 * those fronts only whose file is there.
 */
const BALANCER = `import { existsSync } from "node:fs";
import { Agent, createServer, request } from "node:http";
const [address, folder, ...fronts] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true });
let turn = 0;
createServer((asked, answer) => {
  const open = fronts.filter((front) => existsSync(folder + "/" + front));
  const sent = request({ host: open[turn++ % open.length], path: asked.url, agent }, (got) => {
    answer.writeHead(got.statusCode, { "content-length": got.headers["content-length"] });
    got.pipe(answer);
  });
  sent.on("error", (error) => answer.writeHead(502).end(error.message));
  sent.end();
}).listen(80, address);
`;

describeReal(
  "deploys beside clients that keep connections",
  ["terraform", "apache2", "sshd", "sudo", "unshare"],
  () => {
    let lab: Lab;
    let front: LabHost;
    let site: ReturnType<typeof sshSite>;
    let balancer: ChildProcess | undefined;

    beforeAll(async () => {
      lab = await sshLab(2);
      front = lab.hosts[0]!;
      site = sshSite(lab);
      await lab.member(8381);
      await lab.member(8382);
      site.write();
      await site.init();
      lab.hosts.forEach(site.prepare);
      expect(await site.apply()).toMatchObject({ status: 0 });
    });

    afterAll(() => {
      balancer?.kill("SIGKILL");
      lab.end();
    });

    /** Requests, and those of them that were lost, while something is done. */
    async function during(load: LabLoad, act: () => Promise<void>) {
      const running = await lab.load(CLIENTS, { connections: "kept", ...load });
      await act();
      const results = await running.end();
      return {
        requests: results.reduce((sum, result) => sum + result.requests, 0),
        lost: results.flatMap((result) => result.lost),
      };
    }

    async function deploy(weight: number, wanted = {}): Promise<void> {
      site.write({ members: { 8381: 1, 8382: weight }, ...wanted });
      const { status, output } = await site.apply();
      expect(status, output).toBe(0);
    }

    test("a deploy resets no more of them than a plain graceful reload of the same front does", async () => {
      const counts = { deploys: 0, plain: 0, requests: 0 };
      const addresses = [front.address];
      for (let round = 0; round < RELOADS; round++) {
        const deployed = await during({ addresses }, () => deploy(2 + round));
        const plain = await during({ addresses }, () => {
          front.run("apache2 -k graceful; sleep 1");
          return Promise.resolve();
        });
        counts.deploys += deployed.lost.length;
        counts.plain += plain.lost.length;
        counts.requests += deployed.requests + plain.requests;
      }
      console.info(
        `${RELOADS} reloads of each kind, ${CLIENTS} kept connections, ${counts.requests} requests: ${counts.deploys} reset by deploys, ${counts.plain} by plain graceful reloads`,
      );
      // Each connection is reset or not by chance: three standard deviations of a sum of that many chances.
      expect(counts.deploys).toBeLessThanOrEqual(counts.plain + 3 * Math.sqrt(counts.plain + 1));
      expect(counts.requests).toBeGreaterThan(100 * RELOADS);
    });

    test("none is reset where each front is out of the balancing address while it is touched", async () => {
      const open = join(lab.folder, "open");
      mkdirSync(open);
      for (const { address } of lab.hosts) writeFileSync(join(open, address), "");
      writeFileSync(join(lab.folder, "balancer.mjs"), BALANCER);
      const addresses = lab.hosts.map(({ address }) => address);
      balancer = lab.inside(process.execPath, [join(lab.folder, "balancer.mjs"), lab.members, open, ...addresses]);
      await vi.waitFor(() => {
        expect(lab.get(`http://${lab.members}/`)).toMatch(/^838[12]\n$/);
      }, 10_000);
      const outIn = { out: `rm ${open}/$ADDRESS; sleep 0.5`, in: `touch ${open}/$ADDRESS` };
      const { requests, lost } = await during({ addresses: [lab.members] }, async () => {
        for (let round = 0; round < RELOADS; round++) await deploy(12 + round, { outIn });
      });
      console.info(`${RELOADS} deploys to 2 fronts behind one address: ${requests} requests, ${lost.length} lost`);
      expect(lost).toEqual([]);
      expect(requests).toBeGreaterThan(100 * RELOADS);
      rmSync(open, { recursive: true });
    });
  },
);
