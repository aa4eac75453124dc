import { expect, it } from "vitest";
import { told } from "./told.js";

/** A slow member with `timeout=7`. */
const SITUATION = {
  conf: `<Proxy balancer://app>
  BalancerMember http://10.0.0.1:8080 timeout=7
  BalancerMember http://10.0.0.2:8080 timeout=7
</Proxy>
ProxyPass / balancer://app/
ProxyPassReverse / balancer://app/
`,
};

it("explain says that it stays in, and what would take it out", async () => {
  const said = await told(SITUATION, "explain", "httpd.conf");
  expect(said)
    .toContain(`  Every request that is sent to it waits 7s and gets 502, and it stays in; with failontimeout=On only the first one does.
`);
});
