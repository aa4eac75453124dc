import { applyPatch } from "diff";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeChange } from "../../live/change.js";
import { startHttpd } from "../../live/httpd.js";
import { claimLoopback } from "../../live/ports.js";
import { findHttpd } from "../../live/program.js";
import type { Httpd } from "../../live/httpd.js";
import type { Loopback } from "../../live/ports.js";
import { runCommand } from "../support/command.js";
import { describeReal } from "../support/real.js";

const MODULES = [
  ...["unixd", "authz_core", "authz_host", "auth_basic", "authn_core", "authn_file", "authz_user"],
  ...["slotmem_shm", "watchdog", "proxy", "proxy_http", "proxy_balancer", "lbmethod_byrequests", "lbmethod_bytraffic"],
];

const CONF = `<Proxy balancer://Shop>
  BalancerMember http://10.0.0.1:80 route=r1 retry=5
  BalancerMember http://10.0.0.2:8080 loadfactor=2.5 route=r2 status=+H
  ProxySet stickysession=SID|sid nonce=5a7b-11
</Proxy>
<Location /closed>
  SetHandler balancer-manager
  Require all denied
</Location>
<Location /balancer-manager>
  SetHandler balancer-manager
  Require all granted
</Location>
`;

describeReal("drift beside a running httpd", ["apache2"], () => {
  let httpd: Httpd;
  let loopback: Loopback;
  let port: number;

  beforeAll(async () => {
    loopback = await claimLoopback();
    port = await loopback.freePort();
    const body = `Listen ${loopback.address}:${port}\n${CONF}`;
    httpd = await startHttpd({ program: findHttpd(process.env), modules: MODULES as never, body });
  });

  afterAll(async () => {
    await httpd.stop();
    await loopback.release();
  });

  const drift = (path: string, ...options: readonly string[]) => {
    const url = `http://${loopback.address}:${port}${path}`;
    return runCommand(["drift", "httpd.conf", "--manager", url, ...options], { "httpd.conf": CONF });
  };

  it("finds none right after the start, and says what cannot be seen", async () => {
    const { status, stdout } = await drift("/balancer-manager", "--json");
    expect(status, stdout).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      httpd: "2.4.71",
      differences: [],
      unseen: ["balancer shop: the name of the session in URLs", "member http://10.0.0.1:80 of balancer shop: retry"],
      down: [],
    });
  });

  it("finds a live drain, a live weight and a live lbmethod, and nothing else", async () => {
    const manager = { address: loopback.address, port, path: "/balancer-manager" };
    const target = { manager, nonce: "5a7b-11", balancer: "shop" };
    await makeChange({ ...target, member: 1 }, { status: "+N", loadfactor: 7 });
    await makeChange(target, { lbmethod: "bytraffic" });
    const { status, stdout } = await drift("/balancer-manager", "--json");
    expect(status).toBe(1);
    const { differences } = JSON.parse(stdout) as { differences: unknown };
    const member = "http://10.0.0.2:8080";
    expect(differences).toEqual([
      { cluster: "shop", member: null, what: "lbmethod", declared: "byrequests", live: "bytraffic" },
      { cluster: "shop", member, what: "status", declared: "+H", live: "+NH" },
      { cluster: "shop", member, what: "loadfactor", declared: "2.5", live: "7" },
    ]);
    const text = (await drift("/balancer-manager")).stdout;
    expect(text).toContain("1 balancer compared: 3 differences.\n");
    expect(text).toMatch(/^shop http:\/\/10\.0\.0\.2:8080 {2}status {6}\+H {10}\+NH$/m);
    expect(text).toContain("A reload brings the declared values back");
  });

  it("compares the file on the front as a third state: what is to be deployed, and what was changed live", async () => {
    const spec = [
      "clusters:",
      "  shop:",
      "    stickysession: SID|sid",
      "    nonce: 5a7b-11",
      "    members:",
      "      a: { url: http://10.0.0.1:80, route: r1, retry: 5s, loadfactor: 3 }",
      "      b: { url: http://10.0.0.2:8080, route: r2, loadfactor: 7, role: standby }",
      "",
    ].join("\n");
    const words = ["drift", "s.yaml", "--manager", `http://${loopback.address}:${port}/balancer-manager`];
    const files = { "s.yaml": spec, "deployed.conf": CONF };
    const { status, stdout } = await runCommand([...words, "--deployed", "deployed.conf", "--json"], files);
    expect(status).toBe(1);
    const { differences } = JSON.parse(stdout) as { differences: unknown };
    const shop = { cluster: "shop" };
    expect(differences).toEqual([
      { ...shop, member: null, what: "lbmethod", declared: "byrequests", deployed: "byrequests", live: "bytraffic" },
      { ...shop, member: "a", what: "loadfactor", declared: "3", deployed: "1", live: "1" },
      { ...shop, member: "b", what: "status", declared: "+H", deployed: "+H", live: "+NH" },
      { ...shop, member: "b", what: "loadfactor", declared: "7", deployed: "2.5", live: "7" },
    ]);
    const text = (await runCommand([...words, "--deployed", "deployed.conf"], files)).stdout;
    expect(text).toMatch(/^shop a +loadfactor +3 +1 +1$/m);
    expect(text).toContain("A reload brings the deployed values back");
    const none = await runCommand([...words, "--deployed", "none.conf"], files);
    expect(none).toMatchObject({ status: 2, stdout: "" });
  });

  it("adopts what an operator changed: with its patch applied, the description is what runs", async () => {
    const { stdout } = await drift("/balancer-manager", "--adopt", "--json");
    const { adopt } = JSON.parse(stdout) as { adopt: { patch: string; byHand: readonly string[] } };
    // No patch shows the nonce, so that its line is left to a person.
    expect(adopt.byHand).toEqual(["httpd.conf:1: balancer shop: write lbmethod bytraffic"]);
    expect(adopt.patch).not.toContain("nonce");
    const adopted = applyPatch(CONF, adopt.patch);
    if (adopted === false) throw new Error(`the patch does not apply:\n${adopt.patch}`);
    expect(adopted).toContain("BalancerMember http://10.0.0.2:8080 loadfactor=7 route=r2 status=+NH\n");
    const url = `http://${loopback.address}:${port}/balancer-manager`;
    const again = await runCommand(["drift", "httpd.conf", "--manager", url, "--adopt"], {
      "httpd.conf": adopted.replace("nonce=", "lbmethod=bytraffic nonce="),
    });
    expect(again.status, again.stdout).toBe(0);
    expect(again.stdout).toContain("There is nothing to adopt.");
  });

  it("says of a spec where to write what", async () => {
    const spec = [
      "clusters:",
      "  shop:",
      "    stickysession: SID|sid",
      "    nonce: 5a7b-11",
      "    members:",
      "      a: { url: http://10.0.0.1:80, route: r1, retry: 5s }",
      "      b: { url: http://10.0.0.2:8080, route: r2, loadfactor: 2.5, role: standby }",
      "",
    ].join("\n");
    const url = `http://${loopback.address}:${port}/balancer-manager`;
    const { stdout } = await runCommand(["drift", "s.yaml", "--manager", url, "--adopt"], { "s.yaml": spec });
    expect(stdout.slice(stdout.indexOf("By hand:"))).toBe(
      [
        "By hand:",
        "  s.yaml:2: balancer shop: write lbmethod bytraffic",
        "  s.yaml:7: shop b: write status +NH",
        "  s.yaml:7: shop b: write loadfactor 7",
        "",
      ].join("\n"),
    );
  });

  it("says why it cannot look: a closed manager, no manager, nobody there, a password in the URL", async () => {
    const closed = await drift("/closed");
    expect(closed.status).toBe(2);
    expect(closed.stderr).toMatch(/\/closed answers 403 without a list of balancers; nothing was compared/);
    expect((await drift("/nothing")).stderr).toContain("answers 404");
    const free = await loopback.freePort();
    const words = ["drift", "httpd.conf", "--manager"];
    const files = { "httpd.conf": CONF };
    const nobody = await runCommand([...words, `http://${loopback.address}:${free}/balancer-manager`], files);
    expect(nobody.status).toBe(2);
    expect(nobody.stderr).toContain("ECONNREFUSED");
    const secret = await runCommand([...words, "http://me:secret@front/balancer-manager"], files);
    expect(secret.status).toBe(2);
    expect(secret.stderr).toContain("--user gives the name");
    expect(secret.stderr).not.toContain("secret@");
    expect((await runCommand([...words, "front1"], files)).stderr).toContain("found 'front1'; write a URL");
  });
});
