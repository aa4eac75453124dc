import { expect, it } from "vitest";
import { runCommand } from "../../support/command.js";
import { describeReal } from "../../support/real.js";

interface Share {
  readonly member: string | null;
  readonly status: number;
  readonly least: number;
  readonly most: number;
}

const A = "http://h:1";
const B = "http://h:2";

/** What the model says of the last step, and what the real httpd did. */
async function playOn(members: readonly string[], settings: string, steps: readonly string[]) {
  const lines = members.map((member) => `  BalancerMember ${member}\n`).join("");
  const files = {
    "httpd.conf": `<Proxy balancer://c>\n${lines}  ProxySet ${settings}\n</Proxy>\nProxyPass / balancer://c/\n`,
    "scenario.yaml": `steps:\n${steps.map((step) => `  - ${step}\n`).join("")}`,
  };
  const words = ["httpd.conf", "--scenario", "scenario.yaml", "--json"];
  const simulated = await runCommand(["simulate", ...words], files);
  const told = JSON.parse(simulated.stdout) as { readonly steps: readonly { readonly shares?: readonly Share[] }[] };
  const rehearsed = await runCommand(["rehearse", ...words], files);
  expect(rehearsed.stdout, rehearsed.stderr).not.toBe("");
  const { picks } = JSON.parse(rehearsed.stdout) as {
    readonly picks: readonly {
      readonly member: string | null;
      readonly status: number;
      readonly step: number;
      readonly agrees: boolean;
    }[];
  };
  const last = Math.max(...picks.map(({ step }) => step));
  const own = picks.filter(({ step }) => step === last);
  const count = (member: string | null) => own.filter((pick) => pick.member === member).length;
  return { shares: told.steps.at(-1)?.shares ?? [], own, count, different: picks.filter(({ agrees }) => !agrees) };
}

/**
 * The bounds of the model are left one time in ten thousand if the pace of this machine is among those it plays: of the
 * nine shares below, one in a thousand runs errs.
 */
describeReal("several clients at the same time", ["apache2"], () => {
  it("byrequests: the counts are exactly those of one client, whatever the order", async () => {
    const { shares, count, different } = await playOn([A, `${B} loadfactor=5`], "lbmethod=byrequests", [
      "request: { count: 1200, clients: 8 }",
    ]);
    expect(shares.map(({ member, least, most }) => [member, least, most])).toEqual([
      [B, 1000, 1000],
      [A, 200, 200],
    ]);
    expect([count(A), count(B)]).toEqual([200, 1000]);
    expect(different).toEqual([]);
  }, 180_000);

  it.each([
    ["fast members", "{ count: 1600, clients: 8 }", 0.3],
    ["members that take 20 ms", "{ count: 800, clients: 8 }", 0.47],
  ])(
    "bybusyness with load factors 1:5 and %s: the light one gets far more than a sixth",
    async (_, request, least) => {
      const delay = request.includes("800")
        ? [`respond: { member: "${A}", delay: 20ms }`, `respond: { member: "${B}", delay: 20ms }`]
        : [];
      const { shares, own, count, different } = await playOn([A, `${B} loadfactor=5`], "lbmethod=bybusyness", [
        ...delay,
        `request: ${request}`,
      ]);
      const light = shares.find(({ member }) => member === A);
      expect(light).toBeDefined();
      expect(count(A)).toBeGreaterThanOrEqual(light!.least);
      expect(count(A)).toBeLessThanOrEqual(light!.most);
      expect(count(A) / own.length).toBeGreaterThan(least);
      expect(different).toEqual([]);
    },
    180_000,
  );

  it("bytraffic: traffic is what is balanced, also with several under way", async () => {
    const { shares, count, different } = await playOn([A, `${B} loadfactor=5`], "lbmethod=bytraffic", [
      `respond: { member: "${A}", body: 1000 }`,
      `respond: { member: "${B}", body: 1000 }`,
      "request: { count: 1200, clients: 8 }",
    ]);
    const heavy = shares.find(({ member }) => member === B)!;
    expect(heavy.most - heavy.least).toBeLessThan(120);
    expect(count(B)).toBeGreaterThanOrEqual(heavy.least);
    expect(count(B)).toBeLessThanOrEqual(heavy.most);
    expect(different).toEqual([]);
  }, 180_000);

  it("a member that refuses costs no client its answer, one that closes costs the requests that meet it theirs", async () => {
    const refused = await playOn([A, B], "lbmethod=byrequests", [
      `stop: "${A}"`,
      "request: { count: 400, clients: 8 }",
    ]);
    expect(refused.shares.map(({ member, status }) => [member, status])).toEqual([[B, 200]]);
    expect(refused.different).toEqual([]);
    const closed = await playOn([A, B], "lbmethod=byrequests", [
      `respond: { member: "${A}", failure: closes }`,
      "request: { count: 400, clients: 8 }",
    ]);
    const failed = closed.shares.find(({ member }) => member === null)!;
    expect(failed).toMatchObject({ status: 502, least: 200, most: 200 });
    expect(closed.different).toEqual([]);
  }, 180_000);

  it("each client keeps a jar of its own: sessions stay, and the first turns say how many go where", async () => {
    const { shares, different } = await playOn([`${A} route=r1`, `${B} route=r2`], "stickysession=SID", [
      "request: { count: 8, clients: 8, jar: true }",
      "request: { count: 400, clients: 8, jar: true }",
    ]);
    expect(shares).toHaveLength(2);
    expect(different).toEqual([]);
  }, 180_000);
});
