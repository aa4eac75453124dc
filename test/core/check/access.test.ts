import { expect, it } from "vitest";
import { checkAccess } from "../../../core/check/access.js";
import type { Access } from "../../../core/topology/topology.js";
import { brief } from "./texts.js";

const check = (access: unknown) => brief(checkAccess(access as Access, { at: "/a", subject: "access" }));

it.each([
  { kind: "local" },
  { kind: "denied" },
  { kind: "all", reason: "a public page" },
  { kind: "addresses", addresses: ["10.0.0.0/8"] },
])("may be %j", (access) => {
  expect(check(access)).toEqual([]);
});

it.each([
  [undefined, "/a: nothing (an object whose kind is local, denied, all, addresses)"],
  ["local", "/a: 'local' (an object whose kind is local, denied, all, addresses)"],
  [{ kind: "everybody" }, "an object whose kind is local, denied, all, addresses"],
  [{ kind: "all", reason: "" }, "/a/reason: '' (text)"],
  [{ kind: "addresses", addresses: [] }, "/a: no address (at least one)"],
  [{ kind: "addresses", addresses: ["10.0.0.1", "x"] }, "/a/addresses/1: 'x' (an IP address or network)"],
])("is not %j", (access, problem) => {
  const found = check(access);
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(problem);
});
