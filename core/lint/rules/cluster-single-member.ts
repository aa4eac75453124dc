import type { Rule } from "../rule.js";

/** LB: a balancer that cannot fail over. */
export const clusterSingleMember: Rule = {
  id: "cluster-single-member",
  group: "promise",
  severity: "note",
  presets: [],
  wanted: "A balancer has at least two members.",
  why: "With a single member there is no second try at all: httpd leaves the number of tries at one and answers 503 as soon as the connection is refused.",
  proof: "measured on httpd 2.4.71: one member, connection refused: 503 after one try",
  bad: [
    `# wrong
<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
`,
  ],
  fixable: false,
  cluster({ at, label, members }) {
    if (members.length !== 1) return undefined;
    return { at, subject: label, found: "one member", fix: "add a second member" };
  },
};
