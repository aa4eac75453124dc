import { SCHEMES, isSchemeName } from "../../vocabulary/schemes.js";
import { missingModules } from "../modules.js";
import type { Rule } from "../rule.js";

/** LB: nobody speaks the protocol. */
export const schemeModule: Rule = {
  id: "scheme-module",
  group: "wiring",
  severity: "error",
  presets: ["recommended"],
  wanted: "The modules that speak the protocol of a member are loaded.",
  why: "A member whose scheme no module handles passes the configuration test; every request it is picked for is answered 503 (AH00934), of an https member without mod_ssl 500 (AH01144).",
  proof: "a member whose scheme has no module answers 503",
  bad: [
    `LoadModule mpm_event_module modules/mod_mpm_event.so
LoadModule authz_core_module modules/mod_authz_core.so
LoadModule slotmem_shm_module modules/mod_slotmem_shm.so
LoadModule proxy_module modules/mod_proxy.so
LoadModule proxy_balancer_module modules/mod_proxy_balancer.so
LoadModule lbmethod_byrequests_module modules/mod_lbmethod_byrequests.so
<Proxy balancer://shop>
  # wrong
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
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
  BalancerMember http://10.0.0.2:8080
</Proxy>
`,
  ],
  fixable: true,
  check({ clusters, conf }) {
    if (conf?.modules?.has("proxy") !== true) return undefined;
    const needs = clusters.flatMap(({ members }) =>
      members.flatMap(({ at, label, backend }) => {
        const scheme = backend?.scheme ?? "";
        const modules = isSchemeName(scheme) ? SCHEMES[scheme].modules : [];
        return modules.map((module) => ({ module, at: `${at}/url` as const, subject: `scheme ${scheme} of ${label}` }));
      }),
    );
    return missingModules(conf, needs);
  },
};
