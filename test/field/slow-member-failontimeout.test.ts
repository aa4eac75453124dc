import { expect, it } from "vitest";
import { told } from "./told.js";

/** The same with `failontimeout=On`. */
const SITUATION = {
  conf: `<Proxy balancer://app>
  BalancerMember http://10.0.0.1:8080 timeout=7
  BalancerMember http://10.0.0.2:8080 timeout=7
  ProxySet failontimeout=On
</Proxy>
ProxyPass / balancer://app/
ProxyPassReverse / balancer://app/
`,
};

it("explain says that one request pays", async () => {
  const said = await told(SITUATION, "explain", "httpd.conf");
  expect(said).toContain(`  One request waits 7s for it and gets 502; then it is out until retry (failontimeout=On).
`);
});
