import { expect, it } from "vitest";
import { checkLines } from "../../../core/check/lines.js";
import { brief } from "./texts.js";

const check = (...lines: readonly string[]) => brief(checkLines(lines, { at: "/extra", subject: "extra" }));

it("takes lines that close what they open, blanks and tabs in front included", () => {
  expect(check("<IfModule a>", "\tHeader set A b", "  </ifmodule>", "", "# a comment")).toEqual([]);
});

it.each([
  [["a\nb"], ['/extra/0: "a\\nb" (one line)']],
  [["a\\"], ["/extra/0: 'a\\' (a line that ends in itself)"]],
  [["</Location>"], ["/extra/0: '</Location>' (sections closed in the order they were opened)"]],
  [
    ["<A>", "<B>", "</A>"],
    [
      "/extra/2: '</A>' (sections closed in the order they were opened)",
      "/extra: <a> left open (as many closing lines as sections)",
    ],
  ],
  [["<A>", "<B>"], ["/extra: <a> <b> left open (as many closing lines as sections)"]],
  [["< A>"], ["/extra/0: '< A>' (sections closed in the order they were opened)"]],
])("refuses %j, which would change what stands around", (lines, problems) => {
  expect(check(...lines)).toEqual(problems);
});
