import type { FastRequest, Row } from "./fast-request.js";

/** Most races of one request that are followed both ways. */
const MOST_RACES = 10;

/**
 * Serves one request in every way the races inside it can end.
 *
 * @param before - the row before it
 * @param after - room for the row after it
 * @param visit - called with the member that answered and the row after it, for each way
 * @returns false when there are more races than are followed
 */
export function everyEnd(
  request: FastRequest,
  before: Row,
  {
    after,
    route,
    visit,
  }: { readonly after: Row; readonly route?: string | undefined; readonly visit: (answer: number, row: Row) => void },
): boolean {
  let followed = true;
  const pending: (readonly boolean[])[] = [[]];
  for (let guesses = pending.pop(); guesses !== undefined; guesses = pending.pop()) {
    after.set(before);
    const answer = request.serve(after, route, guesses);
    const races = Math.min(request.races, MOST_RACES);
    if (races < request.races) followed = false;
    for (let k = guesses.length; k < races; k++) {
      pending.push([...guesses, ...Array.from({ length: k - guesses.length }, () => false), true]);
    }
    visit(answer, after);
  }
  return followed;
}
