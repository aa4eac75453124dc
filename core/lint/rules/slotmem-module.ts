import { loadLineOf, missingModules } from "../modules.js";
import type { Rule } from "../rule.js";

/** LB: the memory balancers live in. */
export const slotmemModule: Rule = {
  id: "slotmem-module",
  group: "wiring",
  severity: "error",
  presets: ["recommended"],
  wanted: "Where mod_proxy_balancer is loaded, mod_slotmem_shm is.",
  why: "mod_proxy_balancer keeps its state in shared memory. Without mod_slotmem_shm the configuration test says Syntax OK, and httpd does not start, even without a balancer: AH01177 in the error log.",
  proof: "without slotmem_shm httpd passes -t and does not start",
  bad: [
    `LoadModule mpm_event_module modules/mod_mpm_event.so
LoadModule authz_core_module modules/mod_authz_core.so
LoadModule proxy_module modules/mod_proxy.so
LoadModule proxy_http_module modules/mod_proxy_http.so
# wrong
LoadModule proxy_balancer_module modules/mod_proxy_balancer.so
LoadModule lbmethod_byrequests_module modules/mod_lbmethod_byrequests.so
`,
  ],
  good: [
    `LoadModule mpm_event_module modules/mod_mpm_event.so
LoadModule authz_core_module modules/mod_authz_core.so
LoadModule slotmem_shm_module modules/mod_slotmem_shm.so
LoadModule proxy_module modules/mod_proxy.so
LoadModule proxy_http_module modules/mod_proxy_http.so
LoadModule proxy_balancer_module modules/mod_proxy_balancer.so
LoadModule lbmethod_byrequests_module modules/mod_lbmethod_byrequests.so
`,
  ],
  fixable: true,
  check({ conf }) {
    const at = conf === undefined ? undefined : loadLineOf(conf, "proxy_balancer");
    if (at === undefined) return undefined;
    const found = "loaded without mod_slotmem_shm";
    return missingModules(conf, [{ module: "slotmem_shm", at, subject: "mod_proxy_balancer", found }]);
  },
};
