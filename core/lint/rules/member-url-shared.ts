import { SharedWorkers, workerName } from "../../httpd/shared-workers.js";
import { hostKey, wordSpot } from "../conf-view.js";
import type { StatementWord } from "../../conf/run/statement.js";
import type { Written } from "../conf-view.js";
import type { Rule } from "../rule.js";

interface Known {
  readonly url: string;
  readonly word: StatementWord;
}

/** LB: two lines, one member. */
export const memberUrlShared: Rule = {
  id: "member-url-shared",
  group: "wiring",
  severity: "error",
  presets: ["recommended"],
  wanted: "No member's URL begins with the URL of a member above it.",
  why: "httpd takes a URL that begins with that of an existing member for that member, drops the new line with all its parameters, and says so only in a warning at start (AH01150): the second member does not exist.",
  proof: "a member whose URL begins with that of another is dropped",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  # wrong
  BalancerMember http://10.0.0.1:8080 loadfactor=5
  # wrong
  BalancerMember http://10.0.0.1:8080/app
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080/app
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.1:8081
</Proxy>
`,
  ],
  fixable: false,
  *check({ conf }) {
    const known = new Map<string, SharedWorkers<Known>>();
    for (const written of conf?.named("balancermember") ?? []) {
      const word = written.words.filter(({ text }) => !text.includes("=")).at(-1);
      if (word === undefined) continue;
      const key = groupOf(written, word.text);
      const others = known.get(key) ?? new SharedWorkers<Known>();
      known.set(key, others);
      const shared = others.shared(word.text);
      if (shared === undefined) others.add(workerName(word.text), { url: word.text, word });
      else {
        yield {
          at: wordSpot(word),
          subject: `URL of member '${word.text}'`,
          found: `it begins with ${shared.url} of line ${shared.word.place.line}, so httpd drops this line`,
          fix: "remove one of the two, or write the longer URL first where both are meant",
        };
      }
    }
  },
};

/** Only members of one balancer, scheme, host and port can be taken for each other. */
function groupOf(written: Written, url: string): string {
  const inside = written.parent?.name === "proxy" ? written.parent.words[0]?.text : written.words[0]?.text;
  const authority = /^(?:unix:[^|]*\|)?([a-z0-9+.-]+:\/\/[^/:]*)/i.exec(url)?.[1] ?? url;
  return `${hostKey(written)} ${inside ?? ""} ${authority}`.toLowerCase();
}
