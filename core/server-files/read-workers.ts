import type { JkBalancer, JkMember, JkMethod, JkSticky, JkWorkers } from "./jk-workers.js";
import { JkValues } from "./jk-values.js";
import type { JkFault, JkProperty } from "./jk-values.js";
import { JK_DEFAULTS } from "./jk-workers.js";

/** A workers.properties as it was read. */
export interface ReadWorkers {
  readonly workers: JkWorkers;
  readonly properties: readonly JkProperty[];
  /** Lines of the file that are no property, and properties that were taken over by nothing. */
  readonly unread: readonly JkProperty[];
  /** Values that were not read, as only a part of each means something. */
  readonly faults: readonly JkFault[];
  /** The line that a balancer or member is first spoken of. */
  readonly lineOf: (worker: string) => number | undefined;
}

/**
 * Reads a workers.properties as mod_jk 1.2.48 does (native/common/jk_map.c and jk_util.c): a property a line, comments
 * behind `#`, values of other properties as `$(NAME)`, and what a worker refers to where it says nothing itself.
 */
export function readProperties(text: string): ReadWorkers {
  const properties = propertiesOf(text);
  const values = new JkValues(properties);
  const listed = names(values.own("worker.list")?.value);
  const kinds = new Map(listed.map((name) => [name, values.text(name, "type") ?? "ajp13"]));
  const balancers = listed.filter((name) => kinds.get(name) === "lb").map((name) => balancerOf(name, values));
  const alone = listed.filter((name) => kinds.get(name) === "ajp13").map((name) => aloneOf(name, values));
  const maintain = values.whole(values.own("worker.maintain"), JK_DEFAULTS.maintain);
  return {
    workers: {
      balancers: [...balancers, ...alone],
      maintain,
      status: listed.find((name) => kinds.get(name) === "status"),
    },
    properties,
    unread: properties.filter(({ word }) => values.isUnused(word)),
    faults: values.faults,
    lineOf: (worker) => properties.find(({ word }) => word.startsWith(`worker.${worker}.`))?.line,
  };
}

/** `jk_get_lb_method`. */
const METHODS: Readonly<Record<string, JkMethod>> = {
  ...{ R: "R", T: "T", B: "B", S: "S", N: "N" },
  ...{ "0": "R", "1": "T", "2": "B", "3": "S", "4": "N" },
};

/** `jk_get_wa_code`. */
const ACTIVATIONS = { A: "active", D: "disabled", S: "stopped" } as const;

function balancerOf(name: string, values: JkValues): JkBalancer {
  const members = names(values.text(name, "balance_workers", "balanced_workers"));
  return {
    name,
    members: members.map((member) => memberOf(member, values)),
    sticky: stickyOf(name, values),
    method: values.code(values.find(name, "method"), METHODS, "R"),
    recoverTime: values.whole(values.find(name, "recover_time"), JK_DEFAULTS.recoverTime),
    others: {},
  };
}

/** A worker that requests go to without a balancer is one with a single member. */
function aloneOf(name: string, values: JkValues): JkBalancer {
  const members = [memberOf(name, values)];
  return { name, members, sticky: undefined, method: "R", recoverTime: JK_DEFAULTS.recoverTime, others: {} };
}

function stickyOf(name: string, values: JkValues): JkSticky | undefined {
  if (!values.flag(values.find(name, "sticky_session"), true)) return undefined;
  return {
    cookie: values.text(name, "session_cookie") ?? "JSESSIONID",
    path: values.text(name, "session_path") ?? ";jsessionid",
    force: values.flag(values.find(name, "sticky_session_force"), false),
  };
}

function memberOf(name: string, values: JkValues): JkMember {
  values.find(name, "type");
  return {
    name,
    host: values.text(name, "host") ?? "localhost",
    port: values.whole(values.find(name, "port"), JK_DEFAULTS.port),
    route: values.text(name, "route", "jvm_route") ?? name,
    lbfactor: Math.max(1, values.whole(values.find(name, "lbfactor"), JK_DEFAULTS.lbfactor)),
    distance: values.whole(values.find(name, "distance"), JK_DEFAULTS.distance),
    activation: values.code(values.find(name, "activation"), ACTIVATIONS, "active"),
    others: othersOf(name, values),
  };
}

/** Whole numbers of a member that httpd has parameters for. */
const NUMBERS = [
  "socket_connect_timeout",
  "reply_timeout",
  "ping_timeout",
  "connection_pool_size",
  "connection_pool_minsize",
  "connection_pool_timeout",
] as const;

/** What else is set for a member, through whatever it refers to. */
function othersOf(name: string, values: JkValues): Readonly<Record<string, string>> {
  for (const word of NUMBERS) values.whole(values.find(name, word), 0);
  values.flag(values.find(name, "socket_keepalive"), false);
  const words = [...NUMBERS, "socket_keepalive", "redirect", "secret"];
  return Object.fromEntries(
    words.flatMap((word) => {
      const text = values.text(name, word);
      return text === undefined ? [] : [[word, text]];
    }),
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
