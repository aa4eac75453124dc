import { SharedWorkers, workerName } from "../../httpd/shared-workers.js";
import { hostKey, wordSpot } from "../conf-view.js";
import type { Rule } from "../rule.js";

interface Known {
  readonly url: string;
  readonly line: number;
}

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
    const known = new Map<string, SharedWorkers<Known>>();
    for (const written of conf?.named("proxypass") ?? []) {
      const word = written.words.find(({ text }) => /^(?!balancer:)[a-z0-9+.-]+:\/\//i.test(text));
      if (word === undefined) continue;
      const scope = hostKey(written);
      const others = known.get(scope) ?? new SharedWorkers<Known>();
      known.set(scope, others);
      const shared = others.shared(word.text);
      const set = written.words.filter(({ text }) => /^[a-z]+=/i.test(text));
      if (shared === undefined) others.add(workerName(word.text), { url: word.text, line: word.place.line });
      for (const parameter of shared === undefined ? [] : set.slice(0, 1)) {
        yield {
          at: wordSpot(parameter),
          subject: `parameters of the ProxyPass to ${word.text}`,
          found: `${set.map(({ text }) => text).join(" ")}, which the worker of ${shared?.url ?? ""} on line ${shared?.line ?? 0} ignores`,
          fix: "set them on the first ProxyPass to that backend, or write the longer URL first",
        };
      }
    }
  },
};
