import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

/** LB: a check for a path with two slashes. */
export const hcuriSlash: Rule = {
  id: "hcuri-slash",
  group: "health",
  severity: "warning",
  presets: ["recommended"],
  wanted: "hcuri begins with a slash only where the member's URL has no path.",
  why: "httpd joins the path of the URL, a slash and `hcuri`: a member `http://node/app` with `hcuri=/health` is asked for `/app//health`, which many servers answer 404, and the healthy member is taken out.",
  proof: "measured on httpd 2.4.71: http://h/app with hcuri=/s asks for /app//s",
  bad: [
    `<Proxy balancer://shop>
  # wrong
  BalancerMember http://10.0.0.1:8080/app hcmethod=GET hcuri=/health hcinterval=5
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080/app hcmethod=GET hcuri=health hcinterval=5
</Proxy>
`,
  ],
  fixable: true,
  member(view) {
    const uri = view.member.parameters.hcuri ?? "";
    const path = view.backend?.path ?? "";
    if (view.effective.healthCheck === undefined || path === "" || path === "/" || !uri.startsWith("/"))
      return undefined;
    const bare = uri.replace(/^\/+/, "");
    return {
      at: parameterOf(view, "hcuri"),
      subject: `hcuri of ${view.label}`,
      found: `${uri}, which is asked for as ${path}/${uri}`,
      fix: `set hcuri=${bare}`,
      ...(bare === "" ? {} : { repair: { kind: "set", of: view.at, parameter: "hcuri", value: bare } }),
    };
  },
};
