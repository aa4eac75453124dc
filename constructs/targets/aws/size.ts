import { shown } from "../../../core/vocabulary/shown.js";
import { Token } from "../../cdktf.js";
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

/** What may be measured of a kind of machine. */
export function capacityRules(size: string, capacity: number): readonly OptionRule[] {
  return [
    { ...sizeRule(`capacities/${size}`, size), called: `size ${shown(size)} in capacities` },
    {
      name: `capacities/${size}`,
      called: `capacity of ${shown(size)}`,
      value: capacity,
      holds: (figure) => Number.isFinite(figure) && Number(figure) > 0,
      allowed: "a number of requests per second above 0",
      fix: "measure it, or leave it away",
    },
  ];
}
