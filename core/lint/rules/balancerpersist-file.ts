import type { Rule } from "../rule.js";

/** LB: a file that is no longer the truth. */
export const balancerpersistFile: Rule = {
  id: "balancerpersist-file",
  group: "health",
  severity: "warning",
  presets: ["recommended"],
  wanted: "A balancer that is managed by files has BalancerPersist Off.",
  why: "With `BalancerPersist On` the values of the last run beat the file, also over a full restart: a changed load factor is ignored, a drain of last week is still there, until the `.persist` files are deleted. A deployment that writes the file deploys nothing.",
  proof: "with BalancerPersist a changed load factor in the file is ignored",
  bad: [
    `# wrong
BalancerPersist On
<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 loadfactor=2
  BalancerMember http://10.0.0.2:8080
</Proxy>
`,
  ],
  good: [
    `BalancerPersist Off
<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 loadfactor=2
  BalancerMember http://10.0.0.2:8080
</Proxy>
`,
  ],
  fixable: true,
  scope({ at, label, scope }) {
    if (scope.settings.balancerpersist !== true) return undefined;
    return {
      at: `${at}/settings/balancerpersist`,
      subject: `BalancerPersist of ${label}`,
      found: "On",
      fix: "set BalancerPersist Off, and write what shall last into the file",
      repair: { kind: "reword", at: `${at}/settings/balancerpersist`, from: "On", to: "Off" },
    };
  },
};
