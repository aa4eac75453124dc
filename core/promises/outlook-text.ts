import { shortName } from "../topology/short-name.js";
import { formatDuration } from "../vocabulary/duration.js";
import type { Duration } from "../vocabulary/duration.js";
import type { JsonValue } from "../vocabulary/json.js";
import { costTable } from "./cost-text.js";
import type { Exhaustion, HttpdSize } from "./cost.js";
import { frontsJson, frontsText } from "./fronts.js";
import { holeJson, holeText } from "./outage-holes.js";
import type { CutRequests } from "./cut-requests.js";
import type { Outlook } from "./outlook.js";

/** Rows written out before the rest is only counted. */
const MOST_ROWS = 12;

/** An outlook as lines of text. */
export function outlookText(outlook: Outlook): readonly string[] {
  const { costs, exhaustion, longestWait, size, untold, served, fronts } = outlook;
  if (untold !== undefined) {
    return [`What failures cost is not told, as ${untold}.`, ...(served === undefined ? [] : holeText(served))];
  }
  const more = costs.length - MOST_ROWS;
  return [
    "What the failure of one member costs:",
    ...costTable(costs.slice(0, MOST_ROWS)).trimEnd().split("\n").map(indented),
    ...(more > 0 ? [indented(`and ${more} more`)] : []),
    ...(costs.length > 1
      ? [`A request that meets all but one down waits up to ${formatDuration(longestWait)} for its answer.`]
      : []),
    ...silencesOf(exhaustion).map((silence) => silenceText(silence, size)),
    ...waitText(exhaustion),
    ...cutText(outlook.cut),
    ...(fronts === undefined ? [] : frontsText(fronts)),
    ...(served === undefined ? [] : holeText(served)),
  ];
}

/** An outlook as JSON: times in seconds, shares as fractions of 1. */
export function outlookJson(outlook: Outlook): JsonValue {
  const { costs, longestWait: wait, size, exhaustion: rows, cut, untold, served, fronts } = outlook;
  const seconds = ({ milliseconds }: Duration): number => milliseconds / 1_000;
  return {
    failures: costs.map(({ addedLatency, failback, survivors, ...cost }) => ({
      ...cost,
      addedLatencySeconds: seconds(addedLatency),
      failbackSeconds: seconds(failback),
      survivors: survivors.map(({ member, share }) => ({ member, share })),
    })),
    longestWaitSeconds: seconds(wait),
    httpd: { ...size },
    silent: rows.map(({ fills, waits, ...row }) => ({
      ...row,
      ...(fills && { fillsSeconds: seconds(fills) }),
      ...(waits && { waitsSeconds: seconds(waits) }),
    })),
    cut: { ...cut },
    ...(untold !== undefined && { untold }),
    ...(fronts && { fronts: frontsJson(fronts) }),
    ...(served && { alwaysServed: holeJson(served) }),
  };
}

function indented(line: string): string {
  return `  ${line}`;
}

/** Members whose silence costs httpd the same number of workers. */
interface Silence {
  readonly slots: number;
  readonly members: readonly Exhaustion[];
}

function silencesOf(rows: readonly Exhaustion[]): readonly Silence[] {
  const sizes = [...new Set(rows.map(({ slots }) => slots))];
  return sizes.map((slots) => ({ slots, members: rows.filter((row) => row.slots === slots) }));
}

/** What the clients get that are sent to such a backend: measured on httpd 2.4.71 with `timeout` and a silent member. */
function waitText(rows: readonly Exhaustion[]): readonly string[] {
  const [first] = rows;
  if (first === undefined) return [];
  const { waits, leaves } = first;
  const same = rows.every((row) => row.waits?.milliseconds === waits?.milliseconds);
  const long = !same || waits === undefined ? "until its timeout" : formatDuration(waits);
  return leaves
    ? [`One request waits ${long} for it and gets 502; then it is out until retry (failontimeout=On).`]
    : [
        `Every request that is sent to it waits ${long} and gets 502, and it stays in; with failontimeout=On only the first one does.`,
      ];
}

/** What a member that dies costs those whose requests it had. */
function cutText({ refused, onKept }: CutRequests): readonly string[] {
  if (!refused) return [];
  const kept = onKept
    ? [
        "So does one that is sent on a pooled connection which the member has just closed; ttl below its own keep-alive time, or disablereuse=On, spares it that.",
      ]
    : [];
  return ["A request that is under way with a member as it dies gets 502: no other member is asked.", ...kept];
}

/** What a backend does to httpd that takes connections and answers nothing. */
function silenceText({ slots, members }: Silence, size: HttpdSize): string {
  const names = members.slice(0, MOST_ROWS).map(({ member, fills }) => {
    const within = fills === undefined ? "" : ` (within ${formatDuration(fills)})`;
    return `${shortName(member)}${within}`;
  });
  const more = members.length > MOST_ROWS ? ` or ${members.length - MOST_ROWS} more` : "";
  const load = size.requestsPerSecond === undefined ? "" : ` at ${size.requestsPerSecond} requests/s`;
  const taken =
    `A member that takes connections and answers nothing, ${names.join(" or ")}${more}, ` +
    `holds up to ${slots} of httpd's ${size.maxRequestWorkers} workers${load}`;
  return members.some(({ stopsHttpd }) => stopsHttpd)
    ? `${taken}; then nobody is answered. max would keep some free.`
    : `${taken} (max); further requests for it wait for acquire, without end where that is not set.`;
}
