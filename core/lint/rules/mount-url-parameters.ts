import type { Rule } from "../rule.js";
import type { WorkerParameterName } from "../../vocabulary/worker.js";

const MEMBERS_ONLY: readonly WorkerParameterName[] = [
  "loadfactor",
  "retry",
  "lbset",
  "status",
  "route",
  "redirect",
  "hcmethod",
  "hctemplate",
  "hcuri",
  "hcexpr",
  "hcinterval",
  "hcpasses",
  "hcfails",
];

/** LB: parameters of members on a backend without a balancer. */
export const mountUrlParameters: Rule = {
  id: "mount-url-parameters",
  group: "wiring",
  severity: "warning",
  presets: ["recommended"],
  wanted: "Parameters that only work on members of a balancer are set on members of a balancer.",
  why: "A backend behind a plain ProxyPass ignores its errors always and is never health-checked: `retry`, `loadfactor`, `route`, `status` and all of `hc...` are accepted there and do nothing.",
  proof: "measured on httpd 2.4.71: a plain ProxyPass worker is never put into error, retry has no effect",
  bad: [
    `# wrong
ProxyPass / http://10.0.0.1:8080/ retry=5
ProxyPassReverse / http://10.0.0.1:8080/
`,
  ],
  good: [
    `ProxyPass / http://10.0.0.1:8080/ timeout=5 connectiontimeout=2
ProxyPassReverse / http://10.0.0.1:8080/
`,
  ],
  fixable: false,
  *mount({ at, label, mount }) {
    if (mount.to.kind !== "url") return;
    const { parameters } = mount.to;
    for (const name of MEMBERS_ONLY) {
      if (parameters[name] === undefined || (name === "retry" && parameters.retry?.milliseconds === 0)) continue;
      yield {
        at: `${at}/to/parameters/${name}`,
        subject: `${name} of ${label}`,
        found: "set on a backend without a balancer, where it has no effect",
        fix: "leave it away, or let the path lead to a balancer with this backend as member",
      };
    }
  },
};
