import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { AJV_OPTIONS } from "../../../core/shape/compile.js";
import { entriesOf } from "../../../core/shape/collections.js";
import { shorthand } from "../../../core/shape/either.js";
import { documentProblems } from "../../../core/shape/judge.js";
import { text, whole, words } from "../../../core/shape/plain.js";
import { record } from "../../../core/shape/record.js";
import { documentSchema } from "../../../core/shape/shape.js";
import type { Shape } from "../../../core/shape/shape.js";
import { jsonOf } from "../../../core/shape/written.js";
import type { JsonValue } from "../../../core/vocabulary/json.js";
import { problemText } from "../../../core/vocabulary/problem.js";

const BEFORE = { url: { doc: "Where it is.", shape: text() }, zone: { doc: "Failure zone.", shape: text() } } as const;

/** The same owner with one more key: this line is all that is added. */
const AFTER = { ...BEFORE, rack: { doc: "Number of its rack.", shape: whole(1, 48) } } as const;

interface Item {
  readonly name: string;
  readonly url?: string;
  readonly zone?: string;
  readonly rack?: number;
}

/** A document of named members with these keys. */
function documentOf(keys: typeof BEFORE | typeof AFTER): Shape<readonly Item[]> {
  const member = shorthand(record(keys, { doc: "A member." }), "url", "a URL, or a mapping") as Shape<
    Omit<Item, "name">
  >;
  return entriesOf(member, {
    noun: "member",
    join: (name, item): Item => ({ name, ...item }),
    split: ({ name, ...item }) => [name, item],
  });
}

function problems(shape: Shape<readonly Item[]>, json: JsonValue): readonly string[] {
  const validate = new Ajv2020(AJV_OPTIONS).compile(documentSchema("Test", shape));
  const judge = (value: JsonValue) => (validate(value) ? [] : (validate.errors ?? []));
  return documentProblems({ shape, judge, whole: { step: "", label: "it" }, homes: [] }, json).map(problemText);
}

describe("a new key is one field: everything else follows from it", () => {
  const [before, after] = [documentOf(BEFORE), documentOf(AFTER)];
  const json = { n: { url: "http://h", rack: 7 } };
  const item = [{ name: "n", url: "http://h", rack: 7 }];

  it("was an unknown key before", () => {
    expect(problems(before, json)).toEqual([
      "member 'n': found unknown key 'rack', allowed is url, zone; remove it, or use one of these",
    ]);
  });

  it("stands in the schema with its meaning", () => {
    expect(documentSchema("Test", after)).toMatchObject({
      additionalProperties: {
        properties: { rack: { type: "integer", maximum: 48, description: "Number of its rack." } },
      },
    });
  });

  it("is read and written, and what is written reads back", () => {
    expect(after.read(json, Object.keys)).toEqual(item);
    expect(jsonOf(after.write(item) ?? {})).toEqual(json);
  });

  it("is found where it is written", () => {
    expect(after.path?.(["0", "rack"], item, json)).toEqual(["n", "rack"]);
  });

  it("is judged by the schema, once, and named in messages", () => {
    expect(problems(after, { n: { rack: 49 } })).toEqual([
      "rack of member 'n': found 49, allowed is a whole number from 1 to 48; Number of its rack.",
    ]);
    expect(problems(after, { n: { rakc: 4 } })).toEqual([
      "member 'n': found unknown key 'rakc', allowed is url, zone, rack; did you mean 'rack'?",
    ]);
  });
});

describe("the words of a judged document", () => {
  const many = Object.fromEntries(
    Array.from({ length: 9 }, (_, index) => [`key${"abcdefghi"[index] ?? ""}`, { doc: "A key.", shape: text() }]),
  );
  const shape = (keys: number) =>
    record(Object.fromEntries(Object.entries(many).slice(0, keys))) as unknown as Shape<readonly Item[]>;

  it("beside the key that was meant, list the others only up to eight", () => {
    expect(problems(shape(8), { keyz: "x" })[0]).toContain(
      "allowed is keya, keyb, keyc, keyd, keye, keyf, keyg, keyh; did you mean",
    );
    expect(problems(shape(9), { keyz: "x" })[0]).toContain("allowed is one of its 9 keys; did you mean");
  });

  it("list all keys where none is near", () => {
    expect(problems(shape(9), { quite: "x" })[0]).toContain("keyh, keyi; remove it");
  });

  it("name all that is wrong, each place once", () => {
    const two = record({
      a: { doc: "A.", shape: words(["x", "y"]) },
      b: { doc: "B.", shape: whole(1, 2), required: true },
    });
    expect(problems(two as unknown as Shape<readonly Item[]>, { a: "zzz" })).toEqual([
      "it: found no 'b', allowed is a mapping with 'b'; add b: B.",
      "a: found 'zzz', allowed is x, y; use one of x, y",
    ]);
  });
});
