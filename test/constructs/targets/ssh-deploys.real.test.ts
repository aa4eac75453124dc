import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { describeReal } from "../../support/real.js";
import { sshLab } from "../../support/ssh-lab.js";
import { sshSite } from "../../support/ssh-site.js";
import type { Lab } from "../../support/ssh-lab.js";
import type { Wanted } from "../../support/ssh-site.js";

vi.setConfig({ testTimeout: 900_000 });

/** Consecutive deploys; the campaign plays 20. */
const DEPLOYS = Number(process.env["DEPLOYS"] ?? 2);

/** Weights change, members come and go. */
const KINDS: readonly Wanted["members"][] = [
  { 8381: 1, 8382: 5 },
  { 8381: 2, 8382: 5, 8383: 1 },
  { 8382: 3, 8383: 1 },
  { 8381: 4, 8382: 3 },
];

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
    const load = await lab.load(2);
    for (let deploy = 0; deploy < DEPLOYS; deploy++) {
      site.write({ manager: true, live: "carry", members: KINDS[deploy % KINDS.length]! });
      const { status, output } = await site.apply();
      expect(status, output).toBe(0);
    }
    const results = await load.end();
    const requests = results.reduce((sum, result) => sum + result.requests, 0);
    console.info(
      `${DEPLOYS} deploys to 2 fronts, 4 clients: ${requests} requests, ${results.map(({ lost }) => lost.length).join(" + ")} lost`,
    );
    expect(results.map(({ lost }) => lost)).toEqual([[], []]);
    expect(requests).toBeGreaterThan(100 * DEPLOYS);
  });
});
