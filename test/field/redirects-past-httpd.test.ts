import { expect, it } from "vitest";
import { expectRepaired, told } from "./told.js";

/** Redirects of the application lead users to the address of a member. */
const SITUATION = {
  conf: `<Proxy balancer://app>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
ProxyPass / balancer://app/
`,
};

it("lint says why, and what to add", async () => {
  const said = await told(SITUATION, "lint", "httpd.conf");
  expect(said).toContain(
    "maxattempts of balancer 'app': 1, with 2 members: a rolling restart can lose a\n    request\n",
  );
  expect(said.slice(said.indexOf("httpd.conf:5:1"))).toBe(`httpd.conf:5:1: note mount-reverse
  ProxyPassReverse for /: none
    5 | ProxyPass / balancer://app/
      | ^^^^^^^^^
  why: Without ProxyPassReverse a redirect of the backend reaches the client as
    it is: with the address of the backend in Location, which the client cannot
    reach, or which goes around httpd.
  fix: add ProxyPassReverse / balancer://app/ (--fix does it)

one of them can be repaired with --fix
one of them can be repaired with --fix --unsafe
2 notes
`);
});

it("--fix adds it", async () => {
  await expectRepaired(
    SITUATION,
    SITUATION.conf.replace(
      "ProxyPass / balancer://app/\n",
      "ProxyPass / balancer://app/\nProxyPassReverse / balancer://app/\n",
    ),
  );
});
