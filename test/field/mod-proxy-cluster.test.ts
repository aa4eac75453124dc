import { expect, it } from "vitest";
import { told } from "./told.js";

/** mod_proxy_cluster beside BalancerMember. */
const SITUATION = {
  conf: `LoadModule mpm_event_module modules/mod_mpm_event.so
LoadModule authz_core_module modules/mod_authz_core.so
LoadModule slotmem_shm_module modules/mod_slotmem_shm.so
LoadModule proxy_module modules/mod_proxy.so
LoadModule proxy_http_module modules/mod_proxy_http.so
LoadModule proxy_cluster_module modules/mod_proxy_cluster.so
<Proxy balancer://app>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
ProxyPass / balancer://app/
ProxyPassReverse / balancer://app/
`,
};

it("lint says that the two exclude each other, and adds neither", async () => {
  expect(await told(SITUATION, "lint", "httpd.conf")).toBe(`httpd.conf:7:1: error balancer-module
  balancer 'app': members written out beside mod_proxy_cluster, which refuses to
    start with mod_proxy_balancer
    7 | <Proxy balancer://app>
      | ^^^^^^
  why: \`<Proxy balancer://...>\` and BalancerMember belong to mod_proxy. Without
    mod_proxy_balancer the configuration test passes, httpd starts, and answers
    every request 500 (AH01144).
  fix: keep one of the two: let the nodes register themselves, or load
    mod_proxy_balancer in its place

1 error
`);
});
