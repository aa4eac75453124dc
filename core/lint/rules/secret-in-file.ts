import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

/** LB: a secret that everybody sees who sees the file. */
export const secretInFile: Rule = {
  id: "secret-in-file",
  group: "security",
  severity: "note",
  presets: [],
  wanted: "Secrets stand outside the configuration, behind a variable.",
  why: "httpd.conf is readable to many, and kept in version control. `${NAME}` takes the value from `Define` in a file of its own, or from the environment of httpd.",
  proof: "measured on httpd 2.4.71: ${NAME} in a parameter is replaced before the directive is executed",
  bad: [
    `<Proxy balancer://shop>
  # wrong
  BalancerMember ajp://10.0.0.1:8009 secret=hunter2
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember ajp://10.0.0.1:8009 secret=\${AJP_SECRET}
</Proxy>
`,
  ],
  fixable: false,
  member(view, _cluster, { conf }) {
    const { secret } = view.member.parameters;
    // A description takes no variables of httpd; what is made of it is written for its owner alone.
    if (conf === undefined || secret === undefined || secret.startsWith("${")) return undefined;
    return {
      at: parameterOf(view, "secret"),
      subject: `secret of ${view.label}`,
      found: "the secret itself",
      fix: "write secret=${NAME}, and Define NAME in a file that only httpd can read",
    };
  },
};
