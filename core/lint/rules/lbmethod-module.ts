import { LB_METHODS, isLbMethodName } from "../../vocabulary/lbmethods.js";
import { missingModules } from "../modules.js";
import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

/** LB: the method every balancer uses without saying so. */
export const lbmethodModule: Rule = {
  id: "lbmethod-module",
  group: "wiring",
  severity: "error",
  presets: ["recommended"],
  wanted: "The module of every lbmethod in use is loaded, that of byrequests for balancers that name none.",
  why: "A balancer without `lbmethod` uses byrequests, which is a module of its own since 2.4. Without it the configuration test says Syntax OK, and httpd does not start: AH02432 in the error log.",
  proof: "without lbmethod_byrequests httpd passes -t and does not start",
  bad: [
    `LoadModule mpm_event_module modules/mod_mpm_event.so
LoadModule authz_core_module modules/mod_authz_core.so
LoadModule slotmem_shm_module modules/mod_slotmem_shm.so
LoadModule proxy_module modules/mod_proxy.so
LoadModule proxy_http_module modules/mod_proxy_http.so
LoadModule proxy_balancer_module modules/mod_proxy_balancer.so
# wrong
<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
</Proxy>
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
<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
</Proxy>
`,
  ],
  fixable: true,
  check({ clusters, conf }) {
    if (conf?.modules?.has("proxy_balancer") !== true) return undefined;
    const needs = clusters.flatMap((cluster) => {
      const { lbmethod } = cluster.balancer;
      const module = isLbMethodName(lbmethod) ? LB_METHODS[lbmethod].module : undefined;
      const at = cluster.cluster.parameters.lbmethod === undefined ? cluster.at : parameterOf(cluster, "lbmethod");
      return module === undefined ? [] : [{ module, at, subject: `lbmethod ${lbmethod} of ${cluster.label}` }];
    });
    return missingModules(conf, needs);
  },
};
