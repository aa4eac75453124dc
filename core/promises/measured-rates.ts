import { urlText } from "../scenario/nodes.js";
import type { Cluster } from "../topology/topology.js";

/** A request of a play: when it was sent, in milliseconds, and who answered, by URL; null for httpd itself. */
export interface SentRequest {
  readonly sent: number;
  readonly member: string | null;
}

/** What a play measured of a load. */
export interface MeasuredRates {
  /** Requests per second that were sent. */
  readonly sent: number;
  /** Requests per second that each member answered, and what it is declared to take. */
  readonly members: readonly { readonly member: string; readonly rate: number; readonly capacity?: number }[];
}

/** The rates of requests in a row; undefined for fewer than two, which have none. */
export function measuredRates(cluster: Cluster, requests: readonly SentRequest[]): MeasuredRates | undefined {
  const [first] = requests;
  const last = requests.at(-1);
  if (first === undefined || last === undefined || last.sent <= first.sent) return undefined;
  const sent = (1_000 * (requests.length - 1)) / (last.sent - first.sent);
  const members = cluster.members.map(({ name, url, capacity }) => {
    const own = requests.filter(({ member }) => member === urlText(url)).length;
    return { member: name, rate: (sent * own) / requests.length, ...(capacity !== undefined && { capacity }) };
  });
  return { sent, members };
}
