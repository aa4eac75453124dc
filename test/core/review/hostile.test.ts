import fc from "fast-check";
import { marked } from "marked";
import { describe, expect, test } from "vitest";
import { SaxesParser } from "saxes";
import { reviewFormats } from "../../../cli/review-formats.js";
import { FORMATS } from "../../../core/report/formats/index.js";
import type { FormatName } from "../../../core/report/formats/index.js";
import { markdownText } from "../../../core/report/markdown-text.js";
import { foundIn, REVIEW_TEXTS } from "../../../core/review/found.js";
import { htmlReview } from "../../../core/review/formats/html.js";
import { markdownReview, MOST_BYTES } from "../../../core/review/formats/markdown.js";
import { textReview } from "../../../core/review/formats/text.js";
import type { ReviewReport } from "../../../core/review/report.js";
import { reviewOfNames } from "./strangers.js";

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

const FORMAT_NAMES = Object.keys(FORMATS) as readonly FormatName[];

/** A report as `review --format NAME` prints it. */
function printed(report: ReviewReport, name: FormatName): string {
  const options = { version: "1.2.3", colour: false, command: "review", rules: REVIEW_TEXTS };
  return reviewFormats(report)[name]?.() ?? FORMATS[name]([foundIn(report)], options);
}

const OWN_COMMAND =
  /^::(?:error|warning|notice) file=[^:,]*(?:,(?:line|col|endColumn)=[0-9]+)*,title=[a-z-]+::[^\r\n]*$/;

const JUNIT_TAGS = [
  ...["testsuites name tests failures errors", "testsuite name tests failures errors skipped"],
  ...["testcase classname name", "failure message type", "skipped"],
];

/** All texts in a JSON document. */
function stringsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

/** Elements of a text of XML, each with the names of its attributes; throws where it is not well-formed. */
function tagsOf(xml: string): readonly string[] {
  const tags: string[] = [];
  const parser = new SaxesParser();
  parser.on("opentag", ({ name, attributes }) => tags.push([name, ...Object.keys(attributes)].join(" ")));
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(xml).close();
  return tags;
}

/** The same of a page, which is XML but for its first line and elements that never have an end. */
function tagsOfPage(page: string): readonly string[] {
  return tagsOf(page.replace("<!doctype html>\n", "").replace(/<meta [^<>]*(?=>)/g, "$&/"));
}

/** What stands in pages of every kind of content, with names that nobody could take for markup. */
const TAME_TAGS = new Set(
  [
    ["c", "a", "b", "line"],
    ["shop", "node1", "node2", "Header unset X"],
  ].flatMap((names) => tagsOfPage(htmlReview(reviewOfNames(names)))),
);

const NAMES = fc.sample(fc.tuple(HOSTILE, HOSTILE, HOSTILE, HOSTILE), { numRuns: 60, seed: 13 });

/** Reviews of strangers' names: each is made once, as that takes longest. */
const REVIEWS = NAMES.map(reviewOfNames);

/** Holds of every review. */
function always(law: (report: ReviewReport) => void): void {
  for (const [index, report] of REVIEWS.entries()) {
    try {
      law(report);
    } catch (error) {
      throw new Error(`with the names ${JSON.stringify(NAMES[index])}`, { cause: error });
    }
  }
}

describe("no name in a stranger's file", () => {
  test("is markup, a link, a mention, a reference or a command in a Markdown comment", () => {
    always((report) => {
      const html = marked.parse(markdownReview(report), { gfm: true, async: false });
      const outside = html.replace(/<code[^>]*>.*?<\/code>/gs, "");
      expect(outside).not.toMatch(/<(?:a|img|script|svg|style|iframe)\b/i);
      expect(outside).not.toMatch(/(?:^|[^\w`])@[a-z0-9]/i);
      expect(outside).not.toMatch(/(?:^|\s)(?:[\w-]+\/[\w-]+)?[#!][0-9]/);
      expect(html.match(/<!--/g) ?? []).toHaveLength(1);
      expect((html.match(/<details>/g) ?? []).length).toBe((html.match(/<\/details>/g) ?? []).length);
    });
  });

  test.each(FORMAT_NAMES)("steers a runner of GitHub or a terminal, in the format %s", (name) => {
    always((report) => {
      const text = printed(report, name);
      // The only commands of GitHub's form are its own, one a line, each of a finding.
      const commands = text.split("\n").filter((line) => /^\s*::/.test(line));
      expect(commands.filter((line) => !OWN_COMMAND.test(line))).toEqual([]);
      expect(commands).toHaveLength(name === "github" ? foundIn(report).diagnostics.length : 0);
      expect(text).not.toContain("##[");
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u061c]/);
      expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    });
  });

  test.each(["json", "sarif", "gitlab"] as const)("ends the document, or is another text, in the format %s", (name) => {
    always((report) => {
      const document: unknown = JSON.parse(printed(report, name));
      if (name === "json") expect(document).toEqual(JSON.parse(JSON.stringify(report)));
      else expect(stringsIn(document)).toContain(name === "sarif" ? "member-route" : "major");
    });
  });

  test("is an element or an attribute in the XML of JUnit", () => {
    always((report) => {
      expect(tagsOf(printed(report, "junit")).filter((tag) => !JUNIT_TAGS.includes(tag))).toEqual([]);
    });
  });

  test("ends the block of plain text that a comment of Atlantis has around a report", () => {
    always((report) => {
      expect(textReview(report)).not.toMatch(/^\s*(?:```|~~~)/m);
    });
  });

  test("is an element or an attribute in a page: it has those of a page with tame names", () => {
    always((report) => {
      expect(tagsOfPage(printed(report, "html")).filter((tag) => !TAME_TAGS.has(tag))).toEqual([]);
    });
  });

  test("fills a comment beyond what GitHub takes, or more than 80 columns of a terminal", () => {
    always((report) => {
      expect(new TextEncoder().encode(markdownReview(report)).length).toBeLessThanOrEqual(MOST_BYTES);
      expect(
        textReview(report)
          .split("\n")
          .filter((line) => line.length > 80),
      ).toEqual([]);
    });
  });
});

test("words of a sentence stay words, and everything else becomes code", () => {
  expect(markdownText("node2 gets 9/10 (90.0 %) of c instead of 5/6; retry: 10s → 20s.")).toBe(
    "node2 gets 9/10 (90.0 %) of c instead of 5/6; retry: 10s → 20s.",
  );
  expect(markdownText("ask @octocat about <b> now")).toBe("ask `@octocat` about `<b>` now");
});
