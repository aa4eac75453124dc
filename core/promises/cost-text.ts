import { toColumns } from "../report/columns.js";
import { shortName } from "../topology/short-name.js";
import { formatDuration } from "../vocabulary/duration.js";
import type { FailureCost } from "./cost.js";

/** Survivors that are named before the rest is only counted. */
const MOST_SURVIVORS = 12;

const HEADINGS = [
  "down",
  "share",
  "refused",
  "first answer later by",
  "back within",
  "sessions lost",
  "sessions refused",
  "then served by",
];

/** The costs of failures as a table of text. */
export function costTable(costs: readonly FailureCost[]): string {
  const rows = [
    HEADINGS,
    ...costs.map(
      ({
        member,
        share,
        failedRequests,
        firstRefused,
        addedLatency,
        failback,
        sessionsLost,
        sessionsRefused,
        survivors,
      }) => [
        shortName(member),
        percent(share),
        String(failedRequests),
        `${firstRefused ? "503 after " : ""}up to ${formatDuration(addedLatency)}`,
        formatDuration(failback),
        percent(sessionsLost),
        percent(sessionsRefused),
        survivorsText(survivors),
      ],
    ),
  ];
  return toColumns(rows)
    .map((line) => `${line}\n`)
    .join("");
}

function survivorsText(survivors: FailureCost["survivors"]): string {
  const named = survivors.slice(0, MOST_SURVIVORS).map(({ member, share }) => `${shortName(member)} ${percent(share)}`);
  const more = survivors.length - named.length;
  return `${named.join(", ") || "nobody"}${more > 0 ? ` and ${more} more` : ""}`;
}

function percent(part: number): string {
  return `${(100 * part).toFixed(1)} %`;
}
