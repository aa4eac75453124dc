const INT64_MAX = 2n ** 63n - 1n;
const INT64_MIN = -(2n ** 63n);
const BLANK = " \\t\\n\\v\\f\\r";
const LEADING_INTEGER = new RegExp(`^[${BLANK}]*([+-]?[0-9]+)`);
const LEADING_HEX = new RegExp(
  `^[${BLANK}]*([+-]?)0[xX](?=[0-9a-fA-F]|\\.[0-9a-fA-F])([0-9a-fA-F]*)(?:\\.([0-9a-fA-F]*))?(?:[pP]([+-]?[0-9]+))?`,
);
const LEADING_DECIMAL = new RegExp(`^[${BLANK}]*([+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?)`);
const LEADING_INFINITY = new RegExp(`^[${BLANK}]*([+-]?)inf`, "i");

/** Keeps the low 32 bits of an integer as C's conversion to `int` does on the platforms httpd runs on. */
export function toInt32(value: bigint): number {
  return Number(BigInt.asIntN(32, value));
}

/**
 * C's `strtol(text, NULL, 10)` with 64-bit `long`: leading digits, nothing = 0, trailing text ignored, saturating.
 */
export function strtol(text: string): bigint {
  const digits = LEADING_INTEGER.exec(text)?.[1];
  if (digits === undefined) return 0n;
  const value = BigInt(digits.startsWith("+") ? digits.slice(1) : digits);
  if (value > INT64_MAX) return INT64_MAX;
  return value < INT64_MIN ? INT64_MIN : value;
}

/**
 * C's `atoi` as glibc has it: `strtol`, then cut to 32 bits, so that `99999999999` reads as 1215752191
 * (measured on httpd 2.4.71).
 */
export function atoi(text: string): number {
  if (/^[0-9]{1,9}$/.test(text)) return Number(text);
  return toInt32(strtol(text));
}

/** C's `strtod`: decimal, exponent, hexadecimal, `inf`; 0 when nothing is a number; NaN for `nan`. */
export function strtod(text: string): number {
  const hex = LEADING_HEX.exec(text);
  if (hex !== null) return hexFloat(hex[1] ?? "", hex[2] ?? "", hex[3] ?? "", hex[4] ?? "0");
  const decimal = LEADING_DECIMAL.exec(text);
  if (decimal !== null) return Number(decimal[1]);
  const infinity = LEADING_INFINITY.exec(text);
  if (infinity !== null) return infinity[1] === "-" ? -Infinity : Infinity;
  return /^\s*[+-]?nan/i.test(text) ? NaN : 0;
}

function hexFloat(sign: string, whole: string, fraction: string, exponent: string): number {
  const digits = parseInt(whole === "" ? "0" : whole, 16);
  const rest = fraction === "" ? 0 : parseInt(fraction, 16) / 16 ** fraction.length;
  const magnitude = (digits + rest) * 2 ** Number(exponent);
  return sign === "-" ? -magnitude : magnitude;
}

/** C's conversion of a `double` to `int`: truncated; out of range and NaN give INT_MIN (x86-64). */
export function doubleToInt32(value: number): number {
  const truncated = Math.trunc(value);
  return truncated >= -2147483648 && truncated <= 2147483647 ? truncated : -2147483648;
}

/** What a time parameter without a unit is taken in. */
export type TimeUnit = "s" | "ms";

/**
 * httpd's `ap_timeout_parameter_parse` (server/util.c): a whole number and a unit looked at only by its first letters
 * (`s`, `h`, `ms`, `mi`, lower case only: measured on httpd 2.4.71); empty text is 0.
 *
 * @param signed - true before httpd 2.4.49, which let negative numbers pass
 * @returns microseconds, or undefined for a wrong format
 */
export function readTime(text: string, defaultUnit: TimeUnit, signed = false): bigint | undefined {
  const digits = LEADING_INTEGER.exec(text);
  const value = strtol(text);
  if (value === INT64_MAX || (value < 0n && !signed)) return undefined;
  const rest = digits === null ? text : text.slice(digits[0].length);
  const unit = rest === "" ? defaultUnit : rest;
  const microseconds = unitMicroseconds(unit);
  if (microseconds === undefined) return undefined;
  const total = value * microseconds;
  return total > INT64_MAX ? undefined : total;
}

function unitMicroseconds(unit: string): bigint | undefined {
  if (unit.startsWith("s")) return 1_000_000n;
  if (unit.startsWith("h")) return 3_600_000_000n;
  if (unit.startsWith("ms")) return 1_000n;
  return unit.startsWith("mi") ? 60_000_000n : undefined;
}
