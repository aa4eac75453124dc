import { addressOf, backendOf } from "../../httpd/backend.js";
import type { Rule } from "../rule.js";

/** Schemes that a browser keeps a connection of its own for. */
const SOCKETS = /^wss?$/;

/** LB: a path that goes to one member, past the balancer. */
export const memberBypassed: Rule = {
  id: "member-bypassed",
  group: "promise",
  severity: "warning",
  presets: ["recommended"],
  wanted: "No ProxyPass leads to one member of a balancer that has several.",
  why: "Such a path does not fail over: it is answered 503 while that member is down, although others would serve. Users whose session is on another member meet a server that does not know them; of web sockets this is most often seen as a connection that closes at once.",
  proof: "a mount of a member's own URL is answered 503 while that member is down",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
# wrong
ProxyPass /live ws://10.0.0.1:8080/live
ProxyPass / balancer://shop/
ProxyPassReverse / balancer://shop/
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
ProxyPass /live http://10.0.0.9:8080/live
ProxyPassReverse /live http://10.0.0.9:8080/live
ProxyPass / balancer://shop/
ProxyPassReverse / balancer://shop/
`,
  ],
  fixable: false,
  *check({ clusters, scopes }) {
    const owners = new Map(
      clusters
        .filter(({ members }) => members.length > 1)
        .flatMap((cluster) =>
          cluster.members.flatMap(({ backend }) =>
            backend === undefined ? [] : [[addressOf(backend), cluster] as const],
          ),
        ),
    );
    for (const { at, label, mount, target } of scopes.flatMap(({ mounts }) => mounts)) {
      const backend = mount.to.kind === "url" ? backendOf(target) : undefined;
      const owner = backend === undefined ? undefined : owners.get(addressOf(backend));
      if (backend === undefined || owner === undefined) continue;
      const twin = SOCKETS.test(backend.scheme)
        ? `a balancer of ${backend.scheme}:// members with the same routes`
        : `the balancer: balancer://${owner.cluster.name}`;
      yield {
        at: `${at}/to`,
        subject: `target of ${label}`,
        found: `one member of ${owner.label}, which has ${owner.members.length}: nobody stands in for it here`,
        fix: `lead the path to ${twin}`,
      };
    }
  },
};
