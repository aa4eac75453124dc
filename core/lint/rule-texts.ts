import type { RuleText } from "../report/report.js";
import { RULES } from "./rule-list.generated.js";

/** What is found without a rule: what httpd or the reader refuses, and what is wrong about suppressions. */
const OTHERS = {
  configtest: {
    wanted: "httpd accepts the configuration.",
    why: "httpd does not start with it, and a reload ends in an error.",
  },
  "pasted-text": {
    wanted: "An httpd.conf is written in plain characters.",
    why: "httpd takes such a character for a part of the word it stands in, which is no word of httpd then.",
  },
  spec: {
    wanted: "The spec is read without a problem.",
    why: "Nothing is written from a spec, and nothing in it is judged, while a value of it is wrong.",
  },
  "suppression-rule": {
    wanted: "A suppression names a rule that exists.",
    why: "It suppresses nothing: what it was written for is found, or has another name.",
  },
  "suppression-reason": {
    wanted: "A suppression says why the finding is accepted.",
    why: "Who meets it later cannot tell whether it still holds.",
  },
  "suppression-unused": {
    wanted: "A suppression stands only where its rule finds something.",
    why: "It would hide what goes wrong there later.",
  },
} as const;

/** Everything lint may find. */
export const RULE_TEXTS: readonly RuleText[] = [
  ...RULES,
  ...Object.entries(OTHERS).map(([id, texts]) => ({
    id,
    ...texts,
    severity: "error" as const,
    group: "input",
  })),
];
