import { atoi } from "./number.js";

/** What `ServerName` says: `[scheme://]name[:port]` (`server_hostname_port` of server/core.c). */
export interface ServerName {
  readonly scheme: string | undefined;
  readonly name: string;
  /** That of the scheme where it says none; undefined without either. */
  readonly port: number | undefined;
}

const PORTS: Readonly<Record<string, number>> = { http: 80, https: 443 };

/** The parts of a ServerName, the name as it is written: whatever stands before `://` is its scheme. */
export function serverNameOf(text: string): ServerName {
  const at = text.indexOf("://");
  const scheme = at < 0 ? undefined : text.slice(0, at).toLowerCase();
  const rest = at < 0 ? text : text.slice(at + "://".length);
  const colon = rest.indexOf(":");
  const port = colon < 0 ? PORTS[scheme ?? ""] : atoi(rest.slice(colon + 1));
  return { scheme, name: colon < 0 ? rest : rest.slice(0, colon), port };
}

/** `ap_default_port`. */
export function defaultPort(scheme: string | undefined): number {
  return PORTS[scheme ?? ""] ?? 80;
}
