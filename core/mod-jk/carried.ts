import { printParameter } from "../vocabulary/codec.js";
import type { Duration } from "../vocabulary/duration.js";
import { WORKER_PARAMETERS } from "../vocabulary/worker.js";
import type { WorkerParameterName, WorkerParameters } from "../vocabulary/worker.js";

/** mod_jk's words for parameters of a member, as they stand behind `worker.NAME.`. */
type Carry = (parameters: WorkerParameters) => Readonly<Record<string, string>>;

/** Parameters that mod_jk has under other words; a new one is one entry. */
const CARRIED = {
  connectiontimeout: ({ connectiontimeout }) => milliseconds("socket_connect_timeout", connectiontimeout),
  timeout: ({ timeout }) => milliseconds("reply_timeout", timeout),
  ping: ({ ping }) => (ping === undefined ? {} : { ping_mode: "A", ...milliseconds("ping_timeout", ping) }),
  max: ({ max }) => number("connection_pool_size", max),
  min: ({ min }) => number("connection_pool_minsize", min),
  ttl: ({ ttl }) => (ttl === undefined ? {} : { connection_pool_timeout: wholeSeconds(ttl) }),
  keepalive: ({ keepalive }) => (keepalive === true ? { socket_keepalive: "True" } : {}),
  secret: ({ secret }) => (secret === undefined ? {} : { secret }),
} as const satisfies Partial<Record<WorkerParameterName, Carry>>;

/** Parameters that are carried over by the place a member has in its balancer. */
const PLACED: readonly string[] = ["loadfactor", "lbset", "status", "route", "redirect", "retry"];

/** The words of a member, and the parameters of httpd that mod_jk has nothing for, as they are written. */
export function carriedParameters(parameters: WorkerParameters): {
  readonly words: Readonly<Record<string, string>>;
  readonly lost: readonly string[];
} {
  const given = Object.keys(parameters) as readonly WorkerParameterName[];
  const words = Object.values<Carry>(CARRIED).map((carry) => carry(parameters));
  const lost = given.filter((word) => !(word in CARRIED) && !PLACED.includes(word));
  return { words: Object.assign({}, ...words) as Readonly<Record<string, string>>, lost: lost.map(shownParameter) };

  function shownParameter(word: WorkerParameterName): string {
    const value = parameters[word];
    return value === undefined ? word : `${word}=${printParameter(WORKER_PARAMETERS[word], value)}`;
  }
}

/** Whole seconds, at least one: mod_jk knows no finer ones. */
export function wholeSeconds({ milliseconds: time }: Duration): string {
  return String(Math.max(1, Math.ceil(time / 1_000)));
}

function milliseconds(word: string, time: Duration | undefined): Readonly<Record<string, string>> {
  return time === undefined ? {} : { [word]: String(time.milliseconds) };
}

function number(word: string, value: number | undefined): Readonly<Record<string, string>> {
  return value === undefined ? {} : { [word]: String(value) };
}
