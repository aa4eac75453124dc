import { expect, it } from "vitest";
import { runCommand } from "../../support/command.js";
import { describeReal } from "../../support/real.js";

interface Cost {
  readonly member: string;
  readonly failedRequests: number;
  readonly firstRefused: boolean;
  readonly backWithinSeconds: number;
  readonly sessions: unknown;
  readonly hang: { readonly status: number; readonly afterSeconds: number; readonly inError: boolean };
}

const A = "http://h:1";
const B = "http://h:2";

async function told(members: readonly string[], settings: string, steps: readonly string[]) {
  const lines = members.map((member) => `  BalancerMember ${member}\n`).join("");
  const files = {
    "httpd.conf": `<Proxy balancer://c>\n${lines}  ProxySet ${settings}\n</Proxy>\nProxyPass / balancer://c/\n`,
    "scenario.yaml": `steps:\n${steps.map((step) => `  - ${step}\n`).join("")}`,
  };
  const explained = await runCommand(["explain", "httpd.conf", "--json"], files);
  const rehearsed = await runCommand(["rehearse", "httpd.conf", "--scenario", "scenario.yaml", "--json"], files);
  const found = /"failures":(\[.*?\])/s.exec(explained.stdout.replaceAll("\n", ""))?.[1] ?? "[]";
  const { picks } = JSON.parse(rehearsed.stdout) as {
    readonly picks: readonly {
      readonly member: string | null;
      readonly status: number;
      readonly milliseconds: number;
    }[];
  };
  return { cost: (JSON.parse(found) as readonly Cost[])[0]!, picks };
}

describeReal("what explain says of a failure is what httpd does", ["apache2"], () => {
  it("a single member: requests are refused while it is away, and answered at once on its return", async () => {
    const { cost, picks } = await told([A], "lbmethod=byrequests", [
      `stop: "${A}"`,
      "request: 4",
      `start: "${A}"`,
      "request: 1",
    ]);
    expect(cost).toMatchObject({ failedRequests: 100, firstRefused: true, backWithinSeconds: 0 });
    expect(picks.map(({ status }) => status)).toEqual([503, 503, 503, 503, 200]);
  }, 60_000);

  it("nofailover: sessions of the failed member are refused, all other requests are answered", async () => {
    const { cost, picks } = await told([`${A} route=r1`, `${B} route=r2`], "stickysession=SID nofailover=On", [
      `stop: "${A}"`,
      "request: 3",
      "request: { count: 3, cookies: { SID: x.r1 } }",
    ]);
    expect(cost).toMatchObject({ member: A, failedRequests: 0, sessions: "refused" });
    expect(picks.map(({ status }) => status)).toEqual([200, 200, 200, 503, 503, 503]);
  }, 60_000);

  it.each([
    ["lbmethod=byrequests", false],
    ["failontimeout=On", true],
  ] as const)(
    "a hanging member with %s: in error %s, after its timeout",
    async (settings, isOut) => {
      const { cost, picks } = await told([`${A} timeout=1`, `${B} timeout=1`], settings, [
        `respond: { member: "${A}", failure: hang }`,
        "request: 1",
        `respond: { member: "${A}", status: 200 }`,
        "request: 2",
      ]);
      expect(cost.hang).toEqual({ status: 502, afterSeconds: 1, inError: isOut });
      expect(picks[0]?.status).toBe(502);
      expect(picks.slice(1).some(({ member }) => member === A)).toBe(!isOut);
    },
    60_000,
  );

  it("a hanging AJP member: another one answers a GET", async () => {
    const members = ["ajp://h:1 timeout=1", "ajp://h:2 timeout=1"];
    const { cost, picks } = await told(members, "lbmethod=byrequests", [
      'respond: { member: "ajp://h:1", failure: hang }',
      "request: 2",
    ]);
    expect(cost.hang).toEqual({ status: 200, afterSeconds: 1, inError: true });
    expect(picks.map(({ status, member }) => [status, member])).toEqual([
      [200, "ajp://h:2"],
      [200, "ajp://h:2"],
    ]);
  }, 60_000);
});
