import fc from "fast-check";
import { expect, it } from "vitest";
import { coversPrefix, matchedLength } from "../../../core/httpd/prefix.js";

const path = fc.array(fc.constantFrom("/", "/", "a", "b"), { maxLength: 6 }).map((pieces) => `/${pieces.join("")}`);

it.each([
  ["/app", "/app", 4],
  ["/app/x", "/app", 4],
  ["/appx", "/app", undefined],
  ["/app", "/app/", undefined],
  ["/app/", "/app/", 5],
  ["//app//x", "/app", 5],
  ["/app/x", "//app", 4],
  ["/", "/", 1],
  ["/x", "/", 1],
])("of %s, the prefix %s takes %s characters", (uri, prefix, length) => {
  expect(matchedLength(uri, prefix)).toBe(length);
});

it("one prefix covers another exactly when it takes every path that the other takes", () => {
  fc.assert(
    fc.property(path, path, path, (prefix, other, uri) => {
      fc.pre(matchedLength(uri, other) !== undefined && coversPrefix(prefix, other));
      expect(matchedLength(uri, prefix)).toBeDefined();
    }),
    { seed: 1 },
  );
  fc.assert(
    fc.property(path, path, (prefix, other) => {
      fc.pre(!coversPrefix(prefix, other));
      expect(matchedLength(other, prefix)).toBeUndefined();
    }),
    { seed: 2 },
  );
});
