import { missingModules } from "../modules.js";
import type { Rule } from "../rule.js";

/** LB: balancers without their module. */
export const balancerModule: Rule = {
  id: "balancer-module",
  group: "wiring",
  severity: "error",
  presets: ["recommended"],
  wanted: "Where a balancer is defined, mod_proxy_balancer is loaded.",
  why: "`<Proxy balancer://...>` and BalancerMember belong to mod_proxy. Without mod_proxy_balancer the configuration test passes, httpd starts, and answers every request 500 (AH01144).",
  proof: "without proxy_balancer every request is answered 500",
  bad: [
    `LoadModule mpm_event_module modules/mod_mpm_event.so
LoadModule authz_core_module modules/mod_authz_core.so
LoadModule proxy_module modules/mod_proxy.so
LoadModule proxy_http_module modules/mod_proxy_http.so
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
    const [cluster] = clusters;
    if (cluster === undefined || conf?.modules?.has("proxy") !== true) return undefined;
    // mod_proxy_cluster brings its own balancers, and does not start beside mod_proxy_balancer.
    if (conf.modules.has("proxy_cluster") && !conf.modules.has("proxy_balancer")) {
      if (cluster.members.length === 0) return undefined;
      const found = "members written out beside mod_proxy_cluster, which refuses to start with mod_proxy_balancer";
      const fix = "keep one of the two: let the nodes register themselves, or load mod_proxy_balancer in its place";
      return { at: cluster.at, subject: cluster.label, found, fix };
    }
    return missingModules(conf, [{ module: "proxy_balancer", at: cluster.at, subject: cluster.label }]);
  },
};
