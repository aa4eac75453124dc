import { expect, it } from "vitest";
import { told } from "./told.js";

/** WebSockets go to a second balancer by RewriteRule [P], the rest by ProxyPass. */
const SITUATION = {
  conf: `<Proxy balancer://app>
  BalancerMember http://10.0.0.1:8080 route=a
  BalancerMember http://10.0.0.2:8080 route=b
  ProxySet stickysession=ROUTEID
</Proxy>
<Proxy balancer://appws>
  BalancerMember ws://10.0.0.1:8080 route=a
  BalancerMember ws://10.0.0.2:8080 route=b
  ProxySet stickysession=ROUTEID
</Proxy>
RewriteEngine On
RewriteCond %{HTTP:Upgrade} =websocket [NC]
RewriteRule ^/(.*) balancer://appws/$1 [P]
ProxyPass / balancer://app/
ProxyPassReverse / balancer://app/
`,
  scenario: `steps:
  - request: 1
  - request: { count: 1, path: "/x" }
`,
};

it("what is no WebSocket is served by the first balancer", async () => {
  expect(await told(SITUATION, "simulate", "httpd.conf", "--scenario", "scenario.yaml"))
    .toBe(`step 1: 1 request: 1 x 10.0.0.1:8080 200
step 2: 1 request: 1 x 10.0.0.2:8080 200
10.0.0.1:8080 10.0.0.2:8080
`);
});
