import type { Explanation } from "../model/explain.js";
import { serverSettingsOf } from "../model/server-settings.js";
import type { Cluster, Topology } from "../topology/topology.js";
import type { Duration } from "../vocabulary/duration.js";
import type { ServerSettings } from "../vocabulary/settings.js";
import { cutRequests } from "./cut-requests.js";
import type { CutRequests } from "./cut-requests.js";
import { exhaustion, failureCosts, longestWait } from "./cost.js";
import type { Exhaustion, FailureCost, HttpdSize } from "./cost.js";
import { holeOf } from "./outage-holes.js";
import type { Hole } from "./outage-holes.js";
import { frontsBefore, frontsOf } from "./fronts.js";
import type { FrontsTogether } from "./fronts.js";
import { whyUnhandled } from "./unhandled-member.js";

/** What lies ahead of a cluster: what failures cost, and whether every request is served. */
export interface Outlook {
  readonly cluster: string;
  readonly costs: readonly FailureCost[];
  /** Longest wait of a request that meets all members but one down. */
  readonly longestWait: Duration;
  readonly size: HttpdSize;
  readonly exhaustion: readonly Exhaustion[];
  /** What becomes of requests that a member has when it dies. */
  readonly cut: CutRequests;
  /** Why nothing is told of failures, which leaves costs and silences empty. @default - they are told */
  readonly untold?: string;
  /** `always-served`, checked; absent where it was not looked at. */
  readonly served?: Hole;
  /** What several httpd of this configuration do together. @default - there is one */
  readonly fronts?: FrontsTogether;
}

/** How an outlook is made. */
export interface OutlookOptions {
  /** Load of httpd, of all of them where there are several. @default - that of the cluster's promise `capacity`, else not known */
  readonly requestsPerSecond?: number;
  /** How many httpd of this configuration there are. @default - what the servers say, else 1 */
  readonly fronts?: number;
  /** Check `always-served`, and look for what mends it. @default true */
  readonly search?: boolean;
  /** The explanation whose costs of failures are told, so that nothing is computed twice. @default - none */
  readonly explanation?: Explanation;
  /** Asked now and then; true ends what is not found by then. @default - never */
  readonly isOver?: () => boolean;
}

/** Failures of which the costs are told where an explanation tells fewer: standbys cost something too. */
const MOST_COSTS = 40;

/** Workers of httpd and threads of a child where nothing is said (mpm_event and mpm_worker, server/mpm_common.c). */
const DEFAULT_WORKERS = 400;
const DEFAULT_THREADS = 25;

/** The outlook of one cluster. */
export function outlookOf(topology: Topology, cluster: Cluster, options: OutlookOptions = {}): Outlook {
  const { explanation, isOver } = options;
  const count = options.fronts ?? frontsBefore(topology, cluster) ?? 1;
  const settings = serverSettingsOf(topology, cluster);
  const load = options.requestsPerSecond ?? promisedLoad(cluster);
  const size = sizeOf(settings, load === undefined ? undefined : load / count);
  const untold = whyUnhandled(topology, cluster);
  const served = options.search === false ? {} : { served: holeOf(topology, cluster, isOver) };
  const wait = longestWait(topology, cluster, settings);
  if (untold !== undefined) {
    const cut = { refused: false, onKept: false };
    return { cluster: cluster.name, costs: [], longestWait: wait, size, exhaustion: [], cut, untold, ...served };
  }
  const fronts = frontsOf(topology, cluster, count, load);
  return {
    cluster: cluster.name,
    ...(fronts && { fronts }),
    costs: failureCosts(topology, cluster, settings, {
      ...(explanation && { costs: explanation.costs, most: Math.max(MOST_COSTS, explanation.costs.length) }),
      ...(isOver && { isOver }),
    }),
    longestWait: wait,
    size,
    exhaustion: exhaustion(topology, cluster, size),
    cut: cutRequests(cluster),
    ...served,
  };
}

function sizeOf(settings: ServerSettings, load: number | undefined): HttpdSize {
  const maxRequestWorkers = settings.maxrequestworkers ?? DEFAULT_WORKERS;
  const processes = Math.max(1, Math.ceil(maxRequestWorkers / (settings.threadsperchild ?? DEFAULT_THREADS)));
  return { maxRequestWorkers, processes, ...(load !== undefined && { requestsPerSecond: load }) };
}

function promisedLoad({ promises = [] }: Cluster): number | undefined {
  const load = promises.find(({ id }) => id === "capacity")?.parameters?.["requestsPerSecond"];
  return typeof load === "number" ? load : undefined;
}
