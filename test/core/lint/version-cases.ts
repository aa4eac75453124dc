import type { BehaviourName } from "../../../core/vocabulary/behaviours.js";

/** A balancer of two. */
export const MEMBERS =
  "BalancerMember balancer://b http://10.0.0.1:8080\nBalancerMember balancer://b http://10.0.0.2:8080\n";
const CHECKED = "BalancerMember balancer://b http://10.0.0.1:8080 hcmethod=TCP hcinterval=5 retry=60\n";

/** A file that each trap catches. */
export const CAUGHT: Readonly<Partial<Record<BehaviourName, string>>> = {
  "query-sessions-unseen": `${MEMBERS}ProxySet balancer://b stickysession=SID\n`,
  "children-reset-balancers": `${MEMBERS}MaxRequestsPerChild 100\n`,
  "checks-stop-with-their-child": `${CHECKED}MaxConnectionsPerChild 100\n`,
  "checks-end-request-errors": CHECKED,
  "weights-have-decimals": "BalancerMember balancer://b http://10.0.0.1:8080 loadfactor=1.5\n",
  "ignored-errors-count": "BalancerMember balancer://b http://10.0.0.1:8080 status=+I\n",
  "redirect-rings-end": "BalancerMember balancer://b http://10.0.0.1:8080 route=r1 redirect=r1\n",
  "hosts-change-inherited-balancers": `${MEMBERS}<VirtualHost *:80>\nProxyPass / balancer://b/ stickysession=SID\n</VirtualHost>\n`,
  "graceful-with-one-child-hangs": "ServerLimit 1\n",
  "failover-empties-bodies": MEMBERS,
  "manager-asks-referer": `${MEMBERS}ProxySet balancer://b nonce=secret\n`,
};
