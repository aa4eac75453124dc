import type { Cluster, PromiseDeclaration } from "../topology/topology.js";
import { DURATION_FORMAT, formatDuration, parseDuration, seconds } from "../vocabulary/duration.js";
import type { Duration } from "../vocabulary/duration.js";
import { shown } from "../vocabulary/shown.js";
import type { JsonValue } from "../vocabulary/json.js";
import { pointerStep, ProblemError } from "../vocabulary/problem.js";
import type { Pointer, Problem } from "../vocabulary/problem.js";
import { impossibleLoad } from "./impossible-load.js";
import { suggestion } from "../vocabulary/suggest.js";

/** How far a share may be from what was promised. */
export const SHARE_TOLERANCE = 0.01;

/** How soon a member serves again, and a standby is idle again, where nothing is said: httpd's own default `retry`. */
export const PATIENCE: Duration = seconds(60);

/** Most requests within which a member that returned may be promised to serve. */
const MOST_TURNS = 10_000;

/** A promise with its parameters read. */
export type ClusterPromise =
  | { readonly id: "always-served" }
  | {
      readonly id: "failback";
      readonly within: Duration;
      /** Of so many requests in a row it answers one. @default - being out of error is enough */
      readonly requests?: number;
    }
  | { readonly id: "standby-idle"; readonly within: Duration }
  | { readonly id: "share"; readonly member: string; readonly about: number; readonly within: number }
  | { readonly id: "capacity"; readonly requestsPerSecond: number }
  | { readonly id: "sessions" };

/** The word of a promise. */
export type PromiseId = ClusterPromise["id"];

/** Every promise: what it says, in one sentence, and the keys of its parameters. */
export const PROMISES = {
  "always-served": {
    doc: "While any member that is not administratively out accepts connections, httpd never answers with an error of its own.",
    keys: [],
  },
  failback: {
    doc: "An active that returned is out of error within a time; with `requests`, it then answers one of so many.",
    keys: ["within", "requests"],
  },
  "standby-idle": {
    doc: "No standby answers a request without a session while an active or spare has been back longer than a time.",
    keys: ["within"],
  },
  share: {
    doc: "A member serves a share of the requests, all up and after each failure.",
    keys: ["member", "about", "within"],
  },
  capacity: {
    doc: "No member gets more than its declared capacity, whoever fails and whichever zone is lost.",
    keys: ["requestsPerSecond"],
  },
  sessions: { doc: "No session is lost, and none is left behind on a standby.", keys: [] },
} as const satisfies Record<PromiseId, { readonly doc: string; readonly keys: readonly string[] }>;

/** Makes the promises a cluster may be held to. */
export const Promises = {
  /** While any member that is not administratively out accepts connections, httpd never answers an error of its own. */
  alwaysServed: (): PromiseDeclaration => ({ id: "always-served" }),
  /**
   * An active that returned is out of error within a time; with `requests`, it then answers one of so many requests
   * without a session that come in a row.
   *
   * @throws ProblemError for a number of requests below 1
   */
  failbackWithin: (time: Duration, options: { readonly requests?: number } = {}): PromiseDeclaration =>
    checked({ id: "failback", parameters: { within: formatDuration(time), ...options } }),
  /** No standby answers a request without a session while an active or spare has been back longer than a time. */
  standbyIdle: (time: Duration = PATIENCE): PromiseDeclaration => ({
    id: "standby-idle",
    parameters: { within: formatDuration(time) },
  }),
  /**
   * A member serves a share of the requests, in the long run, all up and after each failure.
   *
   * @throws ProblemError for a share or tolerance outside 0 to 1
   */
  share: (member: string, options: { readonly about: number; readonly within?: number }): PromiseDeclaration =>
    checked({ id: "share", parameters: { member, ...options } }),
  /**
   * No member gets more than its declared capacity under this load.
   *
   * @throws ProblemError for a load below 0
   */
  capacity: (load: { readonly requestsPerSecond: number }): PromiseDeclaration =>
    checked({ id: "capacity", parameters: { ...load } }),
  /** No session is lost, and none is left behind on a standby. */
  sessions: (): PromiseDeclaration => ({ id: "sessions" }),
} as const;

/** True for the words of {@link PROMISES}. */
export function isPromiseId(word: string): word is PromiseId {
  return Object.hasOwn(PROMISES, word);
}

/** The problem of a word that is no promise. */
export function unknownPromise(word: string, at: Pointer): Problem {
  const known = Object.keys(PROMISES);
  return { at, subject: "promise", found: shown(word), allowed: known.join(", "), fix: suggestion(word, known) };
}

/** A promise read, or everything that is wrong with it. */
export type PromiseReading =
  | { readonly ok: true; readonly promise: ClusterPromise }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Reads a declared promise.
 *
 * @param at - where the declaration stands
 * @param cluster - the cluster it is about, whose members it may name and which has to bear the load; without it,
 * neither is checked
 */
export function readPromise(
  { id, parameters = {} }: PromiseDeclaration,
  at: Pointer,
  cluster?: Cluster,
): PromiseReading {
  if (!isPromiseId(id)) return { ok: false, problems: [unknownPromise(id, at)] };
  const problems: Problem[] = [];
  const { keys } = PROMISES[id];
  for (const key of Object.keys(parameters)) {
    if ((keys as readonly string[]).includes(key)) continue;
    const fix = keys.length === 0 ? "leave it out" : suggestion(key, keys);
    problems.push({
      at,
      subject: `parameter of promise '${id}'`,
      found: shown(key),
      allowed: keys.join(", ") || "none",
      fix,
    });
  }
  const reader = new ParameterReader(id, parameters, at, problems);
  const promise = readById(id, reader, cluster);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, promise };
}

function readById(id: PromiseId, reader: ParameterReader, cluster: Cluster | undefined): ClusterPromise {
  switch (id) {
    case "always-served":
    case "sessions":
      return { id };
    case "failback": {
      const requests = reader.wholeNumber("requests");
      return { id, within: reader.duration("within"), ...(requests !== undefined && { requests }) };
    }
    case "standby-idle":
      return { id, within: reader.duration("within") };
    case "share": {
      const names = cluster?.members.map(({ name }) => name);
      const about = reader.fraction("about");
      return { id, member: reader.name("member", names), about, within: reader.fraction("within", SHARE_TOLERANCE) };
    }
    case "capacity":
      return { id, requestsPerSecond: reader.load("requestsPerSecond", cluster) };
  }
}

class ParameterReader {
  readonly #id: PromiseId;
  readonly #parameters: Readonly<Record<string, JsonValue>>;
  readonly #at: Pointer;
  readonly #problems: Problem[];

  constructor(id: PromiseId, parameters: Readonly<Record<string, JsonValue>>, at: Pointer, problems: Problem[]) {
    this.#id = id;
    this.#parameters = parameters;
    this.#at = at;
    this.#problems = problems;
  }

  duration(key: string): Duration {
    const json = this.#parameters[key];
    if (json === undefined) return PATIENCE;
    const value = typeof json === "string" ? parseDuration(json) : undefined;
    if (value === undefined) this.#refuse(key, DURATION_FORMAT, "write the number with its unit");
    return value ?? PATIENCE;
  }

  fraction(key: string, otherwise?: number): number {
    const json = this.#parameters[key] ?? otherwise;
    if (typeof json === "number" && json >= 0 && json <= 1) return json;
    this.#refuse(key, "a number from 0 to 1", "write the part of all requests: 0.25 is a quarter");
    return 0;
  }

  wholeNumber(key: string): number | undefined {
    const json = this.#parameters[key];
    if (json === undefined) return undefined;
    if (typeof json === "number" && Number.isInteger(json) && json >= 1 && json <= MOST_TURNS) return json;
    this.#refuse(key, `a whole number from 1 to ${MOST_TURNS}`, "write how many requests it may take");
    return undefined;
  }

  load(key: string, cluster: Cluster | undefined): number {
    const json = this.#parameters[key];
    if (typeof json === "number" && json >= 0 && Number.isFinite(json)) {
      const impossible = cluster === undefined ? undefined : impossibleLoad(cluster, json, this.#at);
      if (impossible !== undefined) this.#problems.push(impossible);
      return json;
    }
    this.#refuse(key, "a number of requests per second, 0 or more", "write the highest load expected");
    return 0;
  }

  name(key: string, known: readonly string[] | undefined): string {
    const json = this.#parameters[key];
    if (typeof json === "string" && (known === undefined || known.includes(json))) return json;
    const names = known ?? [];
    const fix = typeof json === "string" ? suggestion(json, names) : "name the member";
    this.#refuse(key, names.length === 0 ? "the name of a member" : names.slice(0, 12).join(", "), fix);
    return "";
  }

  #refuse(key: string, allowed: string, fix: string): void {
    const subject = `'${key}' of promise '${this.#id}'`;
    const at: Pointer = `${this.#at}/parameters${pointerStep(key)}`;
    this.#problems.push({ at, subject, found: shown(this.#parameters[key]), allowed, fix });
  }
}

function checked(declaration: PromiseDeclaration): PromiseDeclaration {
  const reading = readPromise(declaration, "");
  if (!reading.ok) throw new ProblemError(reading.problems);
  return declaration;
}
