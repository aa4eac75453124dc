import { atoi, doubleToInt32, strtod, strtol } from "../../httpd/number.js";
import { read, refusedReading } from "../reading.js";
import { shown } from "../shown.js";
import type { Complaint } from "../problem.js";
import type { KindCodec } from "../kind.js";
import type { Reading } from "../reading.js";
import type { CodesParameter, FactorParameter, IntegerParameter } from "../parameter.js";

const INT32_MAX = 2_147_483_647;

/** Whole numbers: `atoi` or `atol`, then the range; what is more than int32 holds is taken for the most it holds. */
export const integerKind: KindCodec<IntegerParameter, number> = {
  read(parameter, text) {
    const value = parameter.wide === true ? Number(clamped(strtol(text))) : atoi(text);
    return integerAllowed(parameter, value) ? read(value) : refusedReading(parameter.error);
  },
  print: (_parameter, value) => String(value),
  check(parameter, value) {
    if (typeof value === "number" && Number.isInteger(value) && integerAllowed(parameter, value)) return undefined;
    return { found: shown(value), allowed: integerRange(parameter), fix: "give a whole number in that range" };
  },
  schema: (parameter) =>
    parameter.orZero === true
      ? { anyOf: [{ const: 0 }, { type: "integer", minimum: parameter.min, maximum: INT32_MAX }] }
      : { type: "integer", minimum: parameter.min, maximum: parameter.max ?? INT32_MAX },
  fromJson: (json) => json,
  toJson: (value) => value,
};

function clamped(value: bigint): bigint {
  return value > BigInt(INT32_MAX) ? BigInt(INT32_MAX) : value;
}

function integerAllowed(parameter: IntegerParameter, value: number): boolean {
  if (parameter.orZero === true && value === 0) return true;
  return value >= parameter.min && value <= (parameter.max ?? INT32_MAX);
}

function integerRange(parameter: IntegerParameter): string {
  const zero = parameter.orZero === true ? "0 or " : "";
  const most = parameter.max === undefined ? "or more" : `to ${parameter.max}`;
  return `${zero}a whole number, ${parameter.min} ${most}`;
}

/**
 * Weights: `strtod` times 100, truncated to int. 1.15 is 114 hundredths, as the double arithmetic of
 * `set_worker_param` (modules/proxy/mod_proxy.c) gives it.
 */
export const factorKind: KindCodec<FactorParameter, number> = {
  read(parameter, text): Reading<number> {
    const value = strtod(text);
    const hundredths = doubleToInt32(value * 100);
    const allowed = hundredths >= parameter.min * 100 && hundredths <= parameter.max * 100;
    return allowed ? read(exactFactor(hundredths)) : refusedReading(parameter.error);
  },
  print: (_parameter, value) => String(value),
  check(parameter, value): Complaint | undefined {
    const inRange = typeof value === "number" && value >= parameter.min && value <= parameter.max;
    if (inRange && value === exactFactor(Math.trunc(value * 100))) return undefined;
    const allowed = `${parameter.min} to ${parameter.max} in steps of 0.01`;
    if (!inRange) return { found: shown(value), allowed, fix: "give a number in that range" };
    const kept = Math.trunc(value * 100) / 100;
    return { found: shown(value), allowed, fix: `httpd truncates it to ${kept}; write ${nearestExact(value)}` };
  },
  schema: (parameter) => ({ type: "number", minimum: parameter.min, maximum: parameter.max }),
  fromJson: (json) => json,
  toJson: (value) => value,
};

/**
 * The plainest number from which httpd computes these hundredths: two decimals, or one half more where two decimals
 * lose one (1.14 times 100 truncates to 113, 1.145 times 100 to 114).
 */
export function exactFactor(hundredths: number): number {
  const plain = hundredths / 100;
  return Math.trunc(plain * 100) === hundredths ? plain : (hundredths * 10 + 5) / 1000;
}

/** The nearest weight, rounded to hundredths, that httpd keeps as it is. */
function nearestExact(value: number): number {
  const hundredths = Math.round(value * 100);
  const exact = [0, 1, -1, 2, -2]
    .map((step) => (hundredths + step) / 100)
    .find((candidate) => Math.trunc(candidate * 100) === Math.round(candidate * 100) && candidate >= 1);
  return exact ?? Math.round(value);
}

/**
 * Lists of status codes: split at commas and blanks, each read with `atoi`; `500;503` is 500 alone (measured).
 */
export const codesKind: KindCodec<CodesParameter, readonly number[]> = {
  read(parameter, text) {
    const codes = text
      .split(/[, ]+/)
      .filter((word) => word !== "")
      .map(atoi);
    return codes.every((code) => codeAllowed(parameter, code)) ? read(codes) : refusedReading(parameter.error);
  },
  print: (_parameter, value) => value.join(","),
  check(parameter, value) {
    const valid =
      Array.isArray(value) &&
      value.length > 0 &&
      value.every((code) => Number.isInteger(code) && codeAllowed(parameter, code as number));
    if (valid) return undefined;
    const allowed = `a list of whole numbers, ${parameter.min} to ${parameter.max}`;
    return { found: shown(value), allowed, fix: "name the status codes, for example [500, 503]" };
  },
  schema: (parameter) => ({
    type: "array",
    minItems: 1,
    items: { type: "integer", minimum: parameter.min, maximum: parameter.max },
  }),
  fromJson: (json) => json,
  toJson: (value) => value,
};

function codeAllowed(parameter: CodesParameter, code: number): boolean {
  return code >= parameter.min && code <= parameter.max;
}
