import { expect, it } from "vitest";
import { told } from "./told.js";

/** Persistent connections to two members with connectiontimeout, and a balancer-manager with `Allow from all`. */
const SITUATION = {
  conf: `<Proxy balancer://app>
  BalancerMember http://10.0.0.1:8080 route=a connectiontimeout=200ms
  BalancerMember http://10.0.0.2:8080 route=b connectiontimeout=200ms
  ProxySet stickysession=ROUTEID
</Proxy>
ProxyPass /balancer-manager !
<Location /balancer-manager>
  SetHandler balancer-manager
  Order Deny,Allow
  Deny from all
  Allow from all
</Location>
ProxyPass / balancer://app/
`,
};

it("lint names the open manager first among what lets somebody in, and that nothing sticks", async () => {
  const said = await told(SITUATION, "lint", "httpd.conf");
  expect(said).toContain(`httpd.conf:8:3: error manager-access
  balancer-manager at /balancer-manager: open to everybody
    8 |   SetHandler balancer-manager
      |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^
`);
  expect(said).toContain(`  stickysession of balancer 'app': ROUTEID, which no Header directive sets
`);
  expect(said).toContain(`httpd.conf:13:1: note mount-reverse
`);
  expect(said).toContain(`  fix: add Require local, or Require ip with the addresses of the operators
`);
});

it("explain says what a member that dies costs those whose requests it had, on pooled connections too", async () => {
  const said = await told(SITUATION, "explain", "httpd.conf");
  expect(said).toContain("A request that is under way with a member as it dies gets 502: no other member is asked.\n");
  expect(said).toContain("So does one that is sent on a pooled connection which the member has just closed;");
  const unpooled = { conf: SITUATION.conf.replaceAll("=200ms", "=200ms disablereuse=On") };
  expect(await told(unpooled, "explain", "httpd.conf")).not.toContain("pooled");
  const ajp = { conf: SITUATION.conf.replaceAll("http:", "ajp:") };
  expect(await told(ajp, "explain", "httpd.conf")).not.toContain("no other member is asked");
});

it("of a manager whose path has wildcards lint proposes no line that would take them for what they are written as", async () => {
  const section = `<Location "/bm*">\n  SetHandler balancer-manager\n  Require local\n</Location>\n`;
  const conf = SITUATION.conf.replace(/ProxyPass \/balancer-manager[^]*?<\/Location>\n/, section);
  const said = (await told({ conf }, "lint", "httpd.conf")).replace(/\s+/g, " ");
  expect(said).toContain("fix: give the section a path without wildcards, and add a ProxyPass with ! for it above");
  expect(said).not.toContain("ProxyPass /bm* !");
});
