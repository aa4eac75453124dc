/** An exact fraction in lowest terms. */
export interface Fraction {
  readonly numerator: number;
  readonly denominator: number;
}

/** `numerator / denominator` in lowest terms; both whole, the denominator above 0. */
export function fraction(numerator: number, denominator: number): Fraction {
  const divisor = greatestCommonDivisor(numerator, denominator);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

/** The sum of two fractions in lowest terms. */
export function sumOf(left: Fraction, right: Fraction): Fraction {
  return fraction(
    left.numerator * right.denominator + right.numerator * left.denominator,
    left.denominator * right.denominator,
  );
}

/** The largest whole number that divides both; of 0 and n it is n. */
export function greatestCommonDivisor(left: number, right: number): number {
  return right === 0 ? left : greatestCommonDivisor(right, left % right);
}

/** `1/6 (16.7 %)` */
export function fractionText({ numerator, denominator }: Fraction): string {
  const percent = (100 * numerator) / denominator;
  if (denominator === 1) return `${percent} %`;
  return `${numerator}/${denominator} (${percent.toFixed(1)} %)`;
}

/** Largest denominator that people say. */
const LARGEST_SAID = 100;

/** A part of 1 as people say it: `5/6 (83.3 %)` where it is such a fraction but for rounding, else `36.36 %`. */
export function partText(part: number): string {
  for (let denominator = 1; denominator <= LARGEST_SAID; denominator++) {
    const numerator = Math.round(part * denominator);
    if (Math.abs(part - numerator / denominator) > 1e-9) continue;
    const said = fraction(numerator, denominator);
    return said.denominator === 1 ? percentText(part) : fractionText(said);
  }
  return percentText(part);
}

/** `2 %`, `0.5 %`, `36.36 %`: two decimals at most. */
export function percentText(part: number): string {
  return `${Number((100 * part).toFixed(2))} %`;
}
