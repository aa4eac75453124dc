import { describe, expect, it } from "vitest";
import { checkCluster, checkClusterValues } from "../../../core/check/cluster.js";
import { checkRoles } from "../../../core/check/cluster-roles.js";
import { buildCluster } from "../../../core/topology/build.js";
import type { ClusterInput } from "../../../core/topology/build.js";
import { brief } from "./texts.js";

const A = { name: "a", url: "http://a:81" } as const;
const check = (values: Partial<ClusterInput>) =>
  brief(checkCluster(buildCluster({ name: "c", members: [A], ...values }), { at: "/c" }));
const roles = (values: Partial<ClusterInput>) =>
  brief(checkRoles(buildCluster({ name: "c", members: [A], ...values }), "/c"));

describe("a cluster", () => {
  it("has a name of 1 to 84 letters with a letter or digit at both ends", () => {
    expect(["a", "a".repeat(84), "a.b_c-d"].flatMap((name) => check({ name }))).toEqual([]);
    expect(["", "a".repeat(85), "-a", "a.", "A", "a/b"].map((name) => check({ name }).length)).toEqual([
      1, 1, 1, 1, 1, 1,
    ]);
  });

  it("has parameters that httpd takes, and lines that stay where they are", () => {
    expect(check({ parameters: { maxattempts: -1 } })[0]).toContain("/c/parameters/maxattempts");
    expect(check({ extra: ["<If a>"] })[0]).toContain("/c/extra: <if> left open");
  });

  it("has an active member, or a drained one whose place a spare takes", () => {
    const role = (...letters: readonly string[]) =>
      roles({ members: letters.map((status, index) => ({ url: `http://m${index}:81`, parameters: { status } })) });
    expect(role("+H")).toEqual(["/c/members: only standby members (at least one active member)"]);
    expect(role("+R", "+H")).toEqual(["/c/members: only spare, standby members (at least one active member)"]);
    expect(role("+N")).toEqual(["/c/members: only drained members (at least one active member)"]);
    expect(role("+N", "+R")).toEqual([]);
    expect(role("+D", "+H")).toEqual([]);
  });

  it("has members, or room for those that are added at run time", () => {
    expect(roles({ members: [] })).toEqual(["/c/members: none (at least one active member)"]);
    expect(roles({ members: [], parameters: { growth: 5 } })).toEqual([]);
  });

  it("may be described in any state that httpd runs with", () => {
    const states = [["+H"], ["+R", "+H"], ["+N"], ["+D"], ["+D", "+H"], []];
    const members = (letters: readonly string[]) =>
      letters.map((status, index) => ({ url: `http://m${index}:81`, parameters: { status } }));
    expect(states.flatMap((letters) => check({ members: members(letters) }))).toEqual([]);
  });

  it("is judged without its members while they may still come", () => {
    expect(checkClusterValues(buildCluster({ name: "c" }), { at: "" })).toEqual([]);
  });

  it("tells a member that is wrong, and one that an earlier one hides, at its place", () => {
    expect(check({ members: [A, { ...A, name: "b" }, { name: "d", url: "x" }] })).toEqual([
      "/c/members/1/url: 'http://a:81', which httpd takes for member 'a' (a URL that does not begin with the one of an earlier member)",
      "/c/members/2/url: 'x' (scheme://host[:port][/path])",
    ]);
  });
});
