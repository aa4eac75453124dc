import { isRecord } from "../core/vocabulary/json.js";

/** Something is no plan of Terraform; the message is one sentence. */
export class PlanError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "PlanError";
  }
}

/** A configuration text of a resource before and after. */
export interface PlannedText {
  /** Address of the resource, and the attribute below it. */
  readonly name: string;
  readonly before?: string;
  readonly after?: string;
  /** True where Terraform is told not to show it. */
  readonly sensitive: boolean;
}

/** What a plan does. */
export interface TerraformPlan {
  readonly texts: readonly PlannedText[];
  readonly created: readonly string[];
  readonly updated: readonly string[];
  readonly replaced: readonly string[];
  readonly destroyed: readonly string[];
  /** Texts that are known only once the plan is applied, by name. */
  readonly unknown: readonly string[];
}

/** A line that only httpd's configuration has. */
const CONFIGURATION =
  /^[ \t]*(?:<Proxy[ \t]+"?balancer:\/\/|BalancerMember[ \t]|ProxyPass(?:Match)?[ \t].*balancer:\/\/|LoadModule[ \t])/im;

/** Deepest value of a resource that is looked into. */
const DEEPEST = 32;

/**
 * Reads what `terraform show -json` says of a plan: configuration texts anywhere in a resource, and what becomes of
 * resources.
 *
 * @throws PlanError for what is no such document
 */
export function readPlan(text: string, file: string): TerraformPlan {
  const refuse = (found: string): never => {
    throw new PlanError(`${file}: ${found}; name what 'terraform show -json PLAN' prints`);
  };
  const json = parsed(text) ?? refuse("is no JSON");
  const changes = isRecord(json) ? (json["resource_changes"] ?? (isPlan(json) ? [] : undefined)) : undefined;
  if (!isRecord(json) || typeof json["format_version"] !== "string" || !Array.isArray(changes)) {
    return refuse("is no plan of Terraform");
  }
  const rows = withDeposed((changes as readonly unknown[]).flatMap(rowOf));
  const of = (...actions: readonly string[]): readonly string[] =>
    rows.filter((row) => row.actions === actions.join(" ")).map(({ address }) => address);
  return {
    texts: rows.flatMap(textsOf),
    created: of("create"),
    updated: of("update"),
    replaced: [...of("delete", "create"), ...of("create", "delete")],
    destroyed: of("delete"),
    unknown: rows.flatMap(unknownIn),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** A plan without changes has no `resource_changes`. */
function isPlan(json: Readonly<Record<string, unknown>>): boolean {
  return isRecord(json["planned_values"]) && typeof json["terraform_version"] === "string";
}

interface Row {
  readonly address: string;
  readonly actions: string;
  /** True for the one before, which an apply that failed could not destroy: it is what still counts. */
  readonly deposed: boolean;
  readonly change: Readonly<Record<string, unknown>>;
}

function rowOf(row: unknown): readonly Row[] {
  if (!isRecord(row) || typeof row["address"] !== "string" || !isRecord(row["change"])) return [];
  const { actions } = row["change"];
  const words = Array.isArray(actions) ? actions.filter((word) => typeof word === "string") : [];
  const deposed = typeof row["deposed"] === "string";
  return [{ address: row["address"], actions: words.join(" "), deposed, change: row["change"] }];
}

/** Where an apply failed, what it made is tainted and what was there is deposed: the change is from that one on. */
function withDeposed(rows: readonly Row[]): readonly Row[] {
  const deposed = new Map(rows.filter((row) => row.deposed).map(({ address, change }) => [address, change]));
  const current = new Set(rows.filter((row) => !row.deposed).map(({ address }) => address));
  return rows.flatMap((row) => {
    if (row.deposed) return current.has(row.address) ? [] : [row];
    const was = deposed.get(row.address);
    if (was === undefined) return [row];
    const { before, before_sensitive: hidden } = was;
    return [{ ...row, change: { ...row.change, before, before_sensitive: hidden } }];
  });
}

function textsOf({ address, change }: Row): readonly PlannedText[] {
  const [before, after] = [configurations(change["before"]), configurations(change["after"])];
  const hidden = [change["before_sensitive"], change["after_sensitive"]];
  const unknown = change["after_unknown"];
  const seen = new Set<string>();
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [from, to] = [before.get(key), after.get(key)];
    const same = JSON.stringify([from, to]);
    if (seen.has(same) || (to === undefined && isMarked(unknown, key))) return [];
    seen.add(same);
    return [
      {
        name: key === "" ? address : `${address}: ${key}`,
        ...(from !== undefined && { before: from }),
        ...(to !== undefined && { after: to }),
        sensitive: hidden.some((marks) => isMarked(marks, key)),
      },
    ];
  });
}

function unknownIn({ address, change }: Row): readonly string[] {
  const after = configurations(change["after"]);
  const keys = [...configurations(change["before"]).keys()];
  return keys
    .filter((key) => !after.has(key) && isMarked(change["after_unknown"], key))
    .map((key) => `${address}: ${key}`);
}

/** Texts with lines of httpd's configuration, by the keys that lead to them. */
function configurations(value: unknown, path: readonly string[] = []): ReadonlyMap<string, string> {
  if (typeof value === "string") return new Map(CONFIGURATION.test(value) ? [[path.join("."), value]] : []);
  if (typeof value !== "object" || value === null || path.length > DEEPEST) return new Map();
  return new Map(Object.entries(value).flatMap(([key, item]) => [...configurations(item, [...path, key])]));
}

/** True where a tree of marks says `true` at or above a path. */
function isMarked(marks: unknown, key: string): boolean {
  let mark = marks;
  for (const step of key.split(".")) {
    if (mark === true) return true;
    mark = typeof mark === "object" && mark !== null ? (mark as Readonly<Record<string, unknown>>)[step] : undefined;
  }
  return mark === true;
}
