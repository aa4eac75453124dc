import { expect, it } from "vitest";
import { told } from "./told.js";

/** Members with ping, one of which answers 500 to everything. */
const SITUATION = {
  conf: `SSLProxyEngine On
<Proxy balancer://app>
  BalancerMember https://10.0.0.1:8443 ping=500ms
  BalancerMember https://10.0.0.2:8443 ping=500ms
</Proxy>
ProxyPass / balancer://app/
ProxyPassReverse / balancer://app/
`,
  scenario: `steps:
  - respond: { member: "https://10.0.0.1:8443", status: 500 }
  - request: 4
`,
};

it("a 500 puts no member into error: every second request gets it, as long as it lasts", async () => {
  expect(await told(SITUATION, "simulate", "httpd.conf", "--scenario", "scenario.yaml"))
    .toBe(`step 2: 4 requests: 2 x 10.0.0.1:8443 500, 2 x 10.0.0.2:8443 200
10.0.0.1:8443:500 10.0.0.2:8443 10.0.0.1:8443:500 10.0.0.2:8443
`);
});

it("lint says that the certificates of the members are not checked", async () => {
  const said = await told(SITUATION, "lint", "httpd.conf");
  expect(said).toContain(`httpd takes any certificate`);
});
