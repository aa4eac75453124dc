import type { Arguments } from "../provider-resource.js";

/** Mappings whose keys are the user's: they are no words of Kubernetes. */
const OWN_KEYS: ReadonlySet<string> = new Set(["labels", "matchLabels", "limits", "requests", "data"]);

/** Lists of Kubernetes that the provider has as blocks of one, and so in the singular. */
const SINGULAR: Readonly<Record<string, string>> = {
  containers: "container",
  volumes: "volume",
  volumeMounts: "volume_mount",
  sysctls: "sysctl",
  topologySpreadConstraints: "topology_spread_constraint",
  ports: "port",
  rules: "rule",
  paths: "path",
};

/**
 * An object of Kubernetes in the words of its provider: what is `matchLabels` there is `match_labels` here.
 *
 * @param namespace - undefined for that of the provider
 */
export function inTerraformsWords(object: object, namespace: string | undefined): Arguments {
  const isPolicy = "kind" in object && object.kind === "NetworkPolicy";
  const parts = Object.entries(object).filter(([key]) => !["apiVersion", "kind"].includes(key));
  const words = wordsOf(Object.fromEntries(parts), isPolicy);
  if (namespace === undefined) return words;
  return { ...words, metadata: { ...(words["metadata"] as object), namespace } };
}

/** @param plural - whether ports stay `ports`, as they do in a network policy */
function wordsOf(value: object, plural: boolean): Arguments {
  return Object.fromEntries(
    Object.entries(value as Record<string, unknown>).map(([key, each]) => {
      const word = plural && key === "ports" ? key : (SINGULAR[key] ?? snakeCase(key));
      const own = OWN_KEYS.has(key) || isLabels(key, each);
      return [word, own ? each : partOf(each, plural)];
    }),
  );
}

function partOf(value: unknown, plural: boolean): unknown {
  if (Array.isArray(value)) return value.map((each) => partOf(each, plural));
  return typeof value === "object" && value !== null ? wordsOf(value, plural) : value;
}

/** A Service selects by labels alone, a Deployment by `matchLabels`. */
function isLabels(key: string, value: unknown): boolean {
  return key === "selector" && !("matchLabels" in (value as object));
}

function snakeCase(word: string): string {
  return word.replace(/[A-Z]+/g, (capitals) => `_${capitals.toLowerCase()}`);
}
