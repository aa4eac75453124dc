import { defaultPortOf } from "../httpd/default-port.js";
import { readWorkerUrl } from "../httpd/worker-url.js";
import { urlText } from "../scenario/nodes.js";
import type { Member } from "../topology/topology.js";

/** Where a member is, as httpd reads its URL. */
export interface MemberAddress {
  readonly scheme: string;
  /** In lower case, without the brackets of an IPv6 address. */
  readonly host: string;
  readonly port: number;
}

/** Where a member is; undefined for one behind a socket, and for an address that is known only at apply. */
export function memberAddress({ url }: Member): MemberAddress | undefined {
  const worker = typeof url === "string" ? readWorkerUrl(urlText(url)) : "late";
  if (typeof worker === "string" || worker.socket !== undefined) return undefined;
  const { scheme, hostname: host, port } = worker;
  return { scheme, host, port: port === 0 ? defaultPortOf(scheme) : port };
}
