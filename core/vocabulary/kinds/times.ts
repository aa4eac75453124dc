import { atoi, readTime } from "../../httpd/number.js";
import { DURATION_FORMAT, DURATION_PATTERN, formatDuration, isDuration, parseDuration } from "../duration.js";
import type { Duration } from "../duration.js";
import { read, refusedReading } from "../reading.js";
import { shown } from "../shown.js";
import type { Complaint } from "../problem.js";
import type { JsonSchema, JsonValue } from "../json.js";
import type { KindCodec } from "../kind.js";
import type { LifetimeParameter, MillisecondsParameter, SecondsParameter, TimeParameter } from "../parameter.js";

const INT32_MAX = 2_147_483_647;
const SCHEMA: JsonSchema = { type: "string", pattern: DURATION_PATTERN };

/** Whole seconds read with `atoi`; `5m` is 5 seconds (measured), so only values are printed, never units. */
export const secondsKind: KindCodec<SecondsParameter, Duration> = {
  read(parameter, text) {
    const value = atoi(text);
    return value >= parameter.min ? read({ milliseconds: value * 1_000 }) : refusedReading(parameter.error);
  },
  print: (_parameter, value) => String(value.milliseconds / 1_000),
  check(parameter, value) {
    return checkTime(value, {
      allowed: `whole seconds, ${parameter.min} or more (httpd reads no unit here)`,
      accepts: (ms) => ms % 1_000 === 0 && ms >= parameter.min * 1_000 && ms <= INT32_MAX * 1_000,
      example: "10s",
    });
  },
  schema: () => SCHEMA,
  fromJson: durationFromJson,
  toJson: formatDuration,
};

/** Times with a unit. */
export const timeKind: KindCodec<TimeParameter, Duration> = {
  read(parameter, text) {
    const microseconds = readTime(text, parameter.defaultUnit, parameter.signed);
    if (microseconds === undefined) return refusedReading(parameter.formatError);
    const milliseconds = Number(microseconds / 1_000n);
    return milliseconds >= parameter.minMilliseconds ? read({ milliseconds }) : refusedReading(parameter.error);
  },
  print(parameter, value) {
    const whole = value.milliseconds % 1_000 === 0;
    return parameter.defaultUnit === "s" && whole ? String(value.milliseconds / 1_000) : `${value.milliseconds}ms`;
  },
  check(parameter, value) {
    return checkTime(value, {
      allowed: `a time of at least ${parameter.minMilliseconds} ms`,
      accepts: (ms) => ms >= parameter.minMilliseconds && ms <= INT32_MAX * 1_000,
      example: "500ms",
    });
  },
  schema: () => SCHEMA,
  fromJson: durationFromJson,
  toJson: formatDuration,
};

/** Whole milliseconds read with `atoi`. */
export const millisecondsKind: KindCodec<MillisecondsParameter, Duration> = {
  read(parameter, text) {
    const value = atoi(text);
    return value >= 0 && value <= parameter.max ? read({ milliseconds: value }) : refusedReading(parameter.error);
  },
  print: (_parameter, value) => String(value.milliseconds),
  check(parameter, value) {
    return checkTime(value, {
      allowed: `0 to ${parameter.max} ms`,
      accepts: (ms) => ms <= parameter.max,
      example: "10ms",
    });
  },
  schema: () => SCHEMA,
  fromJson: durationFromJson,
  toJson: formatDuration,
};

/** Whole seconds, or `forever` for httpd's -1. */
export const lifetimeKind: KindCodec<LifetimeParameter, Duration | "forever"> = {
  read(parameter, text) {
    if (text === "-1") return read("forever");
    const microseconds = readTime(text, "s");
    if (microseconds === undefined || microseconds % 1_000_000n !== 0n) return refusedReading(parameter.error);
    const milliseconds = Number(microseconds / 1_000n);
    return milliseconds <= INT32_MAX * 1_000 ? read({ milliseconds }) : refusedReading(parameter.error);
  },
  print: (_parameter, value) => (value === "forever" ? "-1" : String(value.milliseconds / 1_000)),
  check(_parameter, value) {
    if (value === "forever") return undefined;
    return checkTime(value, {
      allowed: "whole seconds, or 'forever'",
      accepts: (ms) => ms % 1_000 === 0 && ms <= INT32_MAX * 1_000,
      example: "30s",
    });
  },
  schema: () => ({ anyOf: [{ const: "forever" }, SCHEMA] }),
  fromJson: (json) => (json === "forever" ? json : durationFromJson(json)),
  toJson: (value) => (value === "forever" ? value : formatDuration(value)),
};

interface TimeLimits {
  readonly allowed: string;
  readonly accepts: (milliseconds: number) => boolean;
  readonly example: string;
}

function checkTime(value: unknown, limits: TimeLimits): Complaint | undefined {
  const { allowed, example } = limits;
  if (!isDuration(value)) {
    return { found: shown(value), allowed: DURATION_FORMAT, fix: `say the unit, for example ${example}` };
  }
  const whole = Number.isSafeInteger(value.milliseconds) && value.milliseconds >= 0;
  if (whole && limits.accepts(value.milliseconds)) return undefined;
  return { found: formatDuration(value), allowed, fix: `give a time in that range, for example ${example}` };
}

function durationFromJson(json: JsonValue): unknown {
  return typeof json === "string" ? (parseDuration(json) ?? json) : json;
}
