import type { LoadedModules } from "./modules/loaded.js";
import type { ServerState } from "./directives/server-state.js";

/** Something `-t` lets through and the start fails on. */
export interface StartUpFinding {
  /** Number of httpd's log message. */
  readonly id: "AH01177" | "AH02432";
  /** httpd's sentence. */
  readonly message: string;
  /** What to do about it. */
  readonly fix: string;
}

/** Finds what fails the start of httpd 2.4.71 although `-t` says `Syntax OK`; in the order httpd comes upon it. */
export function startUpFindings(modules: LoadedModules, servers: readonly ServerState[]): readonly StartUpFinding[] {
  const findings: StartUpFinding[] = [];
  const balancers = servers.flatMap((server) => [...server.balancers.values()]);
  if (modules.has("proxy_balancer_module") && !modules.has("slotmem_shm_module")) {
    findings.push({
      id: "AH01177",
      message: "Failed to lookup provider 'shm' for 'slotmem': is mod_slotmem_shm loaded??",
      fix: "add LoadModule slotmem_shm_module modules/mod_slotmem_shm.so",
    });
  }
  const usesDefault = balancers.some((balancer) => balancer.defaultMethod);
  if (modules.has("proxy_balancer_module") && usesDefault && !modules.has("lbmethod_byrequests_module")) {
    findings.push({
      id: "AH02432",
      message: "Cannot find LB Method: byrequests",
      fix: "add LoadModule lbmethod_byrequests_module modules/mod_lbmethod_byrequests.so, or set lbmethod to one that is loaded",
    });
  }
  return findings;
}
