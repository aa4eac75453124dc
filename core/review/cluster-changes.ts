import { isRecord } from "../vocabulary/json.js";
import { shortName } from "../topology/short-name.js";
import { withoutSecrets } from "../report/secrets.js";
import { urlText } from "../scenario/nodes.js";
import { canonicalJson } from "../topology/canonical.js";
import { roleOf } from "../topology/roles.js";
import type { Cluster, Member } from "../topology/topology.js";
import { BALANCER_PARAMETERS } from "../vocabulary/balancer.js";
import { printParameter } from "../vocabulary/codec.js";
import type { ParameterTable, ParameterValue } from "../vocabulary/parameter.js";
import { WORKER_PARAMETERS } from "../vocabulary/worker.js";
import type { Pair } from "./match.js";
import { pairMembers } from "./match.js";

/** What was changed in a cluster, one sentence each; both are meanings, so that spelling is none. */
export function clusterChanges(before: Cluster, after: Cluster): readonly string[] {
  const pairs = pairMembers(before, after);
  return [
    ...(before.name === after.name ? [] : [`cluster ${before.name} is called ${after.name} now`]),
    ...parameterChanges(BALANCER_PARAMETERS, before.parameters, after.parameters, (key) => key),
    ...pairs.flatMap(memberChanges),
    ...orderChange(before, pairs),
    ...plainChange("route cookie", before.routeCookie, after.routeCookie),
    ...plainChange("promises", before.promises, after.promises),
    ...plainChange("accepted findings", before.acknowledged, after.acknowledged),
    ...lineChanges(before.extra, after.extra),
  ];
}

/** Lines that came and went. */
export function lineChanges(before: readonly string[] = [], after: readonly string[] = []): readonly string[] {
  const came = without(after, before).map((line) => `line added: ${withoutSecrets(line)}`);
  const went = without(before, after).map((line) => `line removed: ${withoutSecrets(line)}`);
  const moved = canonicalJson(before) !== canonicalJson(after) && came.length + went.length === 0;
  return [...went, ...came, ...(moved ? ["lines kept as they are stand in another order"] : [])];
}

/** A value that has no words of its own. */
export function plainChange(what: string, before: unknown, after: unknown): readonly string[] {
  if (canonicalJson(before ?? null) === canonicalJson(after ?? null)) return [];
  if (before === undefined) return [isPlain(after) ? `${what}: ${shownValue(after)} is new` : `${what} is new`];
  if (after === undefined) return [isPlain(before) ? `${what}: ${shownValue(before)} is gone` : `${what} is gone`];
  return [`${what}: ${shownValue(before)} → ${shownValue(after)}`];
}

/** Values of a table that are different; secret ones are not shown. */
export function parameterChanges(
  table: ParameterTable,
  before: object,
  after: object,
  subject: (key: string) => string,
): readonly string[] {
  const old = before as Readonly<Record<string, ParameterValue | undefined>>;
  const young = after as Readonly<Record<string, ParameterValue | undefined>>;
  return [...new Set([...Object.keys(old), ...Object.keys(young)])].flatMap((key) => {
    const parameter = table[key];
    if (parameter === undefined || canonicalJson(old[key] ?? null) === canonicalJson(young[key] ?? null)) return [];
    if (parameter.secret === true) return [`${subject(key)} is another one`];
    const text = (value: ParameterValue | undefined): string =>
      value === undefined ? `unset (${parameter.defaultDoc})` : withoutSecrets(printParameter(parameter, value));
    return [`${subject(key)}: ${text(old[key])} → ${text(young[key])}`];
  });
}

/** A member in a sentence: what it is for, unless it is active. */
export function memberWords(member: Member): string {
  const role = roleOf(member);
  return role === "active" ? shortName(member.name) : `${shortName(member.name)} (${role})`;
}

/** The address of a member as reports show it. */
export function shownUrl({ url }: Member): string {
  return withoutSecrets(urlText(url));
}

function memberChanges({ before, after }: Pair<Member>): readonly string[] {
  if (after === undefined) return before === undefined ? [] : [`${memberWords(before)} is removed`];
  if (before === undefined) return [`${memberWords(after)} joins${weightOf(after)}`];
  const name = shortName(after.name);
  const [from, to] = [urlText(before.url), urlText(after.url)];
  const moved = from === to ? [] : [`${name} is at ${shownUrl(after)} instead of ${shownUrl(before)}`];
  const renamed = before.name === after.name || (before.name === from && after.name === to);
  const role = roleOf(before) === roleOf(after) ? [] : [`${name} is ${roleOf(after)} instead of ${roleOf(before)}`];
  const parameters = parameterChanges(
    WORKER_PARAMETERS,
    before.parameters,
    after.parameters,
    (key) => `${key} of ${name}`,
  );
  return [
    ...(renamed ? [] : [`${shortName(before.name)} is called ${name} now`]),
    ...moved,
    ...role,
    ...(role.length === 0 ? parameters : parameters.filter((text) => !text.startsWith("status of "))),
    ...plainChange(`capacity of ${name}`, before.capacity, after.capacity),
    ...plainChange(`zone of ${name}`, before.zone, after.zone),
    ...plainChange(`replication group of ${name}`, before.replicationGroup, after.replicationGroup),
  ];
}

function weightOf({ parameters: { loadfactor } }: Member): string {
  return loadfactor === undefined ? "" : ` with loadfactor ${loadfactor}`;
}

function orderChange({ members }: Cluster, pairs: readonly Pair<Member>[]): readonly string[] {
  const kept = pairs.flatMap(({ before, after }) =>
    before === undefined || after === undefined ? [] : [{ before, after }],
  );
  const old = kept.toSorted((one, other) => members.indexOf(one.before) - members.indexOf(other.before));
  if (old.every(({ before }, index) => before === kept[index]?.before)) return [];
  const names = (list: typeof kept): string => list.map(({ after }) => shortName(after.name)).join(" ");
  return [`order of members: ${names(old)} → ${names(kept)}; of equal members the first one is chosen`];
}

function without(lines: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...others];
  return lines.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** True for a value that is read at a glance. */
function isPlain(value: unknown): boolean {
  return typeof value !== "object" || value === null;
}

const LONGEST_VALUE = 120;

function shownValue(value: unknown): string {
  const text = withoutSecrets(inWords(value));
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}

/** A value as a line of a configuration has it: lists with commas, `address:port`, and other records by their keys. */
function inWords(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(inWords).join(", ");
  if (!isRecord(value)) return canonicalJson(value);
  const { address, port, ...others } = value;
  if (typeof port === "number" && Object.keys(others).length === 0) {
    return typeof address === "string" ? `${address}:${port}` : String(port);
  }
  return Object.entries(value)
    .map(([key, part]) => `${key} ${Array.isArray(part) ? `[${inWords(part)}]` : inWords(part)}`)
    .join(", ");
}
