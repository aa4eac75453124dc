import { checkedWithin } from "../model/health.js";
import { effectiveMember } from "../topology/effective.js";
import type { Member, Topology } from "../topology/topology.js";
import { millis } from "../vocabulary/duration.js";
import type { Duration } from "../vocabulary/duration.js";
import { behaves } from "../vocabulary/behaviours.js";
import { failsItsChecks } from "./search/failing-checks.js";

/** As long as any search looks: of a member that does not come back by itself. */
const FOR_EVER = millis(Number.MAX_SAFE_INTEGER);

/**
 * The longest time a member that accepts connections again stays out of use.
 *
 * Without health checks it is `retry`: the last failed try was before the return. With health checks it is as long as
 * the checks need to pass: a member they have taken out (HcFl) is not tried by requests, and only they put it back. An
 * error that a request caused ends by `retry` or by passing checks, whichever is first; before 2.4.55 by `retry` alone
 * (mod_proxy_hcheck.c, measured). Checks that fail though it accepts connections never put it back,
 * and nothing else ends `status=+C`.
 */
export function returnTime(topology: Topology, member: Member): Duration {
  const { retry, healthCheck } = effectiveMember(member, topology.healthCheckTemplates);
  const retried = Number(retry / 1_000n);
  if (staysOut(topology, member) !== undefined) return FOR_EVER;
  if (healthCheck === undefined) return millis(retried);
  const checked = Math.ceil(checkedWithin(healthCheck) / 1_000);
  return millis(behaves(topology.httpd, "checks-end-request-errors") ? checked : Math.max(checked, retried));
}

/** What keeps a member out of use though it accepts connections, in words; undefined where nothing does for ever. */
export function staysOut(topology: Topology, member: Member): string | undefined {
  const { healthCheck, status } = effectiveMember(member, topology.healthCheckTemplates);
  if (failsItsChecks(topology, member)) return "its health checks fail though it answers";
  return healthCheck === undefined && status.has("C") ? "status=+C keeps it out" : undefined;
}

/** True for a member that health checks take out and put back. */
export function isChecked(topology: Topology, member: Member | undefined): boolean {
  return member !== undefined && effectiveMember(member, topology.healthCheckTemplates).healthCheck !== undefined;
}
