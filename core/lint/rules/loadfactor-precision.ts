import { exactFactor } from "../../vocabulary/kinds/numbers.js";
import { wordSpot } from "../conf-view.js";
import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

/** LB: weights that httpd truncates. */
export const loadfactorPrecision: Rule = {
  id: "loadfactor-precision",
  group: "weights",
  severity: "warning",
  presets: ["recommended"],
  wanted: "A load factor is one that httpd can hold: hundredths that survive binary arithmetic.",
  why: "httpd multiplies the number by 100 and cuts off the rest, in binary arithmetic: 2.257 becomes 2.25, and 1.15 becomes 1.14, 8.2 becomes 8.19.",
  proof: "measured on httpd 2.4.71: loadfactor=1.15 is held as 114, 8.2 as 819, 2.257 as 225",
  bad: [
    `<Proxy balancer://shop>
  # wrong
  BalancerMember http://10.0.0.1:8080 loadfactor=1.15
  # wrong
  BalancerMember http://10.0.0.2:8080 loadfactor=2.257
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 loadfactor=1.5
  BalancerMember http://10.0.0.2:8080 loadfactor=2.25
</Proxy>
`,
  ],
  fixable: true,
  *check({ conf }) {
    for (const { key, value, word, owner } of conf?.oddNumbers ?? []) {
      const said = key === "loadfactor" ? truncated(Number(value)) : undefined;
      if (said === undefined) continue;
      const repair = { kind: "reword", at: word.place, from: word.text, to: `loadfactor=${said.exact}` } as const;
      yield { at: wordSpot(word), subject: `loadfactor of ${owner}`, found: said.found, fix: said.fix, repair };
    }
  },
  member(view, _cluster, { conf }) {
    const said = conf === undefined ? truncated(view.member.parameters.loadfactor ?? 1) : undefined;
    if (said === undefined) return undefined;
    const { found, fix } = said;
    return { at: parameterOf(view, "loadfactor"), subject: `loadfactor of ${view.label}`, found, fix };
  },
};

interface Truncated {
  readonly found: string;
  readonly fix: string;
  /** The number httpd holds as the hundredth nearest to what was meant. */
  readonly exact: number;
}

function truncated(loadfactor: number): Truncated | undefined {
  const kept = Math.trunc(loadfactor * 100);
  if (Number.isNaN(loadfactor) || loadfactor === exactFactor(kept)) return undefined;
  const exact = exactFactor(Math.round(loadfactor * 100));
  return { found: `${loadfactor}, which httpd holds as ${kept / 100}`, fix: `write ${exact}`, exact };
}
