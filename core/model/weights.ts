import { lbfactorOf } from "../topology/effective.js";
import { WORKER_PARAMETERS } from "../vocabulary/worker.js";

/** Load factors for wanted shares. */
export interface Weights {
  /** As written in `loadfactor=`, in steps of 0.01. */
  readonly loadfactors: readonly number[];
  /** Shares they give. */
  readonly shares: readonly number[];
  /** Largest distance between a share that is given and one that is wanted. */
  readonly error: number;
}

const LEAST = WORKER_PARAMETERS.loadfactor.min * 100;
const MOST = WORKER_PARAMETERS.loadfactor.max * 100;

/** Hundredths that the smallest factor may have, in the order they are tried: whole factors are what a person writes. */
const LEAST_FACTORS: readonly number[] = [
  ...Array.from({ length: MOST / 100 }, (_, index) => (index + 1) * 100),
  ...Array.from({ length: MOST - LEAST + 1 }, (_, index) => LEAST + index),
];

/**
 * The smallest load factors whose shares come closest to the wanted ones; whole ones where they are as close. Factors go from 1 to 100, so no member can
 * get more than a hundred times as much as another; what is wanted beyond that shows as error.
 *
 * httpd truncates: 1.15 gives 114 hundredths. Only hundredths that some factor gives are used.
 *
 * @param wanted - amounts above 0 in any unit; throws a RangeError for others
 */
export function weightsFor(wanted: readonly number[]): Weights {
  const sum = wanted.reduce((total, amount) => total + amount, 0);
  if (wanted.length === 0 || !wanted.every((amount) => amount > 0) || !Number.isFinite(sum)) {
    throw new RangeError(
      `shares: found ${wanted.join(", ")}, allowed are amounts above 0; leave members without a share out`,
    );
  }
  const shares = wanted.map((amount) => amount / sum);
  const smallest = Math.min(...shares);
  let best: Weights | undefined;
  for (const least of LEAST_FACTORS) {
    const hundredths = shares.map((share) => nearestGiven((share / smallest) * least));
    const candidate = judged(hundredths, shares);
    if (best === undefined || candidate.error < best.error - 1e-12) best = candidate;
    if (best.error < 1e-12) break;
  }
  if (best === undefined) throw new Error("no load factors were tried");
  return best;
}

function judged(hundredths: readonly number[], shares: readonly number[]): Weights {
  const total = hundredths.reduce((sum, factor) => sum + factor, 0);
  const given = hundredths.map((factor) => factor / total);
  const error = Math.max(...given.map((share, index) => Math.abs(share - (shares[index] ?? 0))));
  return { loadfactors: hundredths.map((factor) => WRITTEN.get(factor) ?? factor / 100), shares: given, error };
}

/** What to write for a number of hundredths, for all that a factor with two decimals gives. */
const WRITTEN: ReadonlyMap<number, number> = new Map(
  Array.from({ length: MOST - LEAST + 1 }, (_, step) => MOST - step).map((step) => [
    lbfactorOf(step / 100),
    step / 100,
  ]),
);

function nearestGiven(hundredths: number): number {
  const wanted = Math.min(MOST, Math.max(LEAST, Math.round(hundredths)));
  for (let distance = 0; ; distance++) {
    if (WRITTEN.has(wanted - distance)) return wanted - distance;
    if (WRITTEN.has(wanted + distance)) return wanted + distance;
  }
}
