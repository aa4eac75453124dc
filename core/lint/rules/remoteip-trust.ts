import { lineSpot } from "../conf-view.js";
import type { Rule } from "../rule.js";

const TRUST = [
  "remoteipinternalproxy",
  "remoteiptrustedproxy",
  "remoteipinternalproxylist",
  "remoteiptrustedproxylist",
];

/** LB: client addresses that the client chooses. */
export const remoteipTrust: Rule = {
  id: "remoteip-trust",
  group: "security",
  severity: "warning",
  presets: ["security"],
  wanted: "RemoteIPHeader comes with the proxies that may set the header.",
  why: "Without RemoteIPInternalProxy or RemoteIPTrustedProxy httpd believes the header of every client: `X-Forwarded-For: 127.0.0.1` then passes `Require local`, balancer-manager included.",
  proof: "an untrusted X-Forwarded-For passes Require ip",
  bad: [
    `# wrong
RemoteIPHeader X-Forwarded-For
`,
  ],
  good: [
    `RemoteIPHeader X-Forwarded-For
RemoteIPInternalProxy 10.0.0.0/8
`,
  ],
  fixable: false,
  *check({ conf }) {
    if (conf === undefined || TRUST.some((name) => conf.named(name).length > 0)) return;
    for (const written of conf.named("remoteipheader")) {
      yield {
        at: lineSpot(written),
        subject: `RemoteIPHeader ${written.words[0]?.text ?? ""}`,
        found: "no proxy is named that may set it, so everybody may",
        fix: "add RemoteIPInternalProxy with the addresses of the proxies in front",
      };
    }
  },
};
