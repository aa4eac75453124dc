import { BEHAVIOURS } from "../vocabulary/behaviours.js";
import type { BehaviourName } from "../vocabulary/behaviours.js";
import { lineSpot } from "./conf-view.js";
import type { Finding, Rule } from "./rule.js";
import { VERSION_TRAPS } from "./version-traps.js";
import type { VersionTrap } from "./version-traps.js";
import { parameterOf } from "./view.js";
import type { View } from "./view.js";

/** A behaviour that matters to a file when another release comes, and is no trap by itself. */
type VersionEffect = Pick<VersionTrap, "behaviour" | "caught">;

const EFFECTS: readonly VersionEffect[] = [
  {
    behaviour: "nonce-none-opens",
    *caught({ clusters }) {
      for (const cluster of clusters) {
        if (!/^(?:none)?$/i.test(cluster.cluster.parameters.nonce ?? "random")) continue;
        yield { at: parameterOf(cluster, "nonce"), subject: `nonce of ${cluster.label}` };
      }
    },
  },
  ...(["manager-asks-referer", "manager-stops", "manager-spares", "xml-for-everybody", "xml-has-nonce"] as const).map(
    (behaviour) => ({ behaviour, caught: managers }),
  ),
];

/** Where a file has a balancer-manager, which programs and people change balancers with. */
function* managers({ conf, scopes }: View): Iterable<Pick<Finding, "at" | "subject">> {
  for (const line of conf?.named("sethandler") ?? []) {
    if (line.words[0]?.text.toLowerCase() === "balancer-manager")
      yield { at: lineSpot(line), subject: "balancer-manager" };
  }
  for (const { at, scope } of scopes) {
    if (conf === undefined && scope.manager !== undefined) yield { at: `${at}/manager`, subject: "balancer-manager" };
  }
}

/**
 * What of a file each behaviour that differs between releases concerns, as rules by the names of behaviours: whichever
 * release is meant, they find all of it.
 */
export const EFFECT_RULES: readonly Rule[] = [...VERSION_TRAPS, ...EFFECTS].map(ruleOf);

/** The behaviour that a rule of {@link EFFECT_RULES} is about; undefined for what is none of them. */
export function effectNamed(rule: string): BehaviourName | undefined {
  return EFFECT_RULES.some(({ id }) => id === rule) && Object.hasOwn(BEHAVIOURS, rule)
    ? (rule as BehaviourName)
    : undefined;
}

function ruleOf({ behaviour, caught }: VersionEffect): Rule {
  const { doc, source } = BEHAVIOURS[behaviour];
  return {
    id: behaviour,
    group: "promise",
    severity: "note",
    presets: [],
    wanted: doc,
    why: doc,
    proof: source,
    bad: [],
    good: [],
    fixable: false,
    *check(view) {
      for (const { at, subject } of caught(view)) yield { at, subject, found: doc, fix: "" };
    },
  };
}
