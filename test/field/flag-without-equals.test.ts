import { expect, it } from "vitest";
import { expectRepaired, told } from "./told.js";

/** A flag of ProxySet without its equals sign. */
const SITUATION = {
  conf: `<Proxy balancer://app>
  BalancerMember http://10.0.0.1:8080 route=a
  BalancerMember http://10.0.0.2:8080 route=b
  ProxySet stickysession=JSESSIONID|jsessionid scolonpathdelim On
</Proxy>
ProxyPass / balancer://app/
ProxyPassReverse / balancer://app/
`,
};

it("lint says one thing: the word as it is meant", async () => {
  expect(await told(SITUATION, "lint", "httpd.conf")).toBe(`httpd.conf:4:48: error configtest
  httpd does not start: Invalid ProxySet parameter. Parameter must be in the
    form 'key=value'
    4 |   ProxySet stickysession=JSESSIONID|jsessionid scolonpathdelim On
      |                                                ^^^^^^^^^^^^^^^^^^
  fix: write scolonpathdelim=On (--fix does it)

one of them can be repaired with --fix
1 error
`);
});

it("configtest says the same", async () => {
  expect(await told(SITUATION, "configtest", "httpd.conf"))
    .toBe(`httpd.conf:4: Invalid ProxySet parameter. Parameter must be in the form 'key=value'
    4 |   ProxySet stickysession=JSESSIONID|jsessionid scolonpathdelim On
      |                                                ^^^^^^^^^^^^^^^^^^
  fix: write scolonpathdelim=On
`);
});

it("--fix writes it", async () => {
  await expectRepaired(SITUATION, SITUATION.conf.replace("scolonpathdelim On", "scolonpathdelim=On"));
});
