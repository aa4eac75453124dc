import type { OutputFile } from "../../render/files.js";
import type { HostPlan } from "../plan.js";

/** One file for each host, in a folder of the host's name where there are several. */
export function perHost(
  plans: readonly HostPlan[],
  file: string,
  write: (plan: HostPlan) => string,
): readonly OutputFile[] {
  return plans.map((plan) => ({
    path: plans.length > 1 ? `${plan.name}/${file}` : file,
    text: write(plan),
  }));
}
