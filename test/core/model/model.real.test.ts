import { expect, it } from "vitest";
import { runCommand } from "../../support/command.js";
import { describeReal } from "../../support/real.js";

const A = '"http://127.0.0.1:18380"';
const B = '"http://127.0.0.1:18580"';

interface Case {
  readonly of: string;
  readonly members: readonly string[];
  readonly balancer?: string;
  readonly server?: string;
  readonly steps: readonly string[];
}

/** What the random campaign leaves out because it takes real time. */
const CASES: readonly Case[] = [
  {
    of: "health checks take members out and bring them back, faster than retry",
    members: [
      "http://127.0.0.1:18380 retry=60 hcmethod=TCP hcinterval=500ms hcfails=2 hcpasses=2",
      "http://127.0.0.1:18580 retry=60 hcmethod=GET hcuri=/ok hcinterval=300ms",
      "http://127.0.0.1:18480 status=+H retry=1",
    ],
    steps: [
      "request: 4",
      `stop: ${A}`,
      "wait: 1.8s",
      "request: 4",
      `start: ${A}`,
      "wait: 200ms",
      "request: 2",
      "wait: 1.8s",
      "request: 4",
      `respond: { member: ${B}, status: 500 }`,
      "wait: 1s",
      "request: 4",
      `stop: ${A}`,
      "request: 2",
      `respond: { member: ${B}, status: 200 }`,
      "wait: 1s",
      "request: 3",
    ],
  },
  {
    of: "failed health checks add up over passed ones",
    members: ["http://127.0.0.1:18380 hcmethod=TCP hcinterval=1s hcfails=3", "http://127.0.0.1:18580"],
    steps: [
      `stop: ${A}`,
      "wait: 2.5s",
      `start: ${A}`,
      "request: 2",
      "wait: 1.5s",
      "request: 2",
      `stop: ${A}`,
      "wait: 1.5s",
      `start: ${A}`,
      "request: 3",
    ],
  },
  {
    of: "BalancerPersist keeps weights, errors and changes over restarts",
    server: "BalancerPersist On\n",
    members: [
      "http://127.0.0.1:18380 loadfactor=2 retry=5",
      "http://127.0.0.1:18580 retry=5",
      "http://127.0.0.1:18480 retry=5",
    ],
    steps: [
      "request: 3",
      `set: { member: ${B}, status: "+D" }`,
      "request: 1",
      `stop: ${A}`,
      "request: 2",
      `start: ${A}`,
      "reload: graceful",
      "request: 5",
      "reload: restart",
      "request: 5",
      `set: { member: ${B}, status: "-D" }`,
      "request: 6",
      "wait: 5s",
      "request: 6",
    ],
  },
  {
    of: "a balancer's timeout waits for the first member whose retry time comes",
    balancer: "timeout=4 forcerecovery=Off maxattempts=1",
    members: ["http://127.0.0.1:18380 retry=1", "http://127.0.0.1:18580 retry=2"],
    steps: [
      "request: 2",
      `stop: [${A}, ${B}]`,
      "request: 1",
      `start: [${A}, ${B}]`,
      "request: 3",
      "wait: 2s",
      "request: 4",
    ],
  },
  {
    of: "failontimeout puts a silent member into error",
    balancer: "failontimeout=On",
    members: ["http://127.0.0.1:18380 retry=2 timeout=1", "http://127.0.0.1:18580 retry=2 timeout=1"],
    steps: [
      "request: 2",
      `respond: { member: ${A}, failure: silent }`,
      "request: 3",
      `respond: { member: ${A}, status: 200 }`,
      "request: 2",
      "wait: 2s",
      "request: 4",
    ],
  },
];

describeReal("the model does what httpd does where time matters", ["apache2"], () => {
  it.each(CASES)("$of", async ({ members, balancer, server = "", steps }) => {
    const lines = members.map((member) => `  BalancerMember ${member}\n`).join("");
    const settings = balancer === undefined ? "" : `  ProxySet ${balancer}\n`;
    const files = {
      "httpd.conf": `${server}<Proxy balancer://c>\n${lines}${settings}</Proxy>\nProxyPass / balancer://c/\n`,
      "scenario.yaml": `steps:\n${steps.map((step) => `  - ${step}\n`).join("")}`,
    };
    const words = ["httpd.conf", "--scenario", "scenario.yaml", "--json"];
    const simulated = await runCommand(["simulate", ...words], files);
    expect(simulated.stdout, "nothing is left open").not.toContain("either");
    const result = await runCommand(["rehearse", ...words], files);
    const { picks } = JSON.parse(result.stdout) as { picks: readonly { agrees: boolean }[] };
    expect(picks.length).toBeGreaterThan(5);
    expect(
      picks.every(({ agrees }) => agrees),
      result.stdout,
    ).toBe(true);
    expect(result.status).toBe(0);
  });
});
