import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { describeReal } from "../../support/real.js";
import { sshLab } from "../../support/ssh-lab.js";
import { sshSite } from "../../support/ssh-site.js";
import type { Lab, LabHost, LabLoad } from "../../support/ssh-lab.js";
import type { Wanted } from "../../support/ssh-site.js";

vi.setConfig({ testTimeout: 900_000, hookTimeout: 300_000 });

/** Consecutive deploys. */
const DEPLOYS = Number(process.env["DEPLOYS"] ?? 20);

/** Requests that are sent at least while that many deploys are made. */
const REQUESTS = 1_000 * DEPLOYS;

/** Deploys beside clients that keep their connections, and plain reloads beside them; the campaign plays more. */
const KEPT = Number(process.env["KEPT"] ?? 1);

/** Connections that are kept. */
const CLIENTS = 8;

/** Weights change, members come and go, and one is drained. */
const KINDS: readonly Pick<Wanted, "members" | "drained">[] = [
  { members: { 8381: 1, 8382: 5 } },
  { members: { 8381: 2, 8382: 5, 8383: 1 } },
  { members: { 8381: 2, 8382: 5, 8383: 1 }, drained: 8381 },
  { members: { 8382: 3, 8383: 1 } },
  { members: { 8381: 4, 8382: 3 } },
];

/** Ends when every process of the old generation has ended. */
const PLAIN = `old=$(pgrep -P "$(cat /run/apache2/apache2.pid)"); apache2 -k graceful
for child in $old; do left=100; while [ -e "/proc/$child" ] && [ $left -gt 0 ]; do sleep 0.1; left=$((left - 1)); done; done`;

describeReal("deploys to two fronts under load", ["terraform", "apache2", "sshd", "sudo", "unshare"], () => {
  let lab: Lab;
  let site: ReturnType<typeof sshSite>;

  beforeAll(async () => {
    lab = await sshLab(2);
    site = sshSite(lab);
    for (const port of [8381, 8382, 8383]) await lab.member(port);
    site.write({ manager: true, live: "carry" });
    await site.init();
    lab.hosts.forEach(site.prepare);
    expect(await site.apply()).toMatchObject({ status: 0 });
  });

  afterAll(() => {
    lab.end();
  });

  test(`${DEPLOYS} in a row lose no request of a client with a connection a request`, async () => {
    const load = await lab.load(2, { atLeast: REQUESTS / lab.hosts.length });
    for (let deploy = 0; deploy < DEPLOYS; deploy++) {
      site.write({ manager: true, live: "carry", ...KINDS[deploy % KINDS.length] });
      const { status, output } = await site.apply();
      expect(status, output).toBe(0);
    }
    const results = await load.end();
    const requests = results.reduce((sum, result) => sum + result.requests, 0);
    console.info(
      `${DEPLOYS} deploys to 2 fronts, 4 clients: ${requests} requests, ${results.map(({ lost }) => lost.length).join(" + ")} lost`,
    );
    expect(results.map(({ lost }) => lost)).toEqual([[], []]);
    expect(requests).toBeGreaterThanOrEqual(REQUESTS);
  });

  /** Requests on kept connections, and those of them that were lost, while something is done. */
  async function during(load: LabLoad, act: () => Promise<void>) {
    const running = await lab.load(CLIENTS, { connections: "kept", ...load });
    await act();
    const results = await running.end();
    return {
      requests: results.reduce((sum, result) => sum + result.requests, 0),
      lost: results.flatMap((result) => result.lost).length,
    };
  }

  async function deploy(weight: number, wanted: Wanted = {}): Promise<void> {
    site.write({ manager: true, live: "carry", members: { 8381: 1, 8382: weight }, ...wanted });
    const { status, output } = await site.apply();
    expect(status, output).toBe(0);
  }

  test("one resets no more kept connections than a plain graceful reload of the same front does", async () => {
    const [front] = lab.hosts as readonly [LabHost];
    const counts = { deploys: 0, plain: 0, requests: 0 };
    for (let round = 0; round < KEPT; round++) {
      const deployed = await during({ addresses: [front.address] }, () => deploy(6 + round));
      const plain = await during({ addresses: [front.address] }, () => {
        front.run(PLAIN);
        return Promise.resolve();
      });
      counts.deploys += deployed.lost;
      counts.plain += plain.lost;
      counts.requests += deployed.requests + plain.requests;
    }
    console.info(
      `${KEPT} reloads of each kind, ${CLIENTS} kept connections, ${counts.requests} requests: ${counts.deploys} reset by deploys, ${counts.plain} by plain graceful reloads`,
    );
    // A plain one may reset each connection; how many it does is chance, so that few of them say little about the next ones.
    const chance = counts.plain + 4 * Math.sqrt(counts.plain + 1);
    expect(counts.deploys).toBeLessThanOrEqual(KEPT < 10 ? Math.max(chance, KEPT * CLIENTS) : chance);
    expect(counts.requests).toBeGreaterThan(100 * KEPT);
  });

  test("none is reset where each front is out of the balancing address while it is touched", async () => {
    const stop = await lab.balancer();
    const control = `curl -sf -m 20 http://${lab.members}:81`;
    const outIn = { out: `${control}/out/$ADDRESS`, in: `${control}/in/$ADDRESS` };
    const { requests, lost } = await during({ addresses: [lab.members] }, async () => {
      for (let round = 0; round < KEPT; round++) await deploy(30 + round, { outIn });
    });
    stop();
    console.info(`${KEPT} deploys to 2 fronts behind one address: ${requests} requests, ${lost} lost`);
    expect(lost).toBe(0);
    expect(requests).toBeGreaterThan(100 * KEPT);
  });
});
