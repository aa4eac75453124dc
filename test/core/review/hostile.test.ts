import fc from "fast-check";
import { marked } from "marked";
import { describe, expect, test } from "vitest";
import { markdownText } from "../../../core/report/markdown-text.js";
import { htmlReview } from "../../../core/review/formats/html.js";
import { markdownReview, MOST_BYTES } from "../../../core/review/formats/markdown.js";
import { textReview } from "../../../core/review/formats/text.js";
import { reviewOf } from "../../../core/review/review.js";
import type { ReviewSide } from "../../../core/review/side.js";
import { buildTopology } from "../../../core/topology/build.js";

/** Pieces of text that mean something to somebody who shows a report. */
const PIECES = [
  ...[
    "<img src=x onerror=alert(1)>",
    "</details>",
    "<!-- httpd-balancer review -->",
    "-->",
    "</script>",
    "</style>",
    '" onload="',
  ],
  ...[
    "@octocat",
    "#12",
    "!34",
    "org/repo#5",
    "`",
    "``",
    "```",
    "\n```\n",
    "~~~",
    "|",
    "\\",
    "**",
    "__",
    "~~",
    "[a](javascript:alert(1))",
  ],
  ...[
    "![a](http://e.x/p.png)",
    "http://evil.example/",
    "www.evil.example",
    "::add-mask::a",
    "##[error]",
    "/assign",
    "\n",
    "\r\n",
  ],
  ...[
    "\n::error::",
    "\u001b[31m",
    "\u202e",
    "\u2028",
    "\n# head",
    "\n- item",
    "1. one",
    ":smile:",
    "&lt;",
    "&#60;",
    "$a$",
    "end",
    '"]',
  ],
];

const HOSTILE = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 6 })), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.join(""));

function side(names: readonly string[], loadfactor: number): ReviewSide {
  const [cluster = "c", first = "a", second = "b", line = ""] = names;
  const topology = buildTopology({
    clusters: [
      {
        name: cluster,
        members: [
          { name: first, url: "http://10.0.0.1:8080", parameters: { loadfactor } },
          { name: `${second}2`, url: `http://10.0.0.2:8080/${encodeURIComponent(second)}` },
        ],
        extra: [line],
      },
    ],
    servers: [],
  });
  const found = {
    ...({ rule: "member-route", severity: "warning", place: undefined, length: 1, pointer: undefined } as const),
    ...{ subject: first, found: second, wanted: "a sentence.", fix: line, repair: undefined, fingerprint: "" },
  };
  return {
    kind: "spec",
    path: first,
    topology,
    meant: { version: topology.httpd, by: "described" },
    findings: loadfactor === 1 ? [] : [found],
    texts: new Map(),
    configuration: () => [{ path: second, text: `${line}\n${cluster}${loadfactor}\n` }],
    effects: () => [],
    modules: undefined,
  };
}

const REVIEWS = fc
  .tuple(HOSTILE, HOSTILE, HOSTILE, HOSTILE)
  .map((names) => reviewOf([{ name: names[1], base: side(names, 1), head: side(names, 2) }], { notes: [names[2]] }));

const RUNS = { numRuns: 60 };

describe("no name in a stranger's file", () => {
  test("is markup, a link, a mention, a reference or a command in a Markdown comment", () => {
    fc.assert(
      fc.property(REVIEWS, (report) => {
        const html = marked.parse(markdownReview(report), { gfm: true, async: false });
        const outside = html.replace(/<code[^>]*>.*?<\/code>/gs, "");
        expect(outside).not.toMatch(/<(?:a|img|script|svg|style|iframe)\b/i);
        expect(outside).not.toMatch(/(?:^|[^\w`])@[a-z0-9]/i);
        expect(outside).not.toMatch(/(?:^|\s)(?:[\w-]+\/[\w-]+)?[#!][0-9]/);
        expect(html.match(/<!--/g) ?? []).toHaveLength(1);
        expect((html.match(/<details>/g) ?? []).length).toBe((html.match(/<\/details>/g) ?? []).length);
      }),
      RUNS,
    );
  });

  test("steers a runner of GitHub or a terminal, in any format", () => {
    fc.assert(
      fc.property(REVIEWS, (report) => {
        for (const text of [markdownReview(report), textReview(report), htmlReview(report)]) {
          expect(text).not.toMatch(/^\s*::|##\[/m);
          expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]/);
        }
      }),
      RUNS,
    );
  });

  test("ends the block of plain text that a comment of Atlantis has around a report", () => {
    fc.assert(
      fc.property(REVIEWS, (report) => {
        expect(textReview(report)).not.toMatch(/^\s*(?:```|~~~)/m);
      }),
      RUNS,
    );
  });

  test("is an element or an attribute in a page", () => {
    fc.assert(
      fc.property(REVIEWS, (report) => {
        const page = htmlReview(report);
        expect(page).not.toMatch(/<(?:img|script|iframe|a|link|object)\b/i);
        expect(page.replace(/"[^"]*"/g, '""')).not.toMatch(/<[^>]*\son\w+=/i);
        expect(page.match(/<style>/g)).toHaveLength(1);
      }),
      RUNS,
    );
  });

  test("fills a comment beyond what GitHub takes, or more than 80 columns of a terminal", () => {
    fc.assert(
      fc.property(REVIEWS, (report) => {
        expect(new TextEncoder().encode(markdownReview(report)).length).toBeLessThanOrEqual(MOST_BYTES);
        expect(
          textReview(report)
            .split("\n")
            .filter((line) => line.length > 80),
        ).toEqual([]);
      }),
      RUNS,
    );
  });
});

test("words of a sentence stay words, and everything else becomes code", () => {
  expect(markdownText("node2 gets 9/10 (90.0 %) of c instead of 5/6; retry: 10s → 20s.")).toBe(
    "node2 gets 9/10 (90.0 %) of c instead of 5/6; retry: 10s → 20s.",
  );
  expect(markdownText("ask @octocat about <b> now")).toBe("ask `@octocat` about `<b>` now");
});
