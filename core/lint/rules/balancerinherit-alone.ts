import type { Rule } from "../rule.js";

/** LB: BalancerInherit Off without ProxyPassInherit Off. */
export const balancerinheritAlone: Rule = {
  id: "balancerinherit-alone",
  group: "wiring",
  severity: "warning",
  presets: ["recommended"],
  wanted: "BalancerInherit Off comes with ProxyPassInherit Off.",
  why: "httpd inherits the balancers of the main server unless both are Off; either one alone leaves everything as it was, so that the host still shares state with the main server.",
  proof: "measured on httpd 2.4.71: BalancerInherit Off alone changes nothing",
  bad: [
    `<VirtualHost *:80>
  ServerName shop.example
  # wrong
  BalancerInherit Off
</VirtualHost>
`,
  ],
  good: [
    `<VirtualHost *:80>
  ServerName shop.example
  BalancerInherit Off
  ProxyPassInherit Off
</VirtualHost>
`,
  ],
  fixable: false,
  scope({ at, label, server, scope }) {
    if (scope.settings.balancerinherit !== false) return undefined;
    const passes = scope.settings.proxypassinherit ?? server.settings.proxypassinherit ?? true;
    if (!passes) return undefined;
    return {
      at: `${at}/settings/balancerinherit`,
      subject: `BalancerInherit of ${label}`,
      found: "Off, while ProxyPassInherit is On",
      fix: "set ProxyPassInherit Off beside it, or remove the line",
    };
  },
};
