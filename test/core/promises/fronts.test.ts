import { describe, expect, it } from "vitest";
import { runCommand } from "../../support/command.js";

/** A cluster of a light and a heavy member with this host. */
function spec(host: string): string {
  return `clusters:
  shop:
    stickysession: JSESSIONID
    members:
      a: { url: http://10.0.0.1:8080, capacity: 100, route: a }
      b: { url: "http://${host}:8080", loadfactor: 5, capacity: 80, route: b }
    promises: [{ capacity: { requestsPerSecond: 90 } }, { share: { member: b, about: 0.8333 } }, sessions]
servers:
  web: { listen: [80], mounts: { /: shop } }
`;
}

async function checked(host: string, ...words: readonly string[]) {
  const { stdout } = await runCommand(["check", "shop.yaml", "--failures", "0", "--json", ...words], {
    "shop.yaml": spec(host),
  });
  const { promises } = JSON.parse(stdout) as {
    readonly promises: readonly { readonly id: string; readonly verdict: string; readonly note?: string }[];
  };
  return Object.fromEntries(promises.map(({ id, verdict, note }) => [id, { verdict, note }]));
}

describe("promises of requests name what they are of", () => {
  it.each(["tasks.shop", "shop-1.eu-central-1.elb.amazonaws.com", "shop.default.svc", "shop.service.consul"])(
    "all addresses of %s together for shares, one of them for capacity",
    async (host) => {
      const { share, capacity, sessions } = await checked(host);
      expect(share).toEqual({
        verdict: "holds",
        note: "b may have several addresses: its share is that of all of them, and which of them answers is not promised",
      });
      expect(capacity?.note).toContain("of which one may get all its requests");
      expect(sessions?.note).toBeUndefined();
    },
  );

  it.each([
    "10.0.0.2",
    "app2.example",
    "shop-0.shop.default.svc",
    "shop-0.shop.default.svc.cluster.local",
    "1-2-3-4.shop.pod.local",
  ])("nothing where %s is one address", async (host) => {
    const { share, capacity } = await checked(host);
    expect([share, capacity]).toEqual([{ verdict: "holds" }, { verdict: "holds" }]);
  });

  it("every one of several fronts, and all together", async () => {
    const { share, capacity, sessions } = await checked("10.0.0.2", "--fronts", "3");
    expect(share?.note).toBe("of each of 3 fronts, whose counters are their own, and of all together");
    expect(capacity?.note).toContain("the load is that of all 3 fronts together");
    expect(sessions?.note).toBeUndefined();
    expect(await checked("10.0.0.2", "--fronts", "1")).toEqual(await checked("10.0.0.2"));
  });
});

describe("explain tells several fronts apart from one", () => {
  const explained = async (...words: readonly string[]) =>
    (await runCommand(["explain", "shop.yaml", ...words], { "shop.yaml": spec("10.0.0.2") })).stdout;

  it("by runs, rounds, failures and load of all", async () => {
    const text = (await explained("--fronts", "4")).replace(/\s+/g, " ");
    expect(text).toContain("up to 20 requests in a row go to one member (b)");
    expect(text).toContain("shares are exact every 24 requests");
    expect(text).toContain("Of the load each gets 22.5 requests/s, and 30 when one of them is away.");
    expect(text).toContain("A session stays with its member whichever of them is asked");
  });

  it("says nothing of the kind of one", async () => {
    expect(await explained("--fronts", "1")).toBe(await explained());
    expect(await explained()).not.toContain("counters of its own");
  });

  it.each(["0", "10001", "two", "1.5", "-1"])("and takes no number such as %s", async (fronts) => {
    for (const command of ["explain", "check"]) {
      const { status, stderr } = await runCommand([command, "shop.yaml", `--fronts=${fronts}`], {
        "shop.yaml": spec("10.0.0.2"),
      });
      expect([status, stderr]).toEqual([2, expect.stringContaining(`--fronts: found '${fronts}'`)]);
    }
  });

  it("takes as many as there may be", async () => {
    expect((await explained("--fronts", "10000")).replace(/\s+/g, " ")).toContain("up to 50000 requests in a row");
  });
});
