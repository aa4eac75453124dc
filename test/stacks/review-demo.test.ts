import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { reviewDemo } from "../../stacks/review-demo.js";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "review-demo-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("the demo of a review makes the comment, the page and the picture, in a folder that is not there yet", () => {
  const place = join(folder, "cdktf.out", "review");
  const said = reviewDemo(place);
  const made = (name: string): string => readFileSync(join(place, name), "utf8");
  expect(made("review.html")).toMatch(/^<!doctype html>[\s\S]*<svg [\s\S]*<\/html>\n$/);
  expect(made("review.svg")).toMatch(/^<svg /);
  for (const name of ["comment.md", "review.html", "review.svg", "review.json"])
    expect(said).toContain(join(place, name));
  // The README's first screen shows this picture.
  const root = join(__dirname, "../..");
  expect(readFileSync(join(root, "docs/review.svg"), "utf8")).toBe(made("review.svg"));
  const screen = readFileSync(join(root, "README.md"), "utf8").split("\n").slice(0, 20).join("\n");
  expect(screen).toContain("](docs/review.svg)");
  // Who reads no further than this knows whether to worry, and why.
  const [, title, , summary = ""] = made("comment.md").split("\n");
  expect(title).toBe("### httpd balancers: high risk");
  for (const part of [
    "High risk: mycluster no longer keeps share of node2",
    "node3 no longer stands in when others of mycluster fail: then nobody serves",
    "node2 gets 9/10 (90.0 %) of mycluster instead of 5/6 (83.3 %)",
  ]) {
    expect(summary).toContain(part);
  }
});
