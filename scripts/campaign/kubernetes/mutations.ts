import type { JsonValue } from "../../../core/vocabulary/json.js";
import type { Manifest } from "./manifest.js";

/** A fault that a server has to refuse, whatever else the manifests say. */
export interface Mutation {
  readonly what: string;
  readonly kind: string;
  /** JSON pointer into the manifest of the kind; `-` at its end is the place behind a list. */
  readonly at: string;
  readonly value: JsonValue;
  /** What the server says of it. */
  readonly said: RegExp;
}

/** The fault of a case: all of them in turn. */
export function mutationOf(place: number): Mutation {
  const found = MUTATIONS[place % MUTATIONS.length];
  if (found === undefined) throw new RangeError(`no fault for case ${place}`);
  return found;
}

/** The manifests with the fault in all of its kind. */
export function mutated(manifests: readonly Manifest[], { kind, at, value }: Mutation): readonly Manifest[] {
  const steps = at.split("/").slice(1);
  return manifests.map((each) => (each.kind === kind ? (withValue(each, steps, value) as Manifest) : each));
}

function withValue(whole: unknown, [step, ...rest]: readonly string[], value: JsonValue): unknown {
  if (step === undefined) return value;
  if (!Array.isArray(whole) && step !== "-") {
    const known = (whole ?? {}) as Readonly<Record<string, unknown>>;
    return { ...known, [step]: withValue(known[step], rest, value) };
  }
  const list = (whole ?? []) as readonly unknown[];
  const index = step === "-" ? list.length : Number(step);
  return [...list.slice(0, index), withValue(list[index], rest, value), ...list.slice(index + 1)];
}

const POD = "/spec/template/spec";

const FRONT = `${POD}/containers/0`;

const ofDeployment = (what: string, at: string, value: JsonValue, said: RegExp): Mutation => {
  return { what, kind: "Deployment", at, value, said };
};

/** One of each kind of fault. */
const MUTATIONS: readonly Mutation[] = [
  ofDeployment("a label of 64 letters", "/metadata/labels/app", "a".repeat(64), /no more than 63/),
  ofDeployment("an unknown field", `${FRONT}/readynessProbe`, {}, /unknown field "readynessProbe"/),
  ofDeployment("a number that is a text", "/spec/replicas", "2", /invalid type|got "string"/),
  ofDeployment("a negative number of pods", "/spec/replicas", -1, /greater than or equal to 0/),
  ofDeployment(
    "a selector that matches no pod",
    "/spec/selector/matchLabels/app",
    "other",
    /`selector` does not match template `labels`/,
  ),
  ofDeployment("a roll that cannot move", "/spec/strategy/rollingUpdate/maxSurge", 0, /may not be 0/),
  ofDeployment("a port above 65535", `${FRONT}/ports/-`, { containerPort: 99_999 }, /between 1 and 65535/),
  ofDeployment(
    "a port with a name of 16 letters",
    `${FRONT}/ports/-`,
    { name: "a".repeat(16), containerPort: 1_234 },
    /no more than 15/,
  ),
  ofDeployment(
    "a mount without a volume",
    `${FRONT}/volumeMounts/-`,
    { name: "nowhere", mountPath: "/nowhere" },
    /Not found: "nowhere"/,
  ),
  ofDeployment(
    "two mounts at one place",
    `${FRONT}/volumeMounts/-`,
    { name: "config", mountPath: "/tmp" },
    /must be unique/,
  ),
  ofDeployment(
    "two volumes of one name",
    `${POD}/volumes/-`,
    { name: "config", emptyDir: {} },
    /Duplicate value: "config"/,
  ),
  ofDeployment("no quantity", `${FRONT}/resources/limits/memory`, "256 megabytes", /quantities must match/),
  ofDeployment("a request above its limit", `${FRONT}/resources/requests/cpu`, "2", /less than or equal to cpu limit/),
  ofDeployment(
    "a variable with a blank in its name",
    `${FRONT}/env/-`,
    { name: "A B", value: "c" },
    /valid environment variable name/,
  ),
  ofDeployment("a probe of two kinds", `${FRONT}/livenessProbe/exec`, { command: ["true"] }, /more than 1 handler/),
  { what: "a name in capitals", kind: "Service", at: "/metadata/name", value: "Web_X", said: /DNS-1035/ },
  { what: "a Service without a port", kind: "Service", at: "/spec/ports", value: [], said: /Required value/ },
  {
    what: "two ports of one name",
    kind: "Service",
    at: "/spec/ports",
    value: [80, 81].map((port) => ({ name: "http", port })),
    said: /Duplicate value: "http"/,
  },
  {
    what: "a budget of both words",
    kind: "PodDisruptionBudget",
    at: "/spec/minAvailable",
    value: 1,
    said: /cannot be both set/,
  },
  {
    what: "a network that is none",
    kind: "NetworkPolicy",
    at: "/spec/egress/-",
    value: { to: [{ ipBlock: { cidr: "300.1.1.1/32" } }] },
    said: /cidr: Invalid value/,
  },
  { what: "a file with a slash", kind: "ConfigMap", at: "/data", value: { "a/b": "" }, said: /valid config key/ },
  {
    what: "a file above 1 MiB",
    kind: "ConfigMap",
    at: "/data",
    value: { a: "x".repeat(1_048_577) },
    said: /must have at most 1048576|Too long/,
  },
];
