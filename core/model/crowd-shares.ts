import type { Outcome } from "./request.js";

/** How many requests of several clients get one answer. */
export interface CrowdShare {
  /** Index of the member; -1 when httpd answers itself. */
  readonly member: number;
  readonly status: number;
  /** Mean of all plays. */
  readonly likely: number;
  /** Bounds that a real httpd keeps but for one time in ten thousand, if its pace is one of those played. */
  readonly least: number;
  readonly most: number;
}

/** Standard deviations that the bounds lie beyond what the plays came to. */
const MARGIN = 4;

/**
 * What plays of the same crowd came to, the likeliest answer first.
 *
 * @param paces - the plays of each pace; chance is what differs between plays of one pace
 */
export function crowdSharesOf(paces: readonly (readonly (readonly Outcome[])[])[]): readonly CrowdShare[] {
  const answers = new Map(
    paces.flat(2).map(({ member, status }) => [`${member} ${status}`, { member, status }] as const),
  );
  const requests = paces[0]?.[0]?.length ?? 0;
  const shares = [...answers.values()].map((answer): CrowdShare => {
    const spans = paces.map((plays) => spanOf(plays.map((outcomes) => countOf(outcomes, answer))));
    return {
      ...answer,
      likely: Math.round(spans.reduce((sum, { mean }) => sum + mean, 0) / spans.length),
      least: Math.max(0, Math.min(...spans.map(({ least }) => least))),
      most: Math.min(requests, Math.max(...spans.map(({ most }) => most))),
    };
  });
  return shares.toSorted((left, right) => right.likely - left.likely || right.member - left.member);
}

function countOf(outcomes: readonly Outcome[], { member, status }: Pick<Outcome, "member" | "status">): number {
  return outcomes.reduce((count, other) => count + Number(other.member === member && other.status === status), 0);
}

/** Mean of some counts, and where others of the same kind stay but for one time in ten thousand. */
function spanOf(counts: readonly number[]) {
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / Math.max(1, counts.length - 1);
  const margin = Math.ceil(MARGIN * Math.sqrt(variance));
  return { mean, least: Math.min(...counts) - margin, most: Math.max(...counts) + margin };
}
