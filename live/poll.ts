import { setTimeout as sleep } from "node:timers/promises";

const PAUSE = 5;

/**
 * Waits until a condition holds.
 *
 * @param deadline - milliseconds
 * @returns false when it did not hold in time
 */
export async function holdsWithin(deadline: number, condition: () => boolean | Promise<boolean>): Promise<boolean> {
  const end = performance.now() + deadline;
  while (!(await condition())) {
    if (performance.now() > end) return false;
    await sleep(PAUSE);
  }
  return true;
}
