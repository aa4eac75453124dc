import { diffTopologies } from "../topology/diff.js";
import type { Change } from "../topology/diff.js";
import { urlText } from "../scenario/nodes.js";
import type { Mount, Topology } from "../topology/topology.js";
import { isRecord } from "../vocabulary/json.js";
import type { ParameterTable, ParameterValue } from "../vocabulary/parameter.js";
import { pointerSteps } from "../vocabulary/problem.js";
import { SERVER_SETTINGS } from "../vocabulary/settings.js";
import { lineChanges, parameterChanges, plainChange } from "./cluster-changes.js";

/** What was changed beside clusters, one sentence each; both are meanings, so that spelling is none. */
export function serverChanges(before: Topology, after: Topology): readonly string[] {
  const changes = diffTopologies({ ...before, clusters: [] }, { ...after, clusters: [] });
  return changes.flatMap((change) => serverChange(change, { before, after }));
}

/** What a change is seen in. */
interface Topologies {
  readonly before: Topology;
  readonly after: Topology;
}

/** One of them in words. */
export function serverChange(change: Change, sides: Topologies): readonly string[] {
  const steps = pointerSteps(change.at);
  const label = labelOf(change.kind === "added" ? sides.after : sides.before, steps);
  const key = steps.at(-1) ?? "";
  const from = change.kind === "added" ? undefined : change.before;
  const to = change.kind === "removed" ? undefined : change.after;
  if (change.kind === "moved") {
    const order = `${change.before.map(bare).join(", ")} → ${change.after.map(bare).join(", ")}`;
    return [`${label}: another order, ${order}`];
  }
  if (isMount(from) || isMount(to)) return [mountChange(label, from, to)];
  if (key === "extra") return lineChanges(keptLinesOf(from), keptLinesOf(to)).map((text) => `${label}: ${text}`);
  if (steps.at(-2) === "settings") return settingChange(label, key, from, to);
  if (key === "settings") return settingsChange(label, from, to);
  return plainChange(label, from, to);
}

/** Of a mount's name in a list of moves the path alone. */
function bare(name: string): string {
  return name.replace(/ (?:true|false|undefined) (?:true|false|undefined)$/, "");
}

function settingChange(label: string, key: string, from: unknown, to: unknown): readonly string[] {
  return settingsChange(label, { [key]: from }, { [key]: to });
}

function settingsChange(label: string, from: unknown, to: unknown): readonly string[] {
  const record = (value: unknown): object => (isRecord(value) ? value : {});
  const owner = label.replace(/,? settings.*$/, "");
  const table: ParameterTable = SERVER_SETTINGS;
  const before = record(from) as Readonly<Record<string, ParameterValue>>;
  return parameterChanges(table, before, record(to), (key) => `${owner}, ${table[key]?.directive ?? key}`);
}

function mountChange(label: string, from: unknown, to: unknown): string {
  if (!isMount(from)) return `${label} leads to ${isMount(to) ? targetText(to) : "nothing"}`;
  if (!isMount(to)) return `${label} is removed; it led to ${targetText(from)}`;
  return `${label} leads to ${targetText(to)} instead of ${targetText(from)}`;
}

function targetText({ to }: Mount): string {
  if (to.kind === "exclude") return "httpd itself";
  return to.kind === "url" ? urlText(to.url) : `balancer://${to.cluster}${to.path}`;
}

function isMount(value: unknown): value is Mount {
  return isRecord(value) && typeof value["path"] === "string" && isRecord(value["to"]);
}

/** The lines of a value that is a list of them. */
export function keptLinesOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((line) => typeof line === "string") : [];
}

/** A pointer in words: names and paths in the place of indices. */
function labelOf(topology: Topology, steps: readonly string[]): string {
  const parts: string[] = [];
  let value: unknown = topology;
  for (const step of steps) {
    const list = Array.isArray(value);
    value = list ? (value as readonly unknown[])[Number(step)] : isRecord(value) ? value[step] : undefined;
    const noun = NOUNS[step];
    if (list) {
      const record = isRecord(value) ? value : {};
      const name = [record["name"], record["path"], record["port"], record["id"]].find(isWord) ?? step;
      parts.push(`${parts.pop() ?? ""} ${name}`.trim());
    } else {
      parts.push(noun ?? step);
    }
  }
  return parts.join(", ");
}

function isWord(value: unknown): value is string | number {
  return typeof value === "string" || typeof value === "number";
}

/** Lists by the word for one of them. */
const NOUNS: Readonly<Record<string, string>> = {
  servers: "server",
  virtualHosts: "virtual host",
  mounts: "mount",
  listen: "port",
  healthCheckTemplates: "health-check template",
  healthCheckExpressions: "health-check expression",
};
