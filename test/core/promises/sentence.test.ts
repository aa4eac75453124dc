import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { joinedWords, listed, named, sentence, sentenceText } from "../../../core/promises/sentence.js";

const NAMES = ["node1", "node2", "node3", "a", "b", "c", "d", "e", "f", "g"] as const;
const nameOf = (member: number): string => NAMES[member] ?? "";

describe("a sentence about members by index", () => {
  test("is told in the names of whoever is meant", () => {
    const said = sentence`After stop ${named(0)}, ${2} requests ${sentence`of ${named(1)}`}.`;
    expect(sentenceText(said, nameOf)).toBe("After stop node1, 2 requests of node2.");
    expect(sentenceText(said, (member) => `<${member}>`)).toBe("After stop <0>, 2 requests of <1>.");
  });

  test("changes nothing else, whatever its own text and the names consist of", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (text, name) => {
        expect(sentenceText(sentence`${text}${named(0)}${text}`, () => name)).toBe(text + name + text);
      }),
      { seed: 4 },
    );
  });

  test.each([
    [0, ""],
    [1, "node1"],
    [2, "node1 and node2"],
    [3, "node1, node2 and node3"],
    [8, "node1, node2, node3, a, b, c, d and e"],
    [9, "node1, node2, node3, a, b, c and 3 more"],
  ])("lists %i members", (count, text) => {
    const members = NAMES.slice(0, count).map((_, member) => [named(member)]);
    expect(sentenceText(listed(members), nameOf)).toBe(text);
  });

  test("joins with what stands between", () => {
    expect(sentenceText(joinedWords([["a"], [named(0)], ["b"]], "; or "), nameOf)).toBe("a; or node1; or b");
  });
});
