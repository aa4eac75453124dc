import { strtol } from "../../httpd/number.js";
import { wordSpot } from "../conf-view.js";
import type { Rule } from "../rule.js";

const UNIT = /^([0-9]+)(ms|msec|s|sec|seconds?|m|mi|min|minutes?|h|hours?|d|days?)$/i;

/** Seconds of a unit, by its first letters. */
const FACTORS: readonly (readonly [prefix: string, seconds: number])[] = [
  ["ms", 0.001],
  ["s", 1],
  ["h", 3_600],
  ["d", 86_400],
  ["m", 60],
];

/** LB: a unit that httpd does not read. */
export const secondsUnit: Rule = {
  id: "seconds-unit",
  group: "time",
  severity: "error",
  presets: ["recommended"],
  wanted: "Times that httpd reads in whole seconds are written in seconds, without another unit.",
  why: "`retry`, `timeout`, `ttl` and ProxyTimeout are read with atoi: digits, and the rest is ignored. `retry=5min` is five seconds, `timeout=2500ms` is 41 minutes, and the configuration test says Syntax OK. `connectiontimeout`, `ping`, `acquire` and `hcinterval` do know units.",
  proof: "a unit behind retry is ignored",
  bad: [
    `<Proxy balancer://shop>
  # wrong
  BalancerMember http://10.0.0.1:8080 retry=5min
  # wrong
  BalancerMember http://10.0.0.2:8080 timeout=2500ms
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 retry=300 connectiontimeout=2500ms
  BalancerMember http://10.0.0.2:8080 retry=10s
</Proxy>
`,
  ],
  fixable: true,
  *check({ conf }) {
    for (const { key, value, word, parameter, owner } of conf?.oddNumbers ?? []) {
      if (parameter?.kind !== "seconds") continue;
      const meant = secondsMeant(value);
      if (meant === undefined || BigInt(meant) === strtol(value)) continue;
      yield {
        at: wordSpot(word),
        subject: `${key} of ${owner}`,
        found: `${value}, which httpd reads as ${strtol(value)} seconds`,
        fix: `write ${key}=${meant}`,
        repair: { kind: "reword", at: word.place, from: word.text, to: `${key}=${meant}` },
      };
    }
  },
};

/** Whole seconds, at least one, of a text with a unit; undefined when it is none. */
function secondsMeant(text: string): number | undefined {
  const [, digits, unit] = UNIT.exec(text) ?? [];
  const factor = FACTORS.find(([prefix]) => unit?.toLowerCase().startsWith(prefix))?.[1];
  return factor === undefined ? undefined : Math.max(1, Math.round(Number(digits) * factor));
}
