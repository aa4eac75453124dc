import { expect, it } from "vitest";
import { told } from "./told.js";

/** Three dead members and `maxattempts=10`. */
const SITUATION = {
  conf: `<Proxy balancer://app>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
  BalancerMember http://10.0.0.3:8080
  ProxySet maxattempts=10
</Proxy>
ProxyPass / balancer://app/
ProxyPassReverse / balancer://app/
`,
  scenario: `steps:
  - stop: [http://10.0.0.1:8080, http://10.0.0.2:8080, http://10.0.0.3:8080]
  - request: 1
`,
};

it("the one request is tried eleven times and answered 503", async () => {
  const said = await told(SITUATION, "simulate", "httpd.conf", "--scenario", "scenario.yaml", "--json");
  expect(said).toContain(`"member":null,"status":503,"attempts":11`);
});

it("lint has nothing to say", async () => {
  const said = await told(SITUATION, "lint", "httpd.conf");
  expect(said).toContain(`no findings`);
});
