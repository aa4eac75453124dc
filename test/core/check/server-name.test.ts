import { expect, it } from "vitest";
import { checkServerAlias, checkServerName } from "../../../core/check/server-name.js";

const PLACE = { at: "", subject: "name" } as const;

it("ServerName is a host without wildcards, with a port from 1 to 65535 at most", () => {
  const names = ["www.example.org", "https://www.example.org:443", "a:1", "a:65535"];
  expect(names.flatMap((name) => checkServerName(name, PLACE))).toEqual([]);
  expect(["*.example.org", "a/b", "", "a b"].map((name) => checkServerName(name, PLACE).length)).toEqual([1, 1, 1, 1]);
  expect(["a:0", "a:65536"].map((name) => checkServerName(name, PLACE)[0]?.allowed)).toEqual([
    "a port from 1 to 65535",
    "a port from 1 to 65535",
  ]);
});

it("ServerAlias may hold '*' and '?'", () => {
  expect(["*.example.org", "www?.example.org"].flatMap((name) => checkServerAlias(name, PLACE))).toEqual([]);
  expect(["a b", "a/b"].map((name) => checkServerAlias(name, PLACE).length)).toEqual([1, 1]);
});
