import { cutWord } from "../../httpd/word.js";
import { lineSpot } from "../conf-view.js";
import type { Rule } from "../rule.js";

const READ = [
  "balancermember",
  "proxyset",
  "proxypass",
  "proxypassmatch",
  "proxypassreverse",
  "header",
  "requestheader",
];

/** LB: a quote that swallows the rest of the line. */
export const quoteClosed: Rule = {
  id: "quote-closed",
  group: "wiring",
  severity: "error",
  presets: ["recommended"],
  wanted: "A quote that is opened is closed on the same line.",
  why: 'httpd accepts a missing closing quote: everything up to the end of the line is one word. In `ProxySet "stickysession=SHOPID nofailover=On` the session is called `SHOPID nofailover=On`.',
  proof: "a quote that is not closed swallows the rest of the line",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 route=n1
  BalancerMember http://10.0.0.2:8080 route=n2
  # wrong
  ProxySet "stickysession=SHOPID nofailover=On
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 route=n1
  BalancerMember http://10.0.0.2:8080 route=n2
  ProxySet "stickysession=SHOPID" nofailover=On
</Proxy>
`,
  ],
  fixable: false,
  *check({ conf }) {
    for (const written of READ.flatMap((name) => conf?.named(name) ?? [])) {
      const { text } = written.statement;
      if (!text.includes('"') && !text.includes("'")) continue;
      const open = openQuote(text);
      if (open === undefined) continue;
      yield {
        at: lineSpot(written),
        subject: written.statement.name,
        found: `${open}, whose quote is not closed`,
        fix: "close the quote",
      };
    }
  },
};

/** The last word of a line, when it is quoted and not closed. */
function openQuote(text: string): string | undefined {
  let last: string | undefined;
  let closed = true;
  for (let word = cutWord(text, 0); word !== undefined; word = cutWord(text, word.next)) {
    last = text.slice(word.start, word.end);
    const quote = last[0];
    closed =
      (quote !== '"' && quote !== "'") ||
      (last.length > 1 && word.text.length <= last.length - 2 && last.endsWith(quote));
  }
  return closed ? undefined : last;
}
