import { expect, it } from "vitest";
import { told } from "./told.js";

/** `nofailover=On`, and a member that is gone. */
const SITUATION = {
  conf: `<Proxy balancer://app>
  BalancerMember http://10.0.0.1:8080 route=a
  BalancerMember http://10.0.0.2:8080 route=b
  ProxySet stickysession=JSESSIONID|jsessionid nofailover=On
</Proxy>
ProxyPass / balancer://app/
ProxyPassReverse / balancer://app/
`,
  scenario: `steps:
  - stop: [http://10.0.0.1:8080]
  - request: { count: 2, cookies: { JSESSIONID: x.a } }
  - request: 2
`,
};

it("its sessions are answered 503, other requests by the other member", async () => {
  expect(await told(SITUATION, "simulate", "httpd.conf", "--scenario", "scenario.yaml"))
    .toBe(`step 2: 2 requests: 2 x httpd 503
step 3: 2 requests: 2 x 10.0.0.2:8080 200
httpd:503 httpd:503 10.0.0.2:8080 10.0.0.2:8080
`);
});

it("explain says so in the first sentence about the failure", async () => {
  const said = await told(SITUATION, "explain", "httpd.conf");
  expect(said).toContain(`  When 10.0.0.1:8080 fails:
    Its sessions get 503 until it is back (nofailover); no other request fails. Instead serve: 10.0.0.2:8080 100 %.
`);
});
