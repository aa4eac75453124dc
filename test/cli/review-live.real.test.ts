import { afterAll, beforeAll, expect, test } from "vitest";
import type { ReviewReport } from "../../core/review/report.js";
import { makeChange } from "../../live/change.js";
import { startHttpd } from "../../live/httpd.js";
import { claimLoopback } from "../../live/ports.js";
import { findHttpd } from "../../live/program.js";
import type { Httpd } from "../../live/httpd.js";
import type { Loopback } from "../../live/ports.js";
import { runCommand } from "../support/command.js";
import { describeReal } from "../support/real.js";

const MODULES = [
  ...["unixd", "authz_core", "authz_host", "slotmem_shm", "watchdog"],
  ...["proxy", "proxy_http", "proxy_balancer", "lbmethod_byrequests"],
];

const conf = (weight: number, more = ""): string => `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:80 loadfactor=1
  BalancerMember http://10.0.0.2:80 loadfactor=${weight}
  BalancerMember http://10.0.0.3:80 loadfactor=2
  ProxySet maxattempts=3 nonce=5a7b-11
</Proxy>
ProxyPass /shop balancer://shop
<Location /balancer-manager>
  SetHandler balancer-manager
  Require all granted
</Location>
${more}`;

const [FIRST, SECOND, THIRD] = [1, 2, 3].map((number) => `http://10.0.0.${number}:80`) as [string, string, string];

describeReal("a review beside a running httpd", ["apache2"], () => {
  let httpd: Httpd;
  let loopback: Loopback;
  let url: string;
  const files = {
    "base.conf": conf(5),
    "head.conf": conf(9),
    "persists.conf": conf(9, "BalancerPersist On\n"),
    "broken.conf": "ProxyPass\n",
  };

  beforeAll(async () => {
    loopback = await claimLoopback();
    const port = await loopback.freePort();
    url = `http://${loopback.address}:${port}/balancer-manager`;
    const body = `Listen ${loopback.address}:${port}\n${conf(5)}`;
    httpd = await startHttpd({ program: findHttpd(process.env), modules: MODULES as never, body });
    const manager = { address: loopback.address, port, path: "/balancer-manager" };
    const target = { manager, nonce: "5a7b-11", balancer: "shop" };
    await makeChange({ ...target, member: 1 }, { status: "+N" });
    await makeChange({ ...target, member: 2 }, { loadfactor: 4 });
  });

  afterAll(async () => {
    await httpd.stop();
    await loopback.release();
  });

  const review = async (...inputs: readonly string[]) => {
    const done = await runCommand(["review", ...inputs, "--manager", url, "--json"], files);
    return { ...done, report: () => JSON.parse(done.stdout) as ReviewReport };
  };

  test("says what a mere reload takes back: the drain, and the weight that was set by hand", async () => {
    const { status, report } = await review("base.conf");
    expect(status).toBe(0);
    const { changed, notes, clusters } = report();
    expect(changed).toBe(true);
    expect(notes).toEqual([
      `the base is what runs at ${url}: a reload takes 2 live values back`,
      `live: status of ${SECOND} of shop is +N, and the file says Ok`,
      `live: loadfactor of ${THIRD} of shop is 4, and the file says 2`,
    ]);
    expect(clusters.map(({ shares }) => shares)).toEqual([
      {
        before: { [FIRST]: "1/5", [THIRD]: "4/5" },
        after: { [FIRST]: "1/8", [SECOND]: "5/8", [THIRD]: "1/4" },
      },
    ]);
  });

  test("says what the change brings on top of what runs", async () => {
    const { report } = await review("base.conf", "head.conf");
    expect(report().clusters[0]?.shares).toEqual({
      before: { [FIRST]: "1/5", [THIRD]: "4/5" },
      after: { [FIRST]: "1/12", [SECOND]: "3/4", [THIRD]: "1/6" },
    });
  });

  test("knows that BalancerPersist keeps what runs", async () => {
    const { report } = await review("base.conf", "persists.conf");
    expect(report().notes[0]).toContain("BalancerPersist is On: a reload keeps live values");
  });

  test("a manager that does not answer, or a base that cannot be read, is one sentence", async () => {
    for (const words of [
      ["base.conf", "--manager", `http://${loopback.address}:1/balancer-manager`],
      ["base.conf", "--manager", url.replace("balancer-manager", "nobody")],
      ["broken.conf", "head.conf", "--manager", url],
    ]) {
      const { status, stdout, stderr } = await runCommand(["review", ...words], files);
      expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
      expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    }
  });
});
