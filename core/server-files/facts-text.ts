import type { FileValue } from "./file-value.js";
import type { AppListener, ServerFile, SessionCopying } from "./server-file.js";

const KINDS = { tomcat: "Tomcat", wildfly: "WildFly" } as const;

/** What was read of a file, in one sentence; secrets are not said. */
export function factsText(file: ServerFile): string {
  if (file.kind === "workers") {
    const { balancers } = file.read.workers;
    return `mod_jk: ${balancers.map(({ name, members }) => `${name} with ${members.length} members`).join(", ") || "no balancer"}`;
  }
  if (file.kind === "application") {
    return file.distributable
      ? "application: its sessions may be copied"
      : "application: its sessions stay where they are, as it has no <distributable/>";
  }
  const { kind, route, listeners, copying } = file;
  const ends = route === undefined ? "sessions end with no route" : `sessions end with ${valueText(route)}`;
  const speaks = listeners.map(listenerText).join(", ");
  return [KINDS[kind], ends, `speaks ${speaks === "" ? "nothing" : speaks}`, copyingText(copying)].join("; ");
}

function listenerText({ protocol, port, address }: AppListener): string {
  const at = address === undefined ? "" : ` of ${valueText(address)}`;
  return `${protocol} at ${valueText(port)}${at}`;
}

function copyingText(copying: SessionCopying | undefined): string {
  if (copying === undefined) return "sessions are not copied";
  const { copies, peers, port } = copying;
  const held = copies === undefined ? "all servers hold a session" : `${valueText(copies)} servers hold a session`;
  const found =
    peers === undefined ? "found by multicast" : `listed: ${peers.map(({ port }) => valueText(port)).join(", ")}`;
  return `${held}, others are ${found}, own port ${valueText(port)}`;
}

function valueText({ value, unless }: FileValue<string | number>): string {
  const shown = typeof value === "number" ? String(value) : value === undefined ? undefined : `'${value}'`;
  if (unless === undefined) return shown ?? "nothing";
  return shown === undefined ? `what -D${unless} says` : `${shown} (unless -D${unless})`;
}
