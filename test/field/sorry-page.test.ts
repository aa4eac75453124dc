import { expect, it } from "vitest";
import { told } from "./told.js";

/** A page on disk as the last member. */
const SITUATION = {
  conf: `<Proxy balancer://app>
  BalancerMember http://10.0.0.1:8080
  BalancerMember "file:///srv/www/sorry.html" status=+H
</Proxy>
ProxyPass / balancer://app/
ProxyPassReverse / balancer://app/
`,
};

it("lint says that no member can be a file, and where a sorry page belongs", async () => {
  expect(await told(SITUATION, "lint", "httpd.conf")).toBe(`httpd.conf:3:18: error configtest
  httpd does not start: BalancerMember URL must be absolute!:
    file:///srv/www/sorry.html
    3 |   BalancerMember "file:///srv/www/sorry.html" status=+H
      |                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  fix: take it away: httpd fetches nothing from files. A page for the time when
    no member serves is ErrorDocument 503 /sorry.html beside ProxyPass
    /sorry.html !, or a member of its own with status=+H

1 error
`);
});

it("configtest says the same beside the sentence of httpd", async () => {
  expect(await told(SITUATION, "configtest", "httpd.conf"))
    .toBe(`httpd.conf:3: BalancerMember URL must be absolute!: file:///srv/www/sorry.html
    3 |   BalancerMember "file:///srv/www/sorry.html" status=+H
      |                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  fix: take it away: httpd fetches nothing from files. A page for the time when
    no member serves is ErrorDocument 503 /sorry.html beside ProxyPass
    /sorry.html !, or a member of its own with status=+H
`);
});
