import { expect, it } from "vitest";
import { told } from "./told.js";

/** Two BalancerMember on one line. */
const SITUATION = {
  conf: `<Proxy balancer://app>
  BalancerMember http://10.0.0.1:8080 BalancerMember http://10.0.0.2:8080
</Proxy>
ProxyPass / balancer://app/
ProxyPassReverse / balancer://app/
`,
};

it("lint says where the second line begins, and nothing about what follows from it", async () => {
  expect(await told(SITUATION, "lint", "httpd.conf")).toBe(`httpd.conf:2:39: error configtest
  httpd does not start: BalancerMember can not have a balancer name when defined
    in a location
    2 |   BalancerMember http://10.0.0.1:8080 BalancerMember http://10.0.0.2:808
      |                                       ^^^^^^^^^^^^^^
  fix: begin a new line with BalancerMember

1 error
`);
});

it("configtest says the same", async () => {
  expect(await told(SITUATION, "configtest", "httpd.conf"))
    .toBe(`httpd.conf:2: BalancerMember can not have a balancer name when defined in a location
    2 |   BalancerMember http://10.0.0.1:8080 BalancerMember http://10.0.0.2:808
      |                                       ^^^^^^^^^^^^^^
  fix: begin a new line with BalancerMember
`);
});
