import { checkCapacity } from "../../../core/check/capacity.js";
import type { Problem } from "../../../core/vocabulary/problem.js";
import { shown } from "../../../core/vocabulary/shown.js";
import { Token } from "../../cdktf.js";
import { brokenRules } from "../option-rules.js";
import type { OptionRule } from "../option-rules.js";

const SIZE = "t3.small";

/** What names a kind of machine, or leaves it to somebody else. */
interface Sized {
  readonly size?: string;
}

/** The kind of machine of a node, or of a front. */
export function machineSize({ size = SIZE }: Sized, node: Sized = {}): string {
  return node.size ?? size;
}

/** What a kind of machine may be. */
export function sizeRule(name: string, value: string | undefined): OptionRule {
  return {
    name,
    value,
    holds: (size) => Token.isUnresolved(size) || /^[a-z0-9-]+\.[a-z0-9-]+$/.test(String(size)),
    allowed: "a kind of machine",
    fix: "write it like 't3.small'",
  };
}

/** What is wrong with the figures that were measured of kinds of machines. */
export function capacityProblems(target: string, capacities: Readonly<Record<string, number>>): readonly Problem[] {
  return Object.entries(capacities).flatMap(([size, capacity]) => [
    ...brokenRules(target, [{ ...sizeRule(`capacities/${size}`, size), called: `size ${shown(size)} in capacities` }]),
    ...checkCapacity(capacity, { at: `/capacities/${size}`, subject: `capacity of ${shown(size)} of ${target}` }),
  ]);
}
