import { hostOf, wordSpot } from "../conf-view.js";
import type { ConfView, WrittenDirective } from "../conf-view.js";
import { routeCookies } from "../route-cookies.js";
import type { Rule } from "../rule.js";

const FLAGS = ["HttpOnly", "Secure", "SameSite"] as const;

/** LB: a cookie for everybody. */
export const routeCookieFlags: Rule = {
  id: "route-cookie-flags",
  group: "security",
  severity: "warning",
  presets: ["security"],
  wanted: "A cookie that httpd sets is HttpOnly, Secure and SameSite.",
  why: "The cookie tells which node serves a user. Without the flags scripts can read it, it travels in clear, and other sites make browsers send it.",
  proof: "measured on httpd 2.4.71: Header add Set-Cookie sends the value as it is written, without any flag",
  bad: [
    `# wrong
Header add Set-Cookie "ROUTEID=.%{BALANCER_WORKER_ROUTE}e; path=/" env=BALANCER_ROUTE_CHANGED
<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 route=n1
  BalancerMember http://10.0.0.2:8080 route=n2
  ProxySet stickysession=ROUTEID
</Proxy>
`,
  ],
  good: [
    `Header add Set-Cookie "ROUTEID=.%{BALANCER_WORKER_ROUTE}e; path=/; HttpOnly; Secure; SameSite=Lax" env=BALANCER_ROUTE_CHANGED
<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 route=n1
  BalancerMember http://10.0.0.2:8080 route=n2
  ProxySet stickysession=ROUTEID
</Proxy>
`,
  ],
  fixable: false,
  *check({ conf }) {
    for (const { name, value, word, written } of routeCookies(conf)) {
      const overTls = conf !== undefined && servesTls(conf, written);
      // A client drops a Secure cookie that comes over http: nothing would stick any more (measured).
      const flags = overTls ? FLAGS : FLAGS.filter((flag) => flag !== "Secure");
      const missing = flags.filter((flag) => !new RegExp(`;\\s*${flag}\\b`, "i").test(value));
      if (missing.length === 0) continue;
      yield {
        at: wordSpot(word),
        subject: `cookie ${name}`,
        found: `no ${missing.join(", no ")}`,
        fix: overTls
          ? "end the value in ; HttpOnly; Secure; SameSite=Lax"
          : "end the value in ; HttpOnly; SameSite=Lax, and in ; Secure too if TLS ends in front of httpd",
      };
    }
  },
};

/** True when the server of a directive speaks TLS; of one outside virtual hosts, when any server does. */
function servesTls(conf: ConfView, written: WrittenDirective): boolean {
  const host = hostOf(written);
  const engines = conf.named("sslengine").filter(({ words }) => words[0]?.text.toLowerCase() === "on");
  return host === undefined ? engines.length > 0 : engines.some((engine) => hostOf(engine) === host);
}
