import type { MemberView } from "../view.js";
import type { Rule } from "../rule.js";

/** Names whose addresses change while httpd runs. */
const MOVING: readonly (readonly [ending: RegExp, of: string])[] = [
  [/\.elb\.(?:[a-z0-9-]+\.)?amazonaws\.com(?:\.cn)?$/, "an Elastic Load Balancer"],
  [/\.svc(?:\.[a-z0-9.-]+)?$/, "a Kubernetes service"],
  [/\.pod\.[a-z0-9.-]+$/, "a Kubernetes pod"],
  [/\.docker\.internal$|^tasks\..+$/, "Docker"],
  [/\.service\.(?:[a-z0-9-]+\.)?consul$/, "Consul"],
];

/** LB: an address that is looked up once. */
export const backendNameMoving: Rule = {
  id: "backend-name-moving",
  group: "wiring",
  severity: "warning",
  presets: ["recommended"],
  wanted: "A member whose name changes its address has addressttl or disablereuse.",
  why: "httpd looks up the name of a member when its connections are first needed, and keeps the address as long as somebody takes connections there; only one that refuses them is looked up again, within the request. Behind a load balancer of a cloud, Docker or Kubernetes the address moves on, and requests go to whoever has it now, or wait for nobody.",
  proof:
    "measured on httpd 2.4.71: an address is looked up again where it refuses a connection, and for each connection or each time to live where disablereuse or addressttl says so",
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
    const of = ownerOf(member);
    if (of === undefined || parameters.addressttl !== undefined || parameters.disablereuse === true) return undefined;
    return {
      at: `${member.at}/url`,
      subject: `host of ${member.label}`,
      found: `'${member.backend?.host ?? ""}', a name of ${of}, whose address httpd keeps`,
      fix: "set addressttl=30 (from httpd 2.4.59 on), or disablereuse=On",
    };
  },
};

function ownerOf({ backend }: MemberView): string | undefined {
  const host = backend?.host ?? "";
  return MOVING.find(([ending]) => ending.test(host))?.[1];
}
