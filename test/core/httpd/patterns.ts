import fc from "fast-check";

/** Most of them good wherever they stand. */
const ATOMS = [
  "a",
  "b",
  "/",
  "1",
  ".",
  "\\d",
  "\\w",
  "\\s",
  "\\D",
  "\\W",
  "\\S",
  "\\h",
  "\\x41",
  "\\x{62}",
  "\\101",
  "\\.",
  "\\/",
  "\\N",
  "[abc]",
  "[^a]",
  "[[:alpha:]]",
  "[[:^digit:]]",
  "[a-c]",
  "[\\w-]",
  "[]a]",
  "[^]a]",
  "[[:upper:][:digit:]]",
  "\\Qa.b\\E",
  "{",
  "}",
  "-",
  "(?i)",
  "(?-s)",
  " ",
  "(?#c)",
  "(?^:a)",
  "(?=a)",
  "(?!b)",
  "(?<=a|bc)",
  "(?<!b)",
  "[a-c-e]",
];
/** Places, options, and what is refused or not known. */
const RARE = [
  "\\1",
  "\\g{-1}",
  "\\12",
  "\\k<n>",
  "\\R",
  "\\K",
  "[a-\\d]",
  "[z-a]",
  "\\y",
  "(?<=a+)",
  "(*F)",
  "(?1)",
  "(?(1)a|b)",
  "\\E",
  "[[.a.]]",
  "^",
  "$",
  "\\A",
  "\\z",
  "\\Z",
  "\\b",
  "\\B",
  "(?m)",
  "(?x)",
  "(?U)",
  "\\ca",
  "#",
];
const REPEATS = ["", "", "", "*", "+", "?", "{2}", "{1,2}", "{,2}", "{2,1}", "*?", "??", "++", "?+", "{1,}"];
const OPENINGS = ["(", "(", "(?:", "(?>", "(?<n>", "(?=", "(?!", "(?<=", "(?i:"];

const { pattern } = fc.letrec<{ pattern: string; item: string; group: string }>((tie) => ({
  group: fc
    .tuple(fc.constantFrom(...OPENINGS), tie("pattern"), fc.option(tie("pattern"), { nil: undefined }))
    .map(([opening, left, right]) => `${opening}${left}${right === undefined ? "" : `|${right}`})`),
  item: fc
    .tuple(
      fc.oneof(
        { maxDepth: 2 },
        { weight: 10, arbitrary: fc.constantFrom(...ATOMS) },
        { weight: 2, arbitrary: fc.constantFrom(...RARE) },
        { weight: 4, arbitrary: tie("group") },
      ),
      fc.constantFrom(...REPEATS),
    )
    .map(([atom, repeat]) => atom + repeat),
  pattern: fc.array(tie("item"), { minLength: 1, maxLength: 3 }).map((items) => items.join("")),
}));

/** Regular expressions of PCRE, most of them good ones. */
export const patterns = pattern;

/** Texts that have something to match. */
export const subjects = fc
  .array(fc.constantFrom("a", "b", "c", "A", "B", "/", "1", " ", "_", "-", ".", "aa", "abc", "{", "]"), {
    maxLength: 6,
  })
  .map((pieces) => pieces.join("").trim());
