import type { Problem } from "../../../vocabulary/problem.js";
import { shown } from "../../../vocabulary/shown.js";
import type { HostPlan } from "../../plan.js";
import { portsFromOutside } from "../container.js";

/** What keeps a plan from having a Service: one of no port is refused. */
export function checkReached({ name, ports }: HostPlan): readonly Problem[] {
  if (portsFromOutside(ports).length > 0) return [];
  const subject = `listen of server ${shown(name)}`;
  const found = `only addresses that nobody reaches from outside of its pod: ${ports.map(({ address = "*" }) => address).join(", ")}`;
  return [{ at: "/listen", subject, found, allowed: "a port of all addresses", fix: "leave the address of one out" }];
}
