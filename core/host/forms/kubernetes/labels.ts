import type { HostPlan } from "../../plan.js";

/** Labels that tell the pods of one thing from all others. */
export type Labels = Readonly<Record<string, string>>;

/** The labels of the pods of a plan, and of everything that belongs to them. */
export function labelsOf({ name, kind }: Pick<HostPlan, "name" | "kind">): Labels {
  return { "app.kubernetes.io/name": name, "app.kubernetes.io/component": kind };
}

/** What a port of a container is called, by which a Service finds it. */
export function portName(port: number): string {
  return `port-${port}`;
}
