import { expect, it } from "vitest";
import { runCommand } from "../../support/command.js";
import { describeReal } from "../../support/real.js";

interface Played {
  readonly member: string | null;
  readonly status: number;
  readonly agrees: boolean;
}

async function playOn(members: readonly string[], settings: string, steps: readonly string[]) {
  const lines = members.map((member) => `  BalancerMember ${member}\n`).join("");
  const files = {
    "httpd.conf": `<Proxy balancer://c>\n${lines}  ProxySet ${settings}\n</Proxy>\nProxyPass / balancer://c/\n`,
    "scenario.yaml": `steps:\n${steps.map((step) => `  - ${step}\n`).join("")}`,
  };
  const { stdout, stderr } = await runCommand(
    ["rehearse", "httpd.conf", "--scenario", "scenario.yaml", "--json"],
    files,
  );
  expect(stdout, stderr).not.toBe("");
  const { picks } = JSON.parse(stdout) as { readonly picks: readonly Played[] };
  expect(picks.filter(({ agrees }) => !agrees)).toEqual([]);
  return picks.map(({ member, status }) => (member === null ? String(status) : member.slice(-1)));
}

const STICKY = ["http://h:1 route=r1", "http://h:2 route=r2", "http://h:3 route=r3"];

describeReal("a client of a scenario", ["apache2"], () => {
  it("with a jar stays where its session is, moves when the member fails, and stays there", async () => {
    const told = await playOn(STICKY, "stickysession=JSESSIONID", [
      "request: { count: 3, jar: true }",
      "request: 2",
      'stop: "http://h:1"',
      "request: { count: 3, jar: true }",
      'start: "http://h:1"',
      "request: { count: 2, jar: true }",
    ]);
    expect(told.slice(0, 3)).toEqual(["1", "1", "1"]);
    const moved = told[5];
    expect(moved).not.toBe("1");
    expect(told.slice(5)).toEqual([moved, moved, moved, moved, moved]);
  });

  it("sends the cookies of its steps until a member sets another one", async () => {
    const told = await playOn(STICKY, "stickysession=JSESSIONID|jsessionid", [
      "request: { count: 2, jar: true, cookies: { JSESSIONID: x.r3 } }",
      "request: { count: 1, path: /a;jsessionid=x.r2 }",
      "request: { count: 1, jar: true, path: /a;jsessionid=x.r2 }",
      "request: { count: 2, jar: true }",
    ]);
    expect(told).toEqual(["3", "3", "2", "2", "2", "2"]);
  });

  it("on a kept connection sees it end where httpd would not send a request again, and then opens another", async () => {
    const told = await playOn(["http://h:1 retry=60", "http://h:2"], "lbmethod=byrequests", [
      "request: { count: 2, keepalive: true }",
      'respond: { member: "http://h:1", failure: closes }',
      "request: { count: 1, keepalive: true }",
      "request: { count: 3, keepalive: true }",
    ]);
    expect(told).toEqual(["1", "2", "0", "2", "2", "2"]);
  });

  it("opens another connection after an answer that ends the one it has", async () => {
    const told = await playOn(["http://h:1", "http://h:2"], "lbmethod=byrequests", [
      'respond: { member: "http://h:2", status: 503 }',
      "request: { count: 2, keepalive: true }",
      'respond: { member: "http://h:1", failure: closes }',
      "request: { count: 1, keepalive: true }",
    ]);
    expect(told).toEqual(["1", "2", "502"]);
  });

  it("counts the bytes of bodies for bytraffic, over HTTP and over AJP", async () => {
    for (const scheme of ["http", "ajp"]) {
      const members = [`${scheme}://h:1`, `${scheme}://h:2 loadfactor=3`, `${scheme}://h:3`];
      await playOn(members, "lbmethod=bytraffic", [
        "request: { count: 9, body: 700 }",
        `respond: { member: "${scheme}://h:2", body: 900 }`,
        "request: { count: 9, body: 300, method: PUT }",
        "request: 20",
      ]);
    }
  });
});
