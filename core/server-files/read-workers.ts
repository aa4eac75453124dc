import type { JkBalancer, JkMember, JkMethod, JkSticky, JkWorkers } from "./jk-workers.js";
import { JK_DEFAULTS } from "./jk-workers.js";

/** A property of a file. */
export interface JkProperty {
  readonly word: string;
  readonly value: string;
  /** From 1. */
  readonly line: number;
}

/** A workers.properties as it was read. */
export interface ReadWorkers {
  readonly workers: JkWorkers;
  readonly properties: readonly JkProperty[];
  /** Lines of the file that are no property, and properties that were taken over by nothing. */
  readonly unread: readonly JkProperty[];
  /** The line that a balancer or member is first spoken of. */
  readonly lineOf: (worker: string) => number | undefined;
}

/**
 * Reads a workers.properties as mod_jk 1.2.48 does (native/common/jk_map.c and jk_util.c): a property a line, comments
 * behind `#`, values of other properties as `$(NAME)`, and what a worker refers to where it says nothing itself.
 */
export function readProperties(text: string): ReadWorkers {
  const properties = propertiesOf(text);
  const values = new Map(properties.map(({ word, value }) => [word, value]));
  const used = new Set<string>();
  const get = (worker: string, ...words: readonly string[]): string | undefined =>
    look({ values, used }, worker, words);
  const listed = names(values.get("worker.list"));
  used.add("worker.list").add("worker.maintain");
  const kinds = new Map(listed.map((name) => [name, get(name, "type") ?? "ajp13"]));
  const balancers = listed.filter((name) => kinds.get(name) === "lb").map((name) => balancerOf(name, get));
  const alone = listed.filter((name) => kinds.get(name) === "ajp13").map((name) => aloneOf(name, get));
  const kept = [...balancers, ...alone].map((balancer) => withOthers(balancer, values, used));
  return {
    workers: {
      balancers: kept,
      maintain: whole(values.get("worker.maintain"), JK_DEFAULTS.maintain),
      status: listed.find((name) => kinds.get(name) === "status"),
    },
    properties,
    unread: properties.filter(({ word }) => !used.has(word)),
    lineOf: (worker) => properties.find(({ word }) => word.startsWith(`worker.${worker}.`))?.line,
  };
}

type Get = (worker: string, ...words: readonly string[]) => string | undefined;

interface Values {
  readonly values: ReadonlyMap<string, string>;
  /** Words that were looked at. */
  readonly used: Set<string>;
}

/** The value of the first of these words, of a worker or of the one it refers to. */
function look({ values, used }: Values, worker: string, words: readonly string[]): string | undefined {
  const seen = new Set<string>();
  let prefix: string | undefined = `worker.${worker}`;
  while (prefix !== undefined && !seen.has(prefix)) {
    seen.add(prefix);
    const before: string = prefix;
    const found = words.find((word) => values.has(`${before}.${word}`));
    used.add(`${before}.reference`);
    if (found !== undefined) {
      used.add(`${before}.${found}`);
      return values.get(`${before}.${found}`);
    }
    prefix = values.get(`${before}.reference`);
  }
  return undefined;
}

const METHODS: Readonly<Record<string, JkMethod>> = { R: "R", S: "S", T: "T", B: "B", N: "N" };

function balancerOf(name: string, get: Get): JkBalancer {
  const members = names(get(name, "balance_workers", "balanced_workers")).map((member) => memberOf(member, get));
  return {
    name,
    members,
    sticky: stickyOf(name, get),
    method: METHODS[(get(name, "method") ?? "R").slice(0, 1).toUpperCase()] ?? "R",
    recoverTime: whole(get(name, "recover_time"), JK_DEFAULTS.recoverTime),
    others: {},
  };
}

/** A worker that requests go to without a balancer is one with a single member. */
function aloneOf(name: string, get: Get): JkBalancer {
  const members = [memberOf(name, get)];
  return { name, members, sticky: undefined, method: "R", recoverTime: JK_DEFAULTS.recoverTime, others: {} };
}

function stickyOf(name: string, get: Get): JkSticky | undefined {
  if (!isOn(get(name, "sticky_session"), true)) return undefined;
  return {
    cookie: get(name, "session_cookie") ?? "JSESSIONID",
    path: get(name, "session_path") ?? ";jsessionid",
    force: isOn(get(name, "sticky_session_force"), false),
  };
}

function memberOf(name: string, get: Get): JkMember {
  get(name, "type");
  const activation = (get(name, "activation") ?? "active").slice(0, 1).toLowerCase();
  return {
    name,
    host: get(name, "host") ?? "localhost",
    port: whole(get(name, "port"), JK_DEFAULTS.port),
    route: get(name, "route", "jvm_route") ?? name,
    lbfactor: Math.max(1, whole(get(name, "lbfactor"), JK_DEFAULTS.lbfactor)),
    distance: whole(get(name, "distance"), JK_DEFAULTS.distance),
    activation: activation === "d" ? "disabled" : activation === "s" ? "stopped" : "active",
    others: present({ redirect: get(name, "redirect"), secret: get(name, "secret") }),
  };
}

/** What else is set for a worker, through whatever it refers to. */
function withOthers(balancer: JkBalancer, values: ReadonlyMap<string, string>, used: Set<string>): JkBalancer {
  const members = balancer.members.map((member) => ({
    ...member,
    others: { ...othersOf(member.name, CARRIED_BACK, { values, used }), ...member.others },
  }));
  return { ...balancer, members };
}

/** Words of a member that httpd has parameters for. */
const CARRIED_BACK = [
  "socket_connect_timeout",
  "reply_timeout",
  "ping_timeout",
  "connection_pool_size",
  "connection_pool_minsize",
  "connection_pool_timeout",
  "socket_keepalive",
] as const;

function othersOf(name: string, words: readonly string[], values: Values): Readonly<Record<string, string>> {
  return present(Object.fromEntries(words.map((word) => [word, look(values, name, [word])])));
}

function present(values: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function propertiesOf(text: string): readonly JkProperty[] {
  const known = new Map<string, string>();
  return text.split(/\r?\n/).flatMap((line, index) => {
    const written = line.replace(/#.*$/, "").trim();
    if (written === "") return [];
    const equals = written.indexOf("=");
    if (equals === -1) return [{ word: written, value: "", line: index + 1 }];
    const word = written.slice(0, equals).trim();
    const value = written
      .slice(equals + 1)
      .trim()
      .replace(/\$\(([^)]*)\)/g, (whole, name: string) => known.get(name) ?? whole);
    // Lists of the same word add up; of others the last counts.
    const before = LISTS.test(word) ? known.get(word) : undefined;
    known.set(word, before === undefined ? value : `${before},${value}`);
    return [{ word, value: known.get(word) ?? value, line: index + 1 }];
  });
}

const LISTS = /^worker\.(list$|[^.]+\.balanced?_workers$)/;

function names(list = ""): readonly string[] {
  return list.split(/[\s,]+/).filter((name) => name !== "");
}

function whole(text: string | undefined, otherwise: number): number {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : otherwise;
}

/** jk_get_bool_code: what begins with y, t or is no zero. */
function isOn(text: string | undefined, otherwise: boolean): boolean {
  if (text === undefined) return otherwise;
  return /^(y|t|on|[1-9])/i.test(text);
}
