import { missingModules } from "../modules.js";
import type { Rule } from "../rule.js";

/** LB: nobody decides about access. */
export const authzCoreModule: Rule = {
  id: "authz-core-module",
  group: "wiring",
  severity: "error",
  presets: ["recommended"],
  wanted: "A configuration that loads an MPM loads mod_authz_core.",
  why: "Without mod_authz_core the configuration test passes, httpd starts, and answers every request 500 (AH00025).",
  proof: "without authz_core every request is answered 500",
  bad: [
    `# wrong
LoadModule mpm_event_module modules/mod_mpm_event.so
LoadModule proxy_module modules/mod_proxy.so
LoadModule proxy_http_module modules/mod_proxy_http.so
ProxyPass / http://10.0.0.1:8080/
ProxyPassReverse / http://10.0.0.1:8080/
`,
  ],
  good: [
    `LoadModule mpm_event_module modules/mod_mpm_event.so
LoadModule authz_core_module modules/mod_authz_core.so
LoadModule proxy_module modules/mod_proxy.so
LoadModule proxy_http_module modules/mod_proxy_http.so
ProxyPass / http://10.0.0.1:8080/
ProxyPassReverse / http://10.0.0.1:8080/
`,
  ],
  fixable: true,
  check({ conf }) {
    const mpm = conf?.loadLines.find(({ module }) => module.startsWith("mpm_"));
    if (mpm === undefined) return undefined;
    const found = "an MPM without mod_authz_core";
    return missingModules(conf, [{ module: "authz_core", at: mpm, subject: "modules", found }]);
  },
};
