import { expect, it } from "vitest";
import { told } from "./told.js";

/** A mount whose whole path only some clients may ask for. */
const conf = (path: string): string => `<Proxy balancer://app>
  BalancerMember http://10.0.0.1:8080 retry=5
  BalancerMember http://10.0.0.2:8080 retry=5
  ProxySet maxattempts=3
</Proxy>
ProxyPass /app balancer://app
<Location ${path}>
  Require ip 10.0.0.0/8
</Location>
`;

it("check says that the address of a client decides, and by which line, where no client of the machine gets in", async () => {
  const said = (await told({ conf: conf("/app") }, "check", "httpd.conf")).replace(/\s+/g, " ");
  expect(said).toContain(
    "not judged always-served (app), as far as line 8 does not decide otherwise: the address of a client decides whether a request of its reaches it, and one of the machine itself does not: GET /app is answered 403 by httpd itself",
  );
});

it("check holds where only a part of the mount is for some clients, and names the line", async () => {
  const said = await told({ conf: conf("/app/admin") }, "check", "httpd.conf");
  expect(said).toMatch(/^holds {3}always-served \(app\)/m);
  expect(said).toContain("GET /app/admin is answered 403 by httpd itself (httpd.conf:8");
});
