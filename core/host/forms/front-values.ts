import { fileWord } from "./shell-words.js";
import type { Egress, Health, HostFile, HostPlan, Port } from "../plan.js";

/** What the steps of every script have to know of a host, by the names of their variables. */
export function frontValues(plan: HostPlan): Readonly<Record<string, string>> {
  const { service } = plan;
  const file = mainFile(plan);
  return {
    NAME: plan.name,
    PROGRAM: service.program,
    SERVICE: service.name,
    CONFIG: file.path,
    OWNER: file.owner,
    GROUP: file.group,
    PID_FILE: service.pidFile,
    ENVVARS: service.environmentFile ?? "",
    FOLDERS: service.folders.join(" "),
    STATE: `/var/lib/httpd-balancer/${fileWord(plan.name)}`,
  };
}

/**
 * The file that a host is tested with and serves by.
 *
 * @throws RangeError for a plan without one
 */
export function mainFile({ name, files, service }: HostPlan): HostFile {
  const file = files.find(({ path }) => path === service.configFile);
  if (file === undefined) throw new RangeError(`plan of ${name} has no file ${service.configFile}`);
  return file;
}

/** What a host asks itself to see whether it serves. */
export function probeUrl({ address = "127.0.0.1", port, path }: Health): string {
  return `http://${address}:${port}${path}`;
}

/** Ports that clients have to reach, each once. */
export function clientPorts(ports: readonly Port[]): readonly number[] {
  return [...new Set(ports.filter(({ from }) => from === "clients").map(({ number }) => number))];
}

/** Places that httpd has to reach, `host:port`, each once; a host that no firewall's rule could name is left out. */
export function egressPlaces(egress: readonly Egress[]): readonly string[] {
  const places = egress.map(({ host, port }) => `${host}:${port}`);
  return [...new Set(places)].filter((place) => /^[A-Za-z0-9._:[\]-]+$/.test(place));
}
