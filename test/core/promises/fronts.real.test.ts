import { afterEach, beforeEach, expect, it } from "vitest";
import { send } from "../../../live/client.js";
import { startHttpd } from "../../../live/httpd.js";
import type { Httpd } from "../../../live/httpd.js";
import { claimLoopback } from "../../../live/ports.js";
import type { Loopback } from "../../../live/ports.js";
import { findHttpd } from "../../../live/program.js";
import { runCommand } from "../../support/command.js";
import { describeReal } from "../../support/real.js";
import { inLab, LAB_MODULES } from "../lint/lab.js";
import type { Lab } from "../lint/lab.js";

/** Fronts of one configuration before the same members. */
const FRONTS = 3;

interface Told {
  readonly round: readonly string[];
  readonly outlook: {
    readonly fronts: {
      readonly shares: readonly { readonly member: string; readonly share: number }[];
      readonly longestRun: { readonly member: string; readonly requests: number };
      readonly wholeAfter: number;
      readonly load: { readonly each: number; readonly oneAway: number };
    };
  };
}

/** What is asked of the fronts of a test. */
interface Fleet {
  readonly lab: Lab;
  /** Who answers at the fronts of these numbers, one request each. */
  readonly at: (fronts: readonly number[]) => Promise<string>;
  readonly logs: () => readonly string[];
  /** What `explain` says of them. */
  readonly told: () => Promise<Told>;
}

const CONF = (nodes: { readonly a: string; readonly b: string; readonly c: string }): string => `<Proxy balancer://shop>
  BalancerMember ${nodes.a} retry=60
  BalancerMember ${nodes.b} loadfactor=5 retry=60
  BalancerMember ${nodes.c} status=+H
</Proxy>
ProxyPass / balancer://shop/
`;

describeReal("several fronts, each with counters of its own", ["apache2"], () => {
  let place: Loopback;
  let others: Httpd[];

  beforeEach(async () => {
    place = await claimLoopback();
    others = [];
  });
  afterEach(async () => {
    for (const httpd of others) await httpd.stop();
    await place.release();
  });

  async function inFleet(play: (fleet: Fleet) => Promise<void>): Promise<void> {
    await inLab(CONF, async (lab) => {
      const conf = CONF({ a: lab.a.url, b: lab.b.url, c: lab.c.url });
      const doors = [{ address: lab.address, port: lab.port }];
      for (let front = 1; front < FRONTS; front++) {
        const port = await place.freePort();
        const body = `Listen ${place.address}:${port}\n${conf}`;
        others.push(await startHttpd({ program: findHttpd(process.env), modules: LAB_MODULES, body }));
        doors.push({ address: place.address, port });
      }
      await play({
        lab,
        async at(fronts) {
          const answers: string[] = [];
          for (const front of fronts) {
            const door = doors[front];
            if (door === undefined) throw new Error(`front ${front} is not there`);
            const { headers, status } = await send({ ...door, path: "/", headers: {} });
            answers.push(headers.get("x-node") ?? String(status));
          }
          return answers.join("");
        },
        logs: () => [lab.httpd, ...others].map((httpd) => httpd.errorLog()),
        async told() {
          const words = ["explain", "httpd.conf", "--fronts", String(FRONTS), "--load", "90", "--json"];
          const { stdout } = await runCommand(words, { "httpd.conf": conf });
          const { balancers } = JSON.parse(stdout) as { readonly balancers: readonly Told[] };
          const [told] = balancers;
          if (told === undefined) throw new Error(stdout);
          return told;
        },
      });
    });
  }

  /** The fronts in turn, this often each. */
  const turns = (rounds: number): readonly number[] =>
    Array.from({ length: rounds * FRONTS }, (_, index) => index % FRONTS);

  /** What one front answered, of all answers. */
  const own = (answers: string, fronts: readonly number[], front: number): string =>
    fronts.flatMap((each, index) => (each === front ? [answers[index]] : [])).join("");

  const longest = (answers: string): number => Math.max(...[...answers.matchAll(/(.)\1*/g)].map(([run]) => run.length));

  it("make the round of explain each, so that its shares are those of all, and runs are as long as it says", async () => {
    await inFleet(async ({ lab, at, told }) => {
      const { round, outlook } = await told();
      const { longestRun, wholeAfter, shares, load } = outlook.fronts;
      const named = (member: string): string => (member === lab.a.url ? "a" : "b");
      const expected = round.map(named).join("");
      const order = turns(2 * round.length);
      const answers = await at(order);
      for (let front = 0; front < FRONTS; front++) expect(own(answers, order, front)).toBe(expected.repeat(2));
      expect(longest(answers)).toBe(longestRun.requests);
      expect(named(longestRun.member)).toBe("b");
      const first = answers.slice(0, wholeAfter);
      for (const { member, share } of shares)
        expect(first.split(named(member)).length - 1).toBe(Math.round(share * wholeAfter));
      expect(load).toEqual({ each: 30, oneAway: 45 });
    });
  });

  it("make no longer runs, and no other rounds, where requests are spread over them in another way", async () => {
    await inFleet(async ({ lab, at, told }) => {
      const { round, outlook } = await told();
      const expected = round.map((member) => (member === lab.a.url ? "a" : "b")).join("");
      const order = Array.from({ length: 120 }, (_, index) => ((index * index + (index >> 3)) % 7) % FRONTS);
      const answers = await at(order);
      for (let front = 0; front < FRONTS; front++) {
        const seen = own(answers, order, front);
        expect(seen).toBe(expected.repeat(20).slice(0, seen.length));
      }
      expect(longest(answers)).toBeLessThanOrEqual(outlook.fronts.longestRun.requests);
    });
  });

  it("meet a failure each for itself, and give a member no more than capacity says of the load of all", async () => {
    await inFleet(async ({ lab, at, logs }) => {
      const all = await at(turns(30));
      expect(all.split("b").length - 1).toBe(75);
      expect(await capacityOf(74)).toContain("gets 75.00 requests per second with everybody up");
      expect(await capacityOf(75)).toContain(`holds   capacity (shop)`);
      expect(await capacityOf(75)).toContain(`the load is that of all ${FRONTS} fronts together`);
      await lab.b.stop();
      expect(await at(turns(4))).toBe("a".repeat(4 * FRONTS));
      expect(logs().map((log) => log.split("failed to make connection to backend").length - 1)).toEqual([1, 1, 1]);
    });
  });
});

/** What `check` says of a load of 90 on three fronts, where the heavy member takes so much. */
async function capacityOf(heavy: number): Promise<string> {
  const spec = `clusters:
  shop:
    members:
      a: { url: http://10.0.0.1:8080, capacity: 200 }
      b: { url: http://10.0.0.2:8080, loadfactor: 5, capacity: ${heavy} }
    promises: [{ capacity: { requestsPerSecond: 90 } }]
servers:
  web: { listen: [80], mounts: { /: shop } }
`;
  const words = ["check", "shop.yaml", "--promise", "capacity", "--failures", "0", "--fronts", String(FRONTS)];
  return (await runCommand(words, { "shop.yaml": spec })).stdout;
}
