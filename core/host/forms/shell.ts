import { FRONT_STEPS } from "./shell-steps.generated.js";
import { plainText } from "./plain-text.js";
import type { HostFile, HostPlan, Packages } from "../plan.js";

/**
 * A POSIX script that brings one host from nothing to serving: packages, the file as this host's httpd tests it, a swap
 * in one move, a start or a graceful reload, a look whether it serves, and the way back where it does not. Run again it
 * changes nothing.
 *
 * @throws ProblemError for an address that is known only at apply
 */
export function shellScript(plan: HostPlan): string {
  const { service, health } = plan;
  const [file] = plan.files;
  if (file === undefined) throw new RangeError(`plan of ${plan.name} has no file`);
  const { manager, names } = installed(plan.packages);
  const values: Readonly<Record<string, string>> = {
    NAME: plan.name,
    MANAGER: manager,
    PACKAGES: names.join(" "),
    PROGRAM: service.program,
    SERVICE: service.name,
    CONFIG: file.path,
    OWNER: file.owner,
    GROUP: file.group,
    MODE: file.mode,
    PID_FILE: service.pidFile,
    FOLDERS: service.folders.join(" "),
    PROBE_URL: `http://127.0.0.1:${health.port}${health.path}`,
    PROBE_HOST: health.host ?? "",
    FAILS_FROM: String(health.failsFrom),
  };
  const settings = Object.entries(values).map(([name, value]) => `${name}=${quoted(value)}`);
  return [
    "#!/bin/sh",
    `# Brings this host to serving as front ${oneLine(plan.name)}; run it as root, and again at any time.`,
    "# Written by cdktf-httpd-balancer: change the description it is made from.",
    ...settings,
    "",
    ...contentOf(file),
    "",
    FRONT_STEPS,
  ].join("\n");
}

function installed(packages: Packages): { readonly manager: string; readonly names: readonly string[] } {
  return packages.from === "packages" ? packages : { manager: "", names: [] };
}

/** A document behind a word that no line of it is. */
function contentOf(file: HostFile): readonly string[] {
  const text = plainText(file);
  const lines = new Set(text.split("\n"));
  let word = "END_OF_FILE";
  while (lines.has(word)) word = `${word}_`;
  return ["content() {", `  cat <<'${word}'`, text.replace(/\n$/, ""), word, "}"];
}

function quoted(value: string): string {
  return /^[A-Za-z0-9_./:,-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}
