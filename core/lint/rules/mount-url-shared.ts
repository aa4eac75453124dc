import { effectOf } from "../../conf/run/statement.js";
import type { Worker } from "../../conf/run/effects.js";
import type { StatementWord } from "../../conf/run/statement.js";
import { wordSpot } from "../conf-view.js";
import type { Rule } from "../rule.js";

/** LB: parameters that never arrive. */
export const mountUrlShared: Rule = {
  id: "mount-url-shared",
  group: "wiring",
  severity: "warning",
  presets: ["recommended"],
  wanted: "Only the first ProxyPass to a backend sets its parameters.",
  why: "All ProxyPass lines whose URL begins with that of an earlier one share its worker; the parameters of the later ones are ignored, with a warning at start (AH01146).",
  proof: "measured on httpd 2.4.71: AH01146 Ignoring parameter for worker because of worker sharing",
  bad: [
    `ProxyPass /app http://10.0.0.1:8080 timeout=10
ProxyPassReverse /app http://10.0.0.1:8080
# wrong
ProxyPass /report http://10.0.0.1:8080/report timeout=300
ProxyPassReverse /report http://10.0.0.1:8080/report
`,
  ],
  good: [
    `ProxyPass /report http://10.0.0.1:8080/report timeout=300
ProxyPassReverse /report http://10.0.0.1:8080/report
ProxyPass /app http://10.0.0.1:8080 timeout=10
ProxyPassReverse /app http://10.0.0.1:8080
`,
  ],
  fixable: false,
  *check({ conf }) {
    const first = new Map<Worker, StatementWord>();
    for (const { statement } of conf?.named("proxypass") ?? []) {
      const mount = effectOf(statement, "mount");
      const word = mount === undefined ? undefined : statement.words[mount.at];
      if (word === undefined || mount?.to === undefined || typeof mount.to === "string") continue;
      const known = first.get(mount.to);
      first.set(mount.to, known ?? word);
      const set = statement.words.filter(({ text }) => /^[a-z]+=/i.test(text));
      const [parameter] = set;
      if (known === undefined || parameter === undefined) continue;
      yield {
        at: wordSpot(parameter),
        subject: `parameters of the ProxyPass to ${word.text}`,
        found: `${set.map(({ text }) => text).join(" ")}, which the worker of ${known.text} on line ${known.place.line} ignores`,
        fix: "set them on the first ProxyPass to that backend, or write the longer URL first",
      };
    }
  },
};
