import type { Rehearsal } from "./rehearse.js";

/**
 * The rehearsal as one JSON document: `picks` as `simulate --json` has them, but of the real httpd, each with the
 * model's answer beside it.
 */
export function rehearsalJson({ httpd, requests, agrees, timing, failures }: Rehearsal): string {
  const picks = requests.map(({ step, sent, real, model, agrees: same }) => ({
    ...real,
    step,
    milliseconds: Math.round(sent),
    agrees: same,
    model: { member: model.member, status: model.status, ...(model.either && { either: model.either }) },
  }));
  return `${JSON.stringify({ httpd, agrees, timing, failures, picks })}\n`;
}
