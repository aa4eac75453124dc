import { BEHAVIOURS, behaves } from "../vocabulary/behaviours.js";
import type { BehaviourName } from "../vocabulary/behaviours.js";
import { VERSION_TRAPS } from "../lint/version-traps.js";
import { reviewedFinding } from "./findings.js";
import type { FindingsReview } from "./findings.js";
import type { BehaviourReview, ReviewedFinding, UpgradeReview } from "./report.js";
import type { ReviewSide, VersionEffect } from "./side.js";

/** Rules under which is told what httpd, or the reader of specs, does not take. */
const REFUSALS: ReadonlySet<string> = new Set(["configtest", "spec"]);

/** What another release of httpd does to one input; undefined where it is the same one. */
export function upgradeOf(
  input: string,
  { base, head }: { readonly base?: ReviewSide; readonly head?: ReviewSide },
  findings: FindingsReview,
): UpgradeReview | undefined {
  if (base === undefined || head === undefined) return undefined;
  const [from, to] = [base.topology.httpd, head.topology.httpd];
  if (from === to) return undefined;
  const differing = (Object.keys(BEHAVIOURS) as BehaviourName[]).filter(
    (name) => behaves(from, name) !== behaves(to, name),
  );
  const effects = differing.length === 0 ? [] : [...head.effects(), ...base.effects()];
  const changes = differing.flatMap((name) => behaviourReview(name, behaves(to, name), effects));
  const refusals = (found: FindingsReview["new"]): readonly ReviewedFinding[] =>
    found.filter(({ rule }) => REFUSALS.has(rule)).map(reviewedFinding);
  return {
    input,
    from,
    to,
    refused: refusals(findings.new),
    accepted: refusals(findings.fixed),
    behaviours: changes.toSorted((one, other) => rankOf(one) - rankOf(other)),
  };
}

/** A behaviour that begins or ends, where something of the file depends on it. */
function behaviourReview(
  name: BehaviourName,
  begins: boolean,
  effects: readonly VersionEffect[],
): readonly BehaviourReview[] {
  const own = effects.filter(({ behaviour }) => behaviour === name);
  const places = own.map(({ subject, place }) => ({ subject, file: place?.file ?? null, line: place?.line ?? null }));
  if (places.length === 0) return [];
  const trap = VERSION_TRAPS.find(({ behaviour }) => behaviour === name);
  const { doc, source } = BEHAVIOURS[name];
  return [
    {
      name,
      change: begins ? "begins" : "ends",
      effect: trap === undefined ? "other" : trap.done === begins ? "worse" : "better",
      doc,
      source,
      places: [...new Map(places.map((place) => [JSON.stringify(place), place])).values()],
    },
  ];
}

/** The worst first. */
function rankOf({ effect }: BehaviourReview): number {
  return ["worse", "other", "better"].indexOf(effect);
}
