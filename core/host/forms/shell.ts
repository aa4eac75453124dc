import { FRONT_STEPS } from "./shell-steps.generated.js";
import { clientPorts, egressPlaces, frontValues, mainFile, probeUrl } from "./front-values.js";
import { plainText } from "./plain-text.js";
import { assignments, document, oneLine } from "./shell-words.js";
import type { Packages } from "../../vocabulary/layouts.js";
import type { HostPlan } from "../plan.js";

/**
 * A POSIX script that brings one host from nothing to serving: packages, the file as this host's httpd tests it, a swap
 * in one move, a start or a graceful reload, a look whether it serves, and the way back where it does not. Run again it
 * changes nothing.
 *
 * @throws ProblemError for an address that is known only at apply
 */
export function shellScript(plan: HostPlan): string {
  const { health, ports, egress } = plan;
  const file = mainFile(plan);
  const { manager, names } = installed(plan.packages);
  const settings = assignments({
    ...frontValues(plan),
    INSTALLER: manager,
    PACKAGES: names.join(" "),
    MODE: file.mode,
    PROBE_URL: probeUrl(health),
    PROBE_HOST: health.host ?? "",
    FAILS_FROM: String(health.failsFrom),
    PORTS: clientPorts(ports).join(" "),
    EGRESS: egressPlaces(egress).join(" "),
  });
  return [
    "#!/bin/sh",
    `# Brings this host to serving as front ${oneLine(plan.name)}; run it as root, and again at any time.`,
    "# Written by cdktf-httpd-balancer: change the description it is made from.",
    ...settings,
    "",
    "content() {",
    ...document("  cat", plainText(file)),
    "}",
    "",
    FRONT_STEPS,
    "bring",
    "",
  ].join("\n");
}

function installed(packages: Packages): { readonly manager: string; readonly names: readonly string[] } {
  return packages.from === "packages" ? packages : { manager: "", names: [] };
}
