import { movingOwner } from "../../vocabulary/moving-names.js";
import type { Rule } from "../rule.js";

/** LB: an address that is looked up once. */
export const backendNameMoving: Rule = {
  id: "backend-name-moving",
  group: "wiring",
  severity: "warning",
  presets: ["recommended"],
  wanted: "A member whose name changes its address has addressttl or disablereuse.",
  why: "httpd looks up the name of a member when its connections are first needed, and keeps the address as long as somebody takes connections there; only one that refuses them is looked up again, within the request. Behind a load balancer of a cloud, Docker or Kubernetes the address moves on, and requests go to whoever has it now, or wait for nobody. Where the name has several addresses, the first one gets everything, and the others what it refuses.",
  proof:
    "measured on httpd 2.4.71: an address is looked up again where it refuses a connection, and for each connection or each time to live where disablereuse or addressttl says so; of several addresses the first that takes the connection answers",
  bad: [
    `<Proxy balancer://shop>
  # wrong
  BalancerMember http://shop-123.eu-central-1.elb.amazonaws.com
  # wrong
  BalancerMember http://shop.default.svc.cluster.local:8080
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://shop-123.eu-central-1.elb.amazonaws.com addressttl=30
  BalancerMember http://shop.default.svc.cluster.local:8080 disablereuse=On
</Proxy>
`,
  ],
  fixable: false,
  member(member) {
    const { parameters } = member.member;
    const of = movingOwner(member.backend?.host ?? "");
    if (of === undefined || parameters.addressttl !== undefined || parameters.disablereuse === true) return undefined;
    return {
      at: `${member.at}/url`,
      subject: `host of ${member.label}`,
      found: `'${member.backend?.host ?? ""}', a name of ${of}, whose address httpd keeps`,
      fix: "set addressttl=30 (from httpd 2.4.59 on), or disablereuse=On",
    };
  },
};
