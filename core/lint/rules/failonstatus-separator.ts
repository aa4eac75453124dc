import { wordSpot } from "../conf-view.js";
import type { Rule } from "../rule.js";

/** LB: codes behind a wrong separator. */
export const failonstatusSeparator: Rule = {
  id: "failonstatus-separator",
  group: "time",
  severity: "error",
  presets: ["recommended"],
  wanted: "The codes of failonstatus are separated by commas and nothing else.",
  why: "httpd splits the list at commas and reads the leading digits of each piece: `failonstatus=500;503` is 500 alone.",
  proof: "measured on httpd 2.4.71: failonstatus=500;503 passes the configuration test and means 500 only",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
  # wrong
  ProxySet failonstatus=502;503
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
  ProxySet failonstatus=502,503
</Proxy>
`,
  ],
  fixable: true,
  *check({ conf }) {
    for (const { key, value, word, parameter, owner } of conf?.oddNumbers ?? []) {
      if (parameter?.kind !== "codes" || /^[0-9, ]*$/.test(value)) continue;
      const codes = value.match(/[0-9]{3}/g) ?? [];
      yield {
        at: wordSpot(word),
        subject: `${key} of ${owner}`,
        found: `'${value}', of which httpd reads the digits at the start of each piece between commas`,
        fix: `write ${key}=${codes.join(",")}`,
        repair: { kind: "reword", at: word.place, from: word.text, to: `${key}=${codes.join(",")}` },
      };
    }
  },
};
