import { expect, it } from "vitest";
import { checkKnown, checkOwnNames, checkUnique } from "../../../core/check/names.js";
import { brief } from "./texts.js";

const PLACE = { at: "/x", subject: "x" } as const;

it("a name has to be one of those known, in the same case", () => {
  expect(checkKnown("shop", ["shop"], PLACE)).toEqual([]);
  expect(checkKnown("shpo", ["shop"], PLACE)).toEqual([
    { ...PLACE, found: "'shpo'", allowed: "shop", fix: "did you mean 'shop'?" },
  ]);
  expect(checkKnown("a", [], PLACE)).toEqual([
    { ...PLACE, found: "'a'", allowed: "nothing, as none is defined", fix: "define it first" },
  ]);
});

it("each item whose key was there before is told with the first that has it; items without a key never", () => {
  const found: string[] = [];
  checkUnique(
    ["a", "b", "a", "", "", "a"],
    (item) => item || undefined,
    (item, index, first) => {
      found.push(`${item} ${index} ${first}`);
      return { at: "", subject: "", found: "", allowed: "", fix: "" };
    },
  );
  expect(found).toEqual(["a 2 0", "a 5 0"]);
});

it("an earlier name is taken", () => {
  const problems = checkOwnNames([{ name: "a" }, { name: "b" }, { name: "a" }], (index) => `/${index}/name`, "server");
  expect(brief(problems)).toEqual(["/2/name: the name of an earlier one (a name of its own)"]);
});
