/** A length of time. httpd mixes seconds and milliseconds between parameters; a value with its unit cannot be mixed up. */
export interface Duration {
  /** Whole milliseconds, 0 or more. */
  readonly milliseconds: number;
}

const UNITS = { ms: 1, s: 1_000, min: 60_000, h: 3_600_000 } as const;

/** Texts that {@link parseDuration} accepts, but for fractions of minutes and hours that are no whole milliseconds. */
export const DURATION_PATTERN = "^([0-9]+ms|[0-9]+(\\.[0-9]{1,3})?s|[0-9]+(\\.[0-9]+)?(min|h))$";

const TEXT = new RegExp(DURATION_PATTERN);

/** What {@link parseDuration} accepts, for messages. */
export const DURATION_FORMAT = "a number with a unit: 500ms, 2.5s, 10s, 5min or 1h";

/**
 * `seconds(2.5)` is 2500 ms.
 *
 * @throws RangeError if the time is negative or finer than a millisecond
 */
export function seconds(amount: number): Duration {
  return millis(Math.round(amount * 1e9) / 1e6);
}

/**
 * A number of whole milliseconds.
 *
 * @throws RangeError if the time is negative or not whole
 */
export function millis(amount: number): Duration {
  if (!Number.isSafeInteger(amount) || amount < 0) {
    throw new RangeError(
      `duration: found ${amount} ms, allowed is a whole number of milliseconds, 0 or more; round it`,
    );
  }
  return { milliseconds: amount };
}

/**
 * A number of minutes.
 *
 * @throws RangeError if the time is negative or finer than a millisecond
 */
export function minutes(amount: number): Duration {
  return seconds(amount * 60);
}

/** Reads `10s`, `2.5s`, `500ms`, `5min`, `1h`; undefined for anything else, bare numbers included. */
export function parseDuration(text: string): Duration | undefined {
  if (!TEXT.test(text)) return undefined;
  const unit = text.replace(/^[0-9.]+/, "");
  const amount = Number(text.slice(0, -unit.length));
  const milliseconds = Math.round(amount * UNITS[unit as keyof typeof UNITS] * 1e6) / 1e6;
  return Number.isSafeInteger(milliseconds) ? { milliseconds } : undefined;
}

/** The shortest text that {@link parseDuration} reads back: `10s`, `1500ms`, `0s`. */
export function formatDuration(duration: Duration): string {
  const { milliseconds } = duration;
  return milliseconds % 1_000 === 0 ? `${milliseconds / 1_000}s` : `${milliseconds}ms`;
}

/** True for values made by {@link seconds} and its neighbours. */
export function isDuration(value: unknown): value is Duration {
  return (
    typeof value === "object" && value !== null && "milliseconds" in value && typeof value.milliseconds === "number"
  );
}
