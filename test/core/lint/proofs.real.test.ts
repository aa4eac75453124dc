import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { postChange, readBalancers } from "../../../live/balancer-manager.js";
import { startHttpd } from "../../../live/httpd.js";
import { send } from "../../../live/client.js";
import { holdsWithin } from "../../../live/poll.js";
import { findHttpd } from "../../../live/program.js";
import { privateFrame } from "../../../live/private-frame.js";
import type { ModuleName } from "../../../core/vocabulary/modules.js";
import { describeReal } from "../../support/real.js";
import { inLab, LAB_MODULES } from "./lab.js";
import type { Lab, LabConf } from "./lab.js";

const WITHOUT = (module: ModuleName): readonly ModuleName[] => LAB_MODULES.filter((name) => name !== module);
const FIXTURES = join(__dirname, "../../fixtures/lint");

function proof(title: string, conf: LabConf, play: (lab: Lab) => Promise<void>, modules?: readonly ModuleName[]): void {
  it(title, () => inLab(conf, play, modules));
}

/** What `-t` prints. */
function configurationTest(body: string, modules: readonly ModuleName[]): string {
  return configurationTested(body, modules).stderr;
}

/** What `-t` prints, and the signal that ended it. */
function configurationTested(body: string, modules: readonly ModuleName[]) {
  const program = findHttpd(process.env);
  const folder = mkdtempSync(join(tmpdir(), "lint-proof-"));
  try {
    const file = join(folder, "httpd.conf");
    writeFileSync(file, privateFrame({ program, modules, threads: 8 }, folder) + body);
    const env = { LANG: "C" };
    const { stderr, signal } = spawnSync(program.path, ["-t", "-f", file], { encoding: "utf8", env });
    return { stderr, signal };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describeReal("failover and standbys on the real httpd", ["apache2"], () => {
  proof(
    "a standby in a lower lbset serves everything",
    ({ a, b, c }) => `<Proxy balancer://x>
BalancerMember ${a} lbset=1
BalancerMember ${b} lbset=1
BalancerMember ${c} status=+H
</Proxy>
ProxyPass / balancer://x/`,
    async ({ ask }) => {
      expect(await ask(6)).toBe("cccccc");
    },
  );

  proof(
    "a disabled member turns a short outage into one of the whole retry time",
    ({ a, b, c }) => `<Proxy balancer://with>
BalancerMember ${a} retry=3
BalancerMember ${b} retry=3
BalancerMember ${c} status=+D
</Proxy>
<Proxy balancer://without>
BalancerMember ${a} retry=3
BalancerMember ${b} retry=3
</Proxy>
ProxyPass /with balancer://with
ProxyPass /without balancer://without`,
    async ({ a, b, ask, get }) => {
      await a.stop();
      await b.stop();
      expect(await ask(2, "/with")).toBe("503  503");
      expect(await ask(2, "/without")).toBe("503  503");
      const failed = performance.now();
      await a.start();
      await b.start();
      expect(await ask(2, "/without")).toMatch(/^[ab]{2}$/);
      expect((await get("/with")).status).toBe(503);
      expect(await holdsWithin(15_000, async () => (await get("/with")).status === 200)).toBe(true);
      expect(performance.now() - failed).toBeGreaterThan(1_500);
    },
  );

  proof(
    "a balancer of standbys shares among them",
    ({ a, b }) => `<Proxy balancer://x>
BalancerMember ${a} status=+H
BalancerMember ${b} status=+H
</Proxy>
ProxyPass / balancer://x/`,
    async ({ ask }) => {
      expect(await ask(4)).toBe("abab");
    },
  );

  proof(
    "a balancer of spares answers 503",
    ({ a }) => `<Proxy balancer://x>
BalancerMember ${a} status=+R
</Proxy>
ProxyPass / balancer://x/`,
    async ({ ask }) => {
      expect(await ask(2)).toBe("503  503");
    },
  );

  proof(
    "a member that ignores errors answers 503 in its turn",
    ({ a, b }) => `<Proxy balancer://x>
BalancerMember ${a} status=+I
BalancerMember ${b}
</Proxy>
ProxyPass / balancer://x/`,
    async ({ a, ask }) => {
      await a.stop();
      expect(await ask(4)).toBe("503 b 503 b");
    },
  );

  proof(
    "the page for a failed balancer is asked of the balancer",
    ({ a }) => `<Proxy balancer://x>
BalancerMember ${a}
</Proxy>
ErrorDocument 503 /sorry.html
ProxyPass / balancer://x/`,
    async ({ a, get }) => {
      await a.stop();
      const { status, body } = await get();
      expect(status).toBe(503);
      expect(body).toContain("error was encountered while trying to use an ErrorDocument");
    },
  );

  proof(
    "a balancer without members answers 503",
    () => `<Proxy balancer://x>
ProxySet lbmethod=byrequests
</Proxy>
ProxyPass / balancer://x/`,
    async ({ get }) => {
      expect((await get()).status).toBe(503);
    },
  );

  proof(
    "a unit behind retry is ignored",
    ({ a, b }) => `<Proxy balancer://x>
BalancerMember ${a} retry=1min
BalancerMember ${b} status=+H
</Proxy>
ProxyPass / balancer://x/`,
    async ({ a, ask, get }) => {
      await a.stop();
      expect(await ask(1)).toBe("b");
      await a.start();
      expect(await holdsWithin(20_000, async () => (await get()).by === "a")).toBe(true);
    },
  );
});

describeReal("sessions on the real httpd", ["apache2"], () => {
  const routed = (settings: string): LabConf => {
    return ({ a, b }) => `<Proxy balancer://x>
BalancerMember ${a} route=n1
BalancerMember ${b} route=n2
ProxySet ${settings}
</Proxy>
ProxyPass / balancer://x/`;
  };

  proof(
    "stickysession without routes does not stick",
    ({ a, b }) => `<Proxy balancer://x>
BalancerMember ${a}
BalancerMember ${b}
ProxySet stickysession=SHOPID
</Proxy>
ProxyPass / balancer://x/`,
    async ({ ask }) => {
      expect(await ask(4, "/", { Cookie: "SHOPID=s.n1" })).toBe("abab");
    },
  );

  proof(
    "the first member of a route gets all its sessions",
    ({ a, b }) => `<Proxy balancer://x>
BalancerMember ${a} route=n1
BalancerMember ${b} route=n1
ProxySet stickysession=SHOPID
</Proxy>
ProxyPass / balancer://x/`,
    async ({ ask }) => {
      expect(await ask(4, "/", { Cookie: "SHOPID=s.n1" })).toBe("aaaa");
    },
  );

  proof(
    "nofailover keeps sessions away from the standby",
    ({ a, b }) => `<Proxy balancer://x>
BalancerMember ${a} route=n1
BalancerMember ${b} status=+H
ProxySet stickysession=SHOPID nofailover=On
</Proxy>
ProxyPass / balancer://x/`,
    async ({ a, ask }) => {
      await a.stop();
      expect(await ask(2, "/", { Cookie: "SHOPID=s.n1" })).toBe("503  503");
      expect(await ask(1)).toBe("b");
    },
  );

  proof(
    "a session with the standby's route stays on the standby",
    ({ a, b }) => `<Proxy balancer://x>
BalancerMember ${a} route=n1
BalancerMember ${b} route=n2 status=+H
ProxySet stickysession=SHOPID
</Proxy>
ProxyPass / balancer://x/`,
    async ({ ask }) => {
      expect(await ask(3)).toBe("aaa");
      expect(await ask(3, "/", { Cookie: "SHOPID=s.n2" })).toBe("bbb");
    },
  );

  proof(
    "a drained standby keeps its sessions, and a disabled one does not",
    ({ a, b }) => `<Proxy balancer://x>
BalancerMember ${a} route=n1
BalancerMember ${b} route=n2 status=+H
ProxySet stickysession=SHOPID
</Proxy>
<Location /balancer-manager>
SetHandler balancer-manager
</Location>
ProxyPass /app balancer://x`,
    async ({ b, address, port, ask }) => {
      const parked = { Cookie: "SHOPID=s.n2" };
      const manager = { address, port, path: "/balancer-manager" };
      const [balancer] = await readBalancers(manager);
      const target = { balancer: "x", worker: b.url, nonce: balancer?.nonce ?? "" };
      await postChange(manager, target, { w_status_N: "1" });
      expect(await ask(3, "/app", parked)).toBe("bbb");
      await postChange(manager, target, { w_status_D: "1" });
      expect(await ask(3, "/app", parked)).toBe("aaa");
    },
  );

  proof(
    "a path parameter behind the session hides the route unless scolonpathdelim is On",
    ({ a, b }) => `<Proxy balancer://off>
BalancerMember ${a} route=n1
BalancerMember ${b} route=n2
ProxySet stickysession=JSESSIONID|jsessionid
</Proxy>
<Proxy balancer://on>
BalancerMember ${a} route=n1
BalancerMember ${b} route=n2
ProxySet stickysession=JSESSIONID|jsessionid scolonpathdelim=On
</Proxy>
ProxyPass /off balancer://off
ProxyPass /on balancer://on`,
    async ({ ask }) => {
      expect(await ask(4, "/off/x;jsessionid=s.n2;y=1")).toBe("abab");
      expect(await ask(4, "/on/x;jsessionid=s.n2;y=1")).toBe("bbbb");
    },
  );

  proof("an empty cookie name switches stickiness off", routed("stickysession=|sid"), async ({ ask }) => {
    expect(await ask(4, "/x?sid=s.n2")).toBe("abab");
  });

  proof(
    "the name of a session is found inside other words of the URL",
    routed("stickysession=SHOPID|id"),
    async ({ ask }) => {
      expect(await ask(4, "/list?productid=7.n2")).toBe("bbbb");
    },
  );

  proof(
    "a quote that is not closed swallows the rest of the line",
    routed('"stickysession=SHOPID nofailover=On'),
    async ({ ask }) => {
      expect(await ask(4, "/", { Cookie: "SHOPID=s.n2" })).toBe("abab");
    },
  );

  proof(
    "a route cookie without the separator does not stick",
    ({ a, b }) => `<Location /bare>
Header add Set-Cookie "ROUTEID=%{BALANCER_WORKER_ROUTE}e; path=/" env=BALANCER_ROUTE_CHANGED
</Location>
<Location /dotted>
Header add Set-Cookie "ROUTEID=.%{BALANCER_WORKER_ROUTE}e; path=/" env=BALANCER_ROUTE_CHANGED
</Location>
<Proxy balancer://x>
BalancerMember ${a} route=n1
BalancerMember ${b} route=n2
ProxySet stickysession=ROUTEID
</Proxy>
ProxyPass / balancer://x/`,
    async ({ ask, get }) => {
      const cookieOf = async (path: string) => (await get(path)).headers.get("set-cookie")?.split(";")[0] ?? "";
      const bare = await cookieOf("/bare");
      expect(bare).toMatch(/^ROUTEID=n[12]$/);
      expect(await ask(4, "/", { Cookie: bare })).toMatch(/^(abab|baba)$/);
      const dotted = await cookieOf("/dotted");
      expect(dotted).toMatch(/^ROUTEID=\.n[12]$/);
      expect(await ask(4, "/", { Cookie: dotted })).toMatch(/^(aaaa|bbbb)$/);
    },
  );
});

describeReal("what the way of a request shows on the real httpd", ["apache2"], () => {
  proof(
    "a session cookie without a route does not stick",
    ({ a, b }) => `<Proxy balancer://x>
BalancerMember ${a} route=n1
BalancerMember ${b} route=n2
ProxySet stickysession=PHPSESSID
</Proxy>
ProxyPass / balancer://x/`,
    async ({ ask }) => {
      expect(await ask(4, "/", { Cookie: "PHPSESSID=8s7d6f5g4h3j2k1l" })).toBe("abab");
      expect(await ask(4, "/", { Cookie: "PHPSESSID=8s7d6f5g4h3j2k1l.n2" })).toBe("bbbb");
    },
  );

  proof(
    "the second name of stickysession is not looked for among the cookies",
    ({ a, b }) => `<Proxy balancer://x>
BalancerMember ${a} route=n1
BalancerMember ${b} route=n2
ProxySet stickysession=JSESSIONID|ROUTEID
</Proxy>
ProxyPass / balancer://x/`,
    async ({ ask }) => {
      expect(await ask(4, "/", { Cookie: "ROUTEID=.n2" })).toBe("abab");
      expect(await ask(2, "/?ROUTEID=.n2")).toBe("bb");
    },
  );

  proof(
    "a comma belongs to the name of a ServerAlias",
    ({ a, b }) => `<VirtualHost *>
ServerName first.test
ProxyPass / ${a}/
</VirtualHost>
<VirtualHost *>
ServerName second.test
ServerAlias third.test, fourth.test
ProxyPass / ${b}/
</VirtualHost>`,
    async ({ ask }) => {
      expect(await ask(1, "/", { Host: "third.test" })).toBe("a");
      expect(await ask(1, "/", { Host: "fourth.test" })).toBe("b");
    },
  );

  proof(
    "a ProxyPassReverse of a URL that nothing is passed to maps nothing",
    ({ a, b }) => `ProxyPass /app ${a}/app
ProxyPassReverse /app ${b}/app`,
    async ({ a, get }) => {
      a.answer = { status: 302, headers: { location: `${a.url}/app/login` } };
      expect((await get("/app")).headers.get("location")).toBe(`${a.url}/app/login`);
    },
  );

  proof(
    "a RewriteRule that glues the path to the balancer's name answers an error",
    ({ a }) => `<Proxy balancer://x>
BalancerMember ${a}
</Proxy>
RewriteEngine On
RewriteRule ^/(one)?$ balancer://x$1 [P]
RewriteRule ^/(.*)$ balancer://x$1 [P]`,
    async ({ a, get }) => {
      expect((await get("/")).by).toBe("a");
      expect((await get("/cart")).status).toBe(500);
      expect((await get("/one")).status).toBe(500);
      expect(a.asked).toHaveLength(1);
    },
  );

  proof(
    "a captured path behind a slash has two of them",
    ({ a }) => `<Proxy balancer://x>
BalancerMember ${a}
</Proxy>
RewriteEngine On
RewriteRule ^/one/(.*)$ balancer://x/$1 [P]
RewriteRule ^(.*)$ balancer://x/$1 [P]`,
    async ({ a, ask }) => {
      expect(await ask(2, "/cart")).toBe("aa");
      expect(await ask(1, "/one/cart")).toBe("a");
      expect(a.asked).toEqual(["//cart", "//cart", "/cart"]);
    },
  );

  proof(
    "access of a Proxy section is asked before any member",
    ({ a }) => `<Proxy balancer://x>
BalancerMember ${a}
</Proxy>
<Proxy *>
Require all denied
</Proxy>
ProxyPass / balancer://x/`,
    async ({ a, ask }) => {
      expect(await ask(2, "/any-name")).toBe("403  403");
      expect(a.asked).toEqual([]);
    },
  );

  it("a host that stands for another one passes the configuration test", () => {
    const body = `Listen 127.0.0.1:9
<Proxy balancer://x>
BalancerMember http://<web1-ip>:80
BalancerMember http://YOUR_SERVER_IP:8080
</Proxy>
ProxyPass / balancer://x/
`;
    expect(configurationTest(body, LAB_MODULES)).toContain("Syntax OK");
  });

  it("failonstatus in a virtual host, on a balancer of the main server, kills httpd", () => {
    const conf = (main: string, name: string) => `Listen 127.0.0.1:9
<Proxy balancer://shop>
BalancerMember http://127.0.0.1:8
${main}
</Proxy>
<VirtualHost *:9>
<Proxy balancer://${name}>
BalancerMember http://127.0.0.1:7
ProxySet failonstatus=503
</Proxy>
ProxyPass / balancer://${name}/
</VirtualHost>
`;
    expect(configurationTested(conf("", "shop"), LAB_MODULES).signal).toBe("SIGSEGV");
    const named = `Listen 127.0.0.1:9
ProxyPass /m balancer://shop/
<VirtualHost *:9>
<Proxy balancer://shop>
ProxySet failonstatus=503
</Proxy>
</VirtualHost>
`;
    expect(configurationTested(named, LAB_MODULES).signal).toBe("SIGSEGV");
    expect(configurationTest(conf("", "other"), LAB_MODULES)).toContain("Syntax OK");
    expect(configurationTest(conf("ProxySet failonstatus=500", "shop"), LAB_MODULES)).toContain("Syntax OK");
  });
});

describeReal("wiring on the real httpd", ["apache2"], () => {
  proof(
    "the arguments of <Proxy> beat its ProxySet",
    ({ a, b }) => `<Proxy balancer://x maxattempts=0>
BalancerMember ${a}
BalancerMember ${b}
ProxySet maxattempts=1
</Proxy>
ProxyPass / balancer://x/`,
    async ({ a, ask }) => {
      await a.stop();
      expect(await ask(2)).toBe("503 b");
    },
  );

  proof(
    "a balancer that is not defined answers 503",
    ({ a }) => `<Proxy balancer://shop>
BalancerMember ${a}
</Proxy>
ProxyPass / balancer://shopp/`,
    async ({ get, httpd }) => {
      expect((await get()).status).toBe(503);
      expect(httpd.errorLog()).toContain("AH01171");
    },
  );

  proof(
    "a ProxyPass behind a shorter one is never used",
    ({ a, b }) => `ProxyPass / ${a}/
ProxyPass /x ${b}/
ProxyPass /static !`,
    async ({ ask }) => {
      expect(await ask(1, "/x")).toBe("a");
      expect(await ask(1, "/static")).toBe("a");
    },
  );

  proof(
    "a target without the slash answers 500",
    ({ a }) => `<Proxy balancer://x>
BalancerMember ${a}
</Proxy>
ProxyPass / balancer://x`,
    async ({ ask, httpd }) => {
      expect(await ask(1, "/")).toBe("a");
      expect(await ask(1, "/cart")).toBe("500");
      expect(httpd.errorLog()).toContain("AH01144");
    },
  );

  proof(
    "a target with a slash too many asks for //",
    ({ a }) => `<Proxy balancer://x>
BalancerMember ${a}
</Proxy>
ProxyPass /shop balancer://x/`,
    async ({ a, get }) => {
      await get("/shop/cart");
      expect(a.asked).toEqual(["//cart"]);
    },
  );

  proof(
    "a member with a slash at the end is asked for //",
    ({ a }) => `<Proxy balancer://x>
BalancerMember ${a}/
</Proxy>
ProxyPass / balancer://x/`,
    async ({ a, get }) => {
      await get("/cart");
      expect(a.asked).toEqual(["//cart"]);
    },
  );

  proof(
    "a ProxyPassReverse with unlike ends makes redirects with two slashes",
    ({ a, b, c }) => `<Proxy balancer://x>
BalancerMember ${b}
</Proxy>
<Proxy balancer://y>
BalancerMember ${c}
</Proxy>
ProxyPass /bare/ ${a}/
ProxyPassReverse /bare/ ${a}
ProxyPass /named/ balancer://x/
ProxyPassReverse /named/ balancer://x
ProxyPass / balancer://y/
ProxyPassReverse / balancer://y`,
    async ({ a, b, c, address, port, get }) => {
      for (const node of [a, b, c]) node.answer = { status: 302, headers: { location: `${node.url}/login` } };
      const redirectOf = async (path: string) => (await get(path)).headers.get("location");
      expect(await redirectOf("/bare/")).toBe(`http://${address}:${port}/bare//login`);
      expect(await redirectOf("/named/")).toBe(`http://${address}:${port}/named//login`);
      expect(await redirectOf("/")).toBe(`http://${address}:${port}/login`);
    },
  );

  proof(
    "a ProxyPassReverse with two colons before the port changes no redirect",
    ({ a, b }) => `ProxyPass /a/ ${a}/
ProxyPassReverse /a/ ${a.replace(/:(\d+)$/, "::$1")}/
ProxyPass /b/ ${b}/
ProxyPassReverse /b/ ${b}/`,
    async ({ a, b, address, port, get }) => {
      for (const node of [a, b]) node.answer = { status: 302, headers: { location: `${node.url}/login` } };
      expect((await get("/a/")).headers.get("location")).toBe(`${a.url}/login`);
      expect((await get("/b/")).headers.get("location")).toBe(`http://${address}:${port}/b/login`);
    },
  );

  proof(
    "a member whose URL begins with that of another is dropped",
    ({ a, b }) => `<Proxy balancer://x>
BalancerMember ${a}
BalancerMember ${a}/app loadfactor=5
BalancerMember ${b}
</Proxy>
ProxyPass / balancer://x/`,
    async ({ a, ask, httpd }) => {
      expect(await ask(4)).toBe("abab");
      expect(a.asked).toEqual(["/", "/"]);
      expect(httpd.errorLog()).toContain("AH01150");
    },
  );

  proof(
    "a member that a virtual host adds is dropped",
    ({ a, b }) => `<Proxy balancer://x>
BalancerMember ${a}
</Proxy>
<VirtualHost *:*>
<Proxy balancer://x>
BalancerMember ${b}
</Proxy>
ProxyPass / balancer://x/
</VirtualHost>`,
    async ({ ask }) => {
      expect(await ask(4)).toBe("aaaa");
    },
  );

  proof(
    "noquery does not keep the query from a balancer",
    ({ a }) => `<Proxy balancer://x>
BalancerMember ${a}
</Proxy>
ProxyPass / balancer://x/ noquery`,
    async ({ a, get }) => {
      await get("/x?secret=1");
      expect(a.asked).toEqual(["/x?secret=1"]);
    },
  );

  proof(
    "a ProxyPass of / swallows the balancer-manager",
    ({ a }) => `ProxyPass /kept !
ProxyPass / ${a}/
<LocationMatch ^/(kept|lost)$>
SetHandler balancer-manager
Require all granted
</LocationMatch>`,
    async ({ get }) => {
      expect((await get("/lost")).by).toBe("a");
      expect((await get("/kept")).body).toContain("Load Balancer Manager");
    },
  );

  proof(
    "Order and Require in one section both have to let a request in",
    () => `<Location /one>
Require all granted
Order deny,allow
Deny from all
</Location>
<Location /other>
Require all denied
Order deny,allow
Allow from all
</Location>`,
    async ({ get }) => {
      expect((await get("/one")).status).toBe(403);
      expect((await get("/other")).status).toBe(403);
    },
  );

  it("NameVirtualHost warns and does nothing", () => {
    const said = configurationTest("Listen 127.0.0.1:20001\nNameVirtualHost *:80\n", LAB_MODULES);
    expect(said).toContain("AH00548");
    expect(said).toContain("Syntax OK");
  });
});

describeReal("modules on the real httpd", ["apache2"], () => {
  const BALANCER: LabConf = ({ a }) => `<Proxy balancer://x>
BalancerMember ${a}
</Proxy>
ProxyPass / balancer://x/`;

  it.each([
    ["without lbmethod_byrequests httpd passes -t and does not start", "lbmethod_byrequests", "AH02432"],
    ["without slotmem_shm httpd passes -t and does not start", "slotmem_shm", "AH01177"],
  ] as const)("%s", async (_title, module, log) => {
    const modules = WITHOUT(module);
    const body = `Listen 127.0.0.1:20001\n${BALANCER({ a: "http://127.0.0.1:9", b: "", c: "" })}\n`;
    expect(configurationTest(body, modules)).toContain("Syntax OK");
    await expect(startHttpd({ program: findHttpd(process.env), modules, body })).rejects.toThrow(log);
  });

  proof(
    "without proxy_balancer every request is answered 500",
    BALANCER,
    async ({ get, httpd }) => {
      expect((await get()).status).toBe(500);
      expect(httpd.errorLog()).toContain("AH01144");
    },
    WITHOUT("proxy_balancer").filter((name) => name !== "lbmethod_byrequests" && name !== "proxy_hcheck"),
  );

  proof(
    "a member whose scheme has no module answers 503",
    ({ a }) => `<Proxy balancer://x>
BalancerMember ${a.replace("http:", "ajp:")}
</Proxy>
ProxyPass / balancer://x/`,
    async ({ get, httpd }) => {
      expect((await get()).status).toBe(503);
      expect(httpd.errorLog()).toContain("AH00934");
    },
  );

  proof(
    "without authz_core every request is answered 500",
    ({ a }) => `ProxyPass / ${a}/`,
    async ({ get, httpd }) => {
      expect((await get()).status).toBe(500);
      expect(httpd.errorLog()).toContain("AH00025");
    },
    ["mpm_event", "unixd", "proxy", "proxy_http"],
  );
});

describeReal("security on the real httpd", ["apache2"], () => {
  proof(
    "an unprotected balancer-manager lets everybody disable members",
    ({ a, b }) => `<Proxy balancer://x>
BalancerMember ${a}
BalancerMember ${b}
</Proxy>
<Location /balancer-manager>
SetHandler balancer-manager
</Location>
ProxyPass /app balancer://x`,
    async ({ a, address, port, ask }) => {
      expect(await ask(4, "/app")).toBe("abab");
      const manager = { address, port, path: "/balancer-manager" };
      const [balancer] = await readBalancers(manager);
      await postChange(manager, { balancer: "x", worker: a.url, nonce: balancer?.nonce ?? "" }, { w_status_D: "1" });
      expect(await ask(4, "/app")).toBe("bbbb");
    },
  );

  proof(
    "a virtual host does not take over the lbmethod of the main server's balancer",
    ({ a }) => `<Proxy balancer://x>
BalancerMember ${a}
ProxySet lbmethod=bybusyness maxattempts=3
</Proxy>
<VirtualHost *>
<Location /balancer-manager>
SetHandler balancer-manager
</Location>
ProxyPass /app balancer://x
</VirtualHost>
<VirtualHost *>
ServerName says.example
<Location /balancer-manager>
SetHandler balancer-manager
</Location>
ProxyPass /app balancer://x lbmethod=bybusyness
</VirtualHost>`,
    async ({ address, port }) => {
      const manager = { address, port, path: "/balancer-manager" };
      const [silent] = await readBalancers(manager);
      expect([silent?.lbmethod, silent?.maxattempts]).toEqual(["byrequests", 3]);
      const [said] = await readBalancers({ ...manager, host: "says.example" });
      expect(said?.lbmethod).toBe("bybusyness");
    },
    [...LAB_MODULES, "lbmethod_bybusyness"],
  );

  proof(
    "ProxyRequests On fetches any URL",
    () => `ProxyRequests On`,
    async ({ a, get }) => {
      expect((await get(`${a.url}/secret`, { Host: a.authority })).by).toBe("a");
      expect(a.asked).toEqual(["/secret"]);
    },
  );

  proof(
    "a forged X-Forwarded-For passes Require env",
    () => `SetEnvIf X-Forwarded-For ^10\\. inside
<Location />
Require env inside
</Location>`,
    async ({ get }) => {
      expect((await get("/")).status).toBe(403);
      expect((await get("/", { "X-Forwarded-For": "10.1.1.1" })).status).not.toBe(403);
    },
  );

  proof(
    "an untrusted X-Forwarded-For passes Require ip",
    () => `LoadModule remoteip_module "${findHttpd(process.env).moduleFolder}/mod_remoteip.so"
RemoteIPHeader X-Forwarded-For
<Location />
Require ip 8.8.8.8
</Location>`,
    async ({ get }) => {
      expect((await get("/")).status).toBe(403);
      expect((await get("/", { "X-Forwarded-For": "8.8.8.8" })).status).not.toBe(403);
    },
  );

  proof(
    "a backreference in the host lets the client choose the backend",
    () => `RewriteEngine On
RewriteRule ^/to/([^/]+)/(.*)$ http://$1/$2 [P]`,
    async ({ b, get }) => {
      expect((await get(`/to/${b.authority}/inside`)).by).toBe("b");
      expect(b.asked).toEqual(["/inside"]);
    },
  );

  proof(
    "a backreference that begins with a slash cannot move the host",
    ({ a, b }) => `RewriteEngine On
RewriteRule ^/rule(/.*)$ ${a}$1 [P]
RewriteRule ^/whole ${a}%{REQUEST_URI} [P]
ProxyPassMatch ^/(.*)$ ${b}/$1`,
    async ({ a, b, get }) => {
      const hostile = ["/rule@evil/", "/rule/@evil/", "/rule//evil/", "/rule%40evil/", "/rule:1@evil/", "/whole@evil/"];
      for (const path of hostile) expect(["a", "b"], path).toContain((await get(path)).by);
      expect(a.asked.length + b.asked.length).toBe(hostile.length);
    },
  );

  proof(
    "an https member without SSLProxyEngine answers 500",
    ({ a }) => `<Proxy balancer://x>
BalancerMember ${a.replace("http:", "https:")}
</Proxy>
ProxyPass / balancer://x/`,
    async ({ get }) => {
      expect((await get()).status).toBe(500);
    },
    [...LAB_MODULES, "socache_shmcb", "ssl"],
  );

  it("an https member with any certificate is accepted unless SSLProxyVerify is require", async () => {
    const [cert, key] = ["backend.crt", "backend.key"].map((name) => readFileSync(join(FIXTURES, name)));
    const backend = createServer({ cert, key }, (_request, response) => response.end("hello"));
    await new Promise<void>((resolve) => backend.listen(0, "localhost", resolve));
    const url = `https://localhost:${(backend.address() as AddressInfo).port}/`;
    const statuses: number[] = [];
    try {
      for (const verify of ["none", "require"]) {
        await inLab(
          () => `SSLProxyEngine On\nSSLProxyVerify ${verify}\nProxyPass / ${url}`,
          async ({ get }) => {
            statuses.push((await get()).status);
          },
          [...LAB_MODULES, "socache_shmcb", "ssl"],
        );
      }
    } finally {
      backend.closeAllConnections();
      await new Promise((resolve) => backend.close(resolve));
    }
    expect(statuses).toEqual([200, 500]);
  });
});

describeReal("health checks and day 2 on the real httpd", ["apache2"], () => {
  proof(
    "a GET check without hcuri sends a request without a path",
    ({ a }) => `<Proxy balancer://x>
BalancerMember ${a} hcmethod=GET hcinterval=200ms
</Proxy>
ProxyPass / balancer://x/`,
    async ({ a, get }) => {
      expect(await holdsWithin(10_000, () => a.asked.length > 0)).toBe(true);
      expect(a.asked[0]).toBe("GET  HTTP/1.0");
      expect(await holdsWithin(10_000, async () => (await get()).status === 503)).toBe(true);
    },
  );

  proof(
    "a health check whose expression accepts 404 keeps the member in service",
    ({ a, b }) => `ProxyHCExpr lax {%{REQUEST_STATUS} =~ /^[234]/}
<Proxy balancer://lax>
BalancerMember ${a} hcmethod=GET hcuri=/health hcinterval=200ms hcexpr=lax
</Proxy>
<Proxy balancer://own>
BalancerMember ${b} hcmethod=GET hcuri=/health hcinterval=200ms
</Proxy>
ProxyPass /lax balancer://lax
ProxyPass /own balancer://own`,
    async ({ a, b, get }) => {
      a.answer = { status: 404, headers: {} };
      b.answer = { status: 404, headers: {} };
      expect(await holdsWithin(10_000, async () => (await get("/own")).status === 503)).toBe(true);
      const checks = a.asked.length;
      expect(await holdsWithin(10_000, () => a.asked.length >= checks + 3)).toBe(true);
      expect(await get("/lax")).toMatchObject({ status: 404, by: "a" });
    },
  );

  proof(
    "a 404 in failonstatus lets a client take out members",
    ({ a, b }) => `<Proxy balancer://x>
BalancerMember ${a}
BalancerMember ${b}
ProxySet failonstatus=404
</Proxy>
ProxyPass / balancer://x/`,
    async ({ a, ask }) => {
      a.answer = { status: 404, headers: {} };
      expect(await ask(1, "/no-such-page")).toBe("a");
      a.answer = { status: 200, headers: {} };
      expect(await ask(4)).toBe("bbbb");
    },
  );

  proof(
    "a 500 in failonstatus lets one page take out its member",
    ({ a, b }) => `<Proxy balancer://x>
BalancerMember ${a}
BalancerMember ${b}
ProxySet failonstatus=500
</Proxy>
ProxyPass / balancer://x/`,
    async ({ a, ask }) => {
      a.answer = { status: 500, headers: {} };
      expect(await ask(1, "/broken-page")).toBe("a");
      a.answer = { status: 200, headers: {} };
      expect(await ask(4)).toBe("bbbb");
    },
  );

  proof(
    "a mount of a member's own URL is answered 503 while that member is down",
    ({ a, b }) => `<Proxy balancer://x>
BalancerMember ${a}
BalancerMember ${b}
</Proxy>
ProxyPass /direct ${a}/direct
ProxyPass / balancer://x/`,
    async ({ a, ask }) => {
      await a.stop();
      expect(await ask(2)).toBe("bb");
      expect(await ask(2, "/direct")).toBe("503  503");
    },
  );

  proof(
    "ping asks an http member before a POST, and not before a GET",
    ({ a }) => `ProxyPass / ${a}/ ping=1`,
    async ({ a, address, port, get }) => {
      expect(await get()).toMatchObject({ status: 200, by: "a" });
      expect(a.expected).toEqual([]);
      expect(await send({ address, port, path: "/", method: "POST", headers: {}, body: "0123456789" })).toMatchObject({
        status: 200,
      });
      expect(a.expected).toEqual(["100-Continue"]);
    },
  );

  proof(
    "upgrade= keeps no request from its member, whatever the request asks for",
    ({ a, b }) =>
      `ProxyPass /up ${a}/ upgrade=websocket\nProxyPass /ws ${a.replace("http:", "ws:")}/ upgrade=other\nProxyPass / ${b}/`,
    async ({ get }) => {
      for (const upgrade of [undefined, "websocket", "other"]) {
        const headers = upgrade === undefined ? {} : { Upgrade: upgrade, Connection: "Upgrade" };
        expect([(await get("/up", headers)).by, (await get("/ws", headers)).by]).toEqual(["a", "a"]);
      }
    },
  );

  proof(
    "timeout=1 ends an answer that is silent for longer than a second",
    ({ a, b }) => `ProxyPass /short ${a}/ timeout=1\nProxyPass /long ${b}/ timeout=10`,
    async ({ a, b, get }) => {
      a.silence = 2_500;
      b.silence = 2_500;
      expect([502, 504]).toContain((await get("/short")).status);
      expect(await get("/long")).toMatchObject({ status: 200, by: "b" });
    },
  );

  proof(
    "with BalancerPersist a changed load factor in the file is ignored",
    ({ a, b }) => `BalancerPersist On
<Proxy balancer://x>
BalancerMember ${a} loadfactor=1
BalancerMember ${b} loadfactor=1
</Proxy>
ProxyPass / balancer://x/`,
    async ({ httpd, ask }) => {
      expect(await ask(4)).toBe("abab");
      const file = join(httpd.folder, "httpd.conf");
      const text = readFileSync(file, "utf8");
      expect(text).toContain("loadfactor=1");
      writeFileSync(file, text.replace("loadfactor=1", "loadfactor=9"));
      await httpd.reload("restart");
      expect(await ask(10)).toBe("ababababab");
    },
  );
});
