import { marked } from "marked";
import { expect, test } from "vitest";
import { htmlReview } from "../../../core/review/formats/html.js";
import { markdownReview, MOST_BYTES } from "../../../core/review/formats/markdown.js";
import { reviewOf } from "../../../core/review/review.js";
import { describedSide } from "../../../core/review/side.js";
import type { ReviewSide } from "../../../core/review/side.js";
import { buildTopology } from "../../../core/topology/build.js";
import { fractionOf } from "../../../core/review/traffic.js";
import { fraction } from "../../../core/model/fraction.js";

const CLUSTERS = 500;

/** Clusters of two members; the first one of each has this weight more than its number says. */
function side(more: number): ReviewSide {
  const numbers = Array.from({ length: CLUSTERS }, (_, number) => number);
  const topology = buildTopology({
    clusters: numbers.map((number) => ({
      name: `c${number}`,
      parameters: { maxattempts: 2 },
      members: [
        { name: "a", url: `http://a${number}:80`, parameters: { loadfactor: 1 + (number % 20) + more } },
        { name: "b", url: `http://b${number}:80` },
      ],
    })),
    servers: [
      {
        name: "web",
        listen: [{ port: 80 }],
        mounts: numbers.map((number) => ({
          path: `/c${number}`,
          to: { kind: "cluster", cluster: `c${number}`, path: "/" },
        })),
      },
    ],
  });
  return describedSide(topology, { path: "many" });
}

const REPORT = reviewOf([{ name: "many", base: side(0), head: side(1) }]);

test("500 changed clusters: each one's shares are its load factors' part", () => {
  expect(REPORT.clusters).toHaveLength(CLUSTERS);
  for (const [number, { name, shares }] of REPORT.clusters.entries()) {
    const factor = 1 + (number % 20);
    expect({ name, shares }).toEqual({
      name: `c${number}`,
      shares: {
        before: { a: fractionOf(fraction(factor, factor + 1)), b: fractionOf(fraction(1, factor + 1)) },
        after: { a: fractionOf(fraction(factor + 1, factor + 2)), b: fractionOf(fraction(1, factor + 2)) },
      },
    });
  }
});

test("the comment about them is whole, fits GitHub, and says how many it leaves out", () => {
  const text = markdownReview(REPORT);
  expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(MOST_BYTES);
  const html = marked.parse(text, { gfm: true, async: false });
  const shown = html.match(/<h4>/g)?.length ?? 0;
  expect(shown).toBeGreaterThan(10);
  expect(text).toContain(`${CLUSTERS - shown} more clusters changed`);
  expect(html.match(/<details>/g)?.length).toBe(html.match(/<\/details>/g)?.length);
});

test.each([60_000, 20_000, 5_000, 2_500])("a comment of at most %i bytes is one", (most) => {
  const text = markdownReview(REPORT, most);
  expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(most);
  expect(text).toMatch(/^<!-- httpd-balancer review -->\n### httpd balancers: traffic changes\n/);
  expect(text).toContain(REPORT.hash);
});

test("equal inputs give equal bytes", () => {
  const again = reviewOf([{ name: "many", base: side(0), head: side(1) }]);
  expect(markdownReview(again)).toBe(markdownReview(REPORT));
  expect(htmlReview(again)).toBe(htmlReview(REPORT));
});
