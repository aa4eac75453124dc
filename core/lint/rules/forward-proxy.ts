import { opennessOfSection } from "../access.js";
import { hostOf, lineSpot } from "../conf-view.js";
import type { ConfView, WrittenDirective } from "../conf-view.js";
import type { Rule } from "../rule.js";

/** LB: an open proxy. */
export const forwardProxy: Rule = {
  id: "forward-proxy",
  group: "security",
  severity: "error",
  presets: ["security"],
  wanted: "A reverse proxy has ProxyRequests Off.",
  why: "`ProxyRequests On` makes httpd fetch any URL for any client that asks. ProxyPass needs nothing of the kind; spammers and port scanners find such servers within hours.",
  proof: "ProxyRequests On fetches any URL",
  bad: [
    `# wrong
ProxyRequests On
`,
  ],
  good: [
    `ProxyRequests On
<Proxy *>
  AuthType Basic
  AuthName proxy
  AuthBasicProvider file
  AuthUserFile /etc/apache2/users
  Require valid-user
</Proxy>
`,
    `ProxyRequests Off
`,
  ],
  fixable: true,
  unsafe: true,
  *check({ conf }) {
    for (const written of conf?.named("proxyrequests") ?? []) {
      const [word] = written.words;
      if (word?.text.toLowerCase() !== "on" || isLimited(conf, hostOf(written))) continue;
      yield {
        at: lineSpot(written),
        subject: "ProxyRequests",
        found: "On",
        fix: "set ProxyRequests Off",
        repair: { kind: "reword", at: word.place, from: word.text, to: "Off" },
      };
    }
  },
};

/** A forward proxy on purpose: `<Proxy *>` asks who somebody is, or where from, before anything is fetched. */
function isLimited(conf: ConfView | undefined, host: WrittenDirective | undefined): boolean {
  return (conf?.named("proxy") ?? []).some((section) => {
    const reaches = hostOf(section) === undefined || hostOf(section) === host;
    return reaches && section.words[0]?.text === "*" && opennessOfSection(section) === "limited";
  });
}
