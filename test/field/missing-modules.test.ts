import { expect, it } from "vitest";
import { expectRepaired, told } from "./told.js";

/** No module for the load-balancing method, none for shared memory. */
const SITUATION = {
  conf: `LoadModule mpm_event_module modules/mod_mpm_event.so
LoadModule authz_core_module modules/mod_authz_core.so
LoadModule proxy_module modules/mod_proxy.so
LoadModule proxy_http_module modules/mod_proxy_http.so
LoadModule proxy_balancer_module modules/mod_proxy_balancer.so
<Proxy balancer://app>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
ProxyPass / balancer://app/
ProxyPassReverse / balancer://app/
`,
};

it("configtest says that the test passes and the start fails, and what to add", async () => {
  expect(await told(SITUATION, "configtest", "httpd.conf")).toBe(`httpd.conf: Syntax OK
httpd.conf: passes -t, but httpd does not start: Failed to lookup provider 'shm' for 'slotmem': is mod_slotmem_shm loaded?? (AH01177); add LoadModule slotmem_shm_module modules/mod_slotmem_shm.so
httpd.conf: passes -t, but httpd does not start: Cannot find LB Method: byrequests (AH02432); add LoadModule lbmethod_byrequests_module modules/mod_lbmethod_byrequests.so, or set lbmethod to one that is loaded
`);
});

it("lint says why", async () => {
  expect(await told(SITUATION, "lint", "httpd.conf")).toBe(`httpd.conf:5:1: error slotmem-module
  mod_proxy_balancer: loaded without mod_slotmem_shm
    5 | LoadModule proxy_balancer_module modules/mod_proxy_balancer.so
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  why: mod_proxy_balancer keeps its state in shared memory. Without
    mod_slotmem_shm the configuration test says Syntax OK, and httpd does not
    start, even without a balancer: AH01177 in the error log.
  fix: add LoadModule slotmem_shm_module (--fix does it)

httpd.conf:6:1: error lbmethod-module
  lbmethod byrequests of balancer 'app': mod_lbmethod_byrequests is not loaded
    6 | <Proxy balancer://app>
      | ^^^^^^
  why: A balancer without \`lbmethod\` uses byrequests, which is a module of its
    own since 2.4. Without it the configuration test says Syntax OK, and httpd
    does not start: AH02432 in the error log.
  fix: add LoadModule lbmethod_byrequests_module (--fix does it)

2 of them can be repaired with --fix
2 errors
`);
});

it("--fix adds both modules", async () => {
  await expectRepaired(
    SITUATION,
    SITUATION.conf.replace(
      "LoadModule proxy_balancer_module modules/mod_proxy_balancer.so\n",
      "LoadModule proxy_balancer_module modules/mod_proxy_balancer.so\nLoadModule slotmem_shm_module modules/mod_slotmem_shm.so\nLoadModule lbmethod_byrequests_module modules/mod_lbmethod_byrequests.so\n",
    ),
  );
});
