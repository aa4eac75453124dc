import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildTopology } from "../../../core/topology/build.js";
import { canonicalJson, compareCodePoints } from "../../../core/topology/canonical.js";
import { diffTopologies } from "../../../core/topology/diff.js";
import { sha256 } from "../../../core/topology/sha256.js";
import type { Topology } from "../../../core/topology/topology.js";
import { arbitraryTopology } from "../../support/arbitraries.js";

function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, item]) => [key, shuffled(item)]),
  );
}

describe("canonical JSON", () => {
  it("is JSON of the same value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it("does not depend on the order of keys", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value));
      }),
    );
  });

  it("orders keys by code point, not by code unit", () => {
    expect(compareCodePoints("\u{1F600}", "\uFFFD")).toBeGreaterThan(0);
    expect(canonicalJson({ "\u{1F600}": 1, "\uFFFD": 2 })).toBe('{"\uFFFD":2,"\u{1F600}":1}');
  });
});

describe("the hash of bytes", () => {
  it("is SHA-256 as the rest of the world computes it", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(sha256(bytes)).toBe(createHash("sha256").update(bytes).digest("hex"));
      }),
    );
  });
});

const BASE = {
  clusters: [
    {
      name: "shop",
      members: [
        { name: "a", url: "http://a", parameters: { loadfactor: 1 } },
        { name: "b", url: "http://b" },
        { name: "c", url: "http://c" },
      ],
    },
  ],
} as const;

function withMembers(...members: readonly object[]): Topology {
  return buildTopology({ clusters: [{ ...BASE.clusters[0], members: members as never }] });
}

describe("the difference of two topologies", () => {
  const [a, b, c] = BASE.clusters[0].members;
  const before = buildTopology(BASE);

  it("is empty exactly for equal ones", () => {
    fc.assert(
      fc.property(arbitraryTopology(), arbitraryTopology(), (left, right) => {
        expect(diffTopologies(left, shuffled(left) as Topology)).toEqual([]);
        expect(diffTopologies(left, right).length === 0).toBe(canonicalJson(left) === canonicalJson(right));
      }),
      { numRuns: 50 },
    );
  });

  it("names a changed weight by its pointer", () => {
    const after = withMembers({ ...a, parameters: { loadfactor: 5 } }, b, c);
    expect(diffTopologies(before, after)).toEqual([
      { kind: "changed", at: "/clusters/0/members/0/parameters/loadfactor", before: 1, after: 5 },
    ]);
  });

  it("follows members by name when one before them is removed", () => {
    const [removed, ...others] = diffTopologies(before, withMembers(b, c));
    expect(removed).toMatchObject({ kind: "removed", at: "/clusters/0/members/0" });
    expect(others).toEqual([]);
  });

  it("tells an added member and a set parameter", () => {
    const after = withMembers(a, { ...b, parameters: { retry: { milliseconds: 5_000 } } }, c, {
      name: "d",
      url: "http://d",
    });
    expect(diffTopologies(before, after)).toMatchObject([
      { kind: "added", at: "/clusters/0/members/1/parameters/retry" },
      { kind: "added", at: "/clusters/0/members/3" },
    ]);
  });

  it("tells another order, which decides ties", () => {
    expect(diffTopologies(before, withMembers(b, a, c))).toEqual([
      { kind: "moved", at: "/clusters/0/members", before: ["a", "b", "c"], after: ["b", "a", "c"] },
    ]);
  });
});
