import type { Rule } from "../rule.js";

/** A variable without a value: httpd leaves `${NAME}` as it stands. */
export const variableUndefined: Rule = {
  id: "variable-undefined",
  group: "wiring",
  severity: "warning",
  presets: ["recommended"],
  wanted: "Every variable that is used has a value.",
  why: "httpd warns (AH00111) and reads `${NAME}` itself as the value: `ProxyPass / http://${HOST}/` leads to a host of that name.",
  proof: "measured on httpd 2.4.71: AH00111: Config variable ${HOST} is not defined, Syntax OK",
  bad: [
    `Define PORT 8080
# wrong
ProxyPass /app http://\${HOST}:\${PORT}/app
ProxyPassReverse /app http://10.0.0.1:8080/app
`,
  ],
  good: [
    `Define HOST 10.0.0.1
ProxyPass /app http://\${HOST}:8080/app
ProxyPassReverse /app http://\${HOST}:8080/app
`,
  ],
  fixable: false,
  *check({ conf }) {
    for (const { name, spot } of conf?.undefinedVariables ?? []) {
      yield {
        at: spot,
        subject: `variable ${name}`,
        found: "no value, here and wherever else it is used",
        fix: `define it (Define ${name} VALUE), or say what httpd's environment holds with --env ${name}=VALUE`,
      };
    }
  },
};
