import type { Rule } from "../rule.js";

/** A condition that does not hold hides lines about balancers: nothing is said about them. */
export const blockOff: Rule = {
  id: "block-off",
  group: "wiring",
  severity: "note",
  presets: ["recommended"],
  wanted: "What is read is what will run: conditions around balancers hold, or are meant not to.",
  why: "httpd skips what stands in a condition that does not hold, whatever it is: without `-D SSL` there is nothing in `<IfDefine SSL>`, and nothing in it is linted.",
  proof: "measured on httpd 2.4.71: a member with retry=-1 in <IfDefine SSL> is Syntax OK, and refused with -D SSL",
  bad: [
    `# wrong
<IfDefine SSL>
  ProxyPass /app http://10.0.0.1:8080/app
  ProxyPassReverse /app http://10.0.0.1:8080/app
</IfDefine>
`,
  ],
  good: [
    `Define SSL
<IfDefine SSL>
  ProxyPass /app http://10.0.0.1:8080/app
  ProxyPassReverse /app http://10.0.0.1:8080/app
</IfDefine>
<IfDefine DEBUG>
  LogLevel debug
</IfDefine>
`,
  ],
  fixable: false,
  *check({ conf }) {
    for (const { condition, hidden, spot } of conf?.blocksOff ?? []) {
      const name = /^<IfDefine ([^!>\s]+)>$/i.exec(condition)?.[1];
      yield {
        at: spot,
        subject: condition,
        found: `does not hold: ${hidden === 1 ? "1 line" : `${hidden} lines`} about balancers in it ${hidden === 1 ? "is" : "are"} not read`,
        fix: name === undefined ? "lint where it holds, too" : `lint with -D ${name}, too`,
      };
    }
  },
};
