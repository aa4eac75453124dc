import { expect, it } from "vitest";
import { told } from "./told.js";

/** Members that are names of a load balancer and of Docker, whose addresses change while httpd runs. */
const SITUATION = {
  conf: `<Proxy balancer://shop>
  BalancerMember http://shop-1.eu-central-1.elb.amazonaws.com:8080
  BalancerMember http://tasks.shop:8080
</Proxy>
ProxyPass / balancer://shop/
ProxyPassReverse / balancer://shop/
`,
};

it("lint says that httpd stays with the old address, and the two ways out", async () => {
  const said = (await told(SITUATION, "lint", "httpd.conf")).replace(/\s+/g, " ");
  expect(said).toContain("warning backend-name-moving");
  expect(said).toContain("a name of an Elastic Load Balancer, whose address httpd keeps");
  expect(said).toContain("fix: set addressttl=30 (from httpd 2.4.59 on), or disablereuse=On");
});

it("with a time to live, and with a connection for each request, there is nothing to say", async () => {
  const conf = SITUATION.conf
    .replace(/com:8080$/m, "com:8080 addressttl=30")
    .replace(/shop:8080$/m, "shop:8080 disablereuse=On");
  const said = await told({ conf }, "lint", "httpd.conf");
  expect(said).not.toContain("backend-name-moving");
});
