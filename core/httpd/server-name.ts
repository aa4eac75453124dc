/** What `ServerName` says: `[scheme://]name[:port]` (`server_hostname_port` of server/core.c). */
export interface ServerName {
  readonly scheme: string | undefined;
  readonly name: string;
  /** That of the scheme where it says none; undefined without either. */
  readonly port: number | undefined;
}

const PORTS: Readonly<Record<string, number>> = { http: 80, https: 443 };

/** The parts of a ServerName, the name as it is written. */
export function serverNameOf(text: string): ServerName {
  const [, scheme, name = "", port] = /^(?:([a-z]+):\/\/)?(.*?)(?::([0-9]+))?$/i.exec(text) ?? [];
  const known = scheme?.toLowerCase();
  return { scheme: known, name, port: port === undefined ? PORTS[known ?? ""] : Number(port) };
}

/** `ap_default_port`. */
export function defaultPort(scheme: string | undefined): number {
  return PORTS[scheme ?? ""] ?? 80;
}
