import { effectOf } from "../../conf/run/statement.js";
import type { Worker } from "../../conf/run/effects.js";
import type { StatementWord } from "../../conf/run/statement.js";
import { wordSpot } from "../conf-view.js";
import type { Rule } from "../rule.js";

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
    const first = new Map<Worker, StatementWord>();
    for (const { statement } of conf?.named("balancermember") ?? []) {
      const member = effectOf(statement, "member");
      const word = member === undefined ? undefined : statement.words[member.at];
      if (member === undefined || word === undefined) continue;
      const known = first.get(member.worker) ?? word;
      first.set(member.worker, known);
      if (member.fate !== "shared") continue;
      yield {
        at: wordSpot(word),
        subject: `URL of member '${word.text}'`,
        found: `it begins with ${known.text} of line ${known.place.line}, so httpd drops this line`,
        fix: "remove one of the two, or write the longer URL first where both are meant",
      };
    }
  },
};
