import type { RuleText } from "../report/report.js";
import { RULES } from "./rule-list.generated.js";

/** What is found without a rule: what httpd or the reader refuses, and what is wrong about suppressions. */
const OTHERS = {
  configtest: "httpd accepts the configuration.",
  "pasted-text": "An httpd.conf is written in plain characters.",
  spec: "The spec is read without a problem.",
  "suppression-rule": "A suppression names a rule that exists.",
  "suppression-reason": "A suppression says why the finding is accepted.",
  "suppression-unused": "A suppression stands only where its rule finds something.",
} as const;

/** Everything lint may find. */
export const RULE_TEXTS: readonly RuleText[] = [
  ...RULES,
  ...Object.entries(OTHERS).map(([id, wanted]) => ({
    id,
    wanted,
    why: wanted,
    severity: "error" as const,
    group: "input",
  })),
];
