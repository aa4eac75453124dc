import { atoi, strtod } from "../../httpd/number.js";
import { wordSpot } from "../conf-view.js";
import type { Parameter } from "../../vocabulary/parameter.js";
import type { Rule } from "../rule.js";

const WHOLE = /^[+-]?[0-9]+$/;
const DECIMAL = /^[0-9]+(\.[0-9]*)?$/;
const WITH_UNIT = /^[0-9]+[a-z]+$/i;

/** LB: text that httpd takes for a number all the same. */
export const numberText: Rule = {
  id: "number-text",
  group: "time",
  severity: "error",
  presets: ["recommended"],
  wanted: "A parameter that is a number is written as a number that httpd reads as it stands.",
  why: "httpd takes the leading digits and ignores the rest; no digits at all are 0, and what exceeds 32 bits wraps. `retry=abc` is 0, `lbset=1.9` is 1, `loadfactor=5,7` is 5, `retry=99999999999` is 1215752191, all with Syntax OK.",
  proof: "measured on httpd 2.4.71: retry=abc acts as 0, lbset=1.9 as 1, loadfactor=5abc as 5",
  bad: [
    `<Proxy balancer://shop>
  # wrong
  BalancerMember http://10.0.0.1:8080 lbset=abc
  # wrong
  BalancerMember http://10.0.0.2:8080 loadfactor=5,7
  # wrong
  BalancerMember http://10.0.0.3:8080 retry=99999999999
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 lbset=0 loadfactor=5.7
  BalancerMember http://10.0.0.2:8080 retry=10 timeout=30s
</Proxy>
`,
  ],
  fixable: false,
  *check({ conf }) {
    for (const { key, value, word, parameter, owner } of conf?.oddNumbers ?? []) {
      const read = parameter === undefined ? undefined : misread(parameter, value);
      if (read === undefined) continue;
      yield {
        at: wordSpot(word),
        subject: `${key} of ${owner}`,
        found: `'${value}', which httpd reads as ${read}`,
        fix: `write the number that is meant`,
      };
    }
  },
};

/** What httpd reads where it is not what stands there; undefined where it is. */
function misread(parameter: Parameter, text: string): number | undefined {
  switch (parameter.kind) {
    case "integer":
    case "milliseconds":
      return WHOLE.test(text) && String(atoi(text)) === plain(text) ? undefined : atoi(text);
    case "seconds":
      if (WITH_UNIT.test(text)) return undefined;
      return WHOLE.test(text) && String(atoi(text)) === plain(text) ? undefined : atoi(text);
    case "factor":
      return DECIMAL.test(text) ? undefined : Math.trunc(strtod(text) * 100) / 100;
    default:
      return undefined;
  }
}

/** A whole number without plus sign and leading zeros. */
function plain(text: string): string {
  return text.replace(/^\+/, "").replace(/^(-?)0+(?=[0-9])/, "$1");
}
