import type { Rule } from "../rule.js";
import type { MemberBackend } from "../../httpd/backend.js";

const LOOPBACK = /^(localhost|127\.|::1$)/;

/** LB: a standby that dies with the machine of an active. */
export const standbySameHost: Rule = {
  id: "standby-same-host",
  group: "promise",
  severity: "note",
  presets: [],
  wanted: "A standby runs on another host than the active members.",
  why: "A standby is there for the case that the actives are down; on the same machine it goes down with one of them.",
  proof: "measured on httpd 2.4.71: a standby that refuses connections leaves 503",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://app1.example:8080
  # wrong
  BalancerMember http://app1.example:8180 status=+H
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://app1.example:8080
  BalancerMember http://app2.example:8080 status=+H
</Proxy>
`,
    `<Proxy balancer://demo>
  BalancerMember http://localhost:8380
  BalancerMember http://localhost:8480 status=+H
</Proxy>
`,
  ],
  fixable: false,
  *cluster({ actives, standbys }) {
    const hosts = new Set(actives.map(({ backend }) => machineOf(backend)));
    for (const standby of standbys) {
      const host = machineOf(standby.backend);
      if (host === undefined || !hosts.has(host)) continue;
      yield {
        at: `${standby.at}/url`,
        subject: `URL of ${standby.label}`,
        found: `host ${host}, which also runs an active member`,
        fix: "run the standby on another machine",
      };
    }
  },
};

/** The machine a backend runs on, where its name tells; loopback is a test bed. */
function machineOf(backend: MemberBackend | undefined): string | undefined {
  if (backend === undefined || backend.socket !== undefined || LOOPBACK.test(backend.host)) return undefined;
  return backend.host;
}
