import { expect, it } from "vitest";
import { told } from "./told.js";

/** An active member and a hot standby, no retry: how long until traffic comes back? */
const SITUATION = {
  conf: `<Proxy balancer://app>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080 status=+H
</Proxy>
ProxyPass / balancer://app/
ProxyPassReverse / balancer://app/
`,
  scenario: `steps:
  - request: 1
  - stop: [http://10.0.0.1:8080]
  - request: 1
  - start: [http://10.0.0.1:8080]
  - wait: 30s
  - request: 1
  - wait: 31s
  - request: 1
`,
};

it("the scenario shows the request at which the active serves again: the first one 60 s after it failed", async () => {
  expect(await told(SITUATION, "simulate", "httpd.conf", "--scenario", "scenario.yaml"))
    .toBe(`step 1: 1 request: 1 x 10.0.0.1:8080 200
step 3: 1 request: 1 x 10.0.0.2:8080 200
step 6: 1 request: 1 x 10.0.0.2:8080 200
step 8: 1 request: 1 x 10.0.0.1:8080 200
10.0.0.1:8080 10.0.0.2:8080 10.0.0.2:8080 10.0.0.1:8080
`);
});

it("lint has nothing to say", async () => {
  expect(await told(SITUATION, "lint", "httpd.conf")).toBe(`no findings
`);
});

it("explain says when it is back, and what the wait costs", async () => {
  const said = await told(SITUATION, "explain", "httpd.conf");
  expect(said).toContain(
    `Every 60 s one request tries it again and pays the same. It serves at most 60 s after its return.`,
  );
});
