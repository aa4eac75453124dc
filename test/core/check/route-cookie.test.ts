import { expect, it } from "vitest";
import { checkRouteCookie } from "../../../core/check/route-cookie.js";
import { buildCluster } from "../../../core/topology/build.js";
import type { RouteCookie } from "../../../core/topology/topology.js";
import { brief } from "./texts.js";

const check = (cookie: RouteCookie, stickysession?: string) => {
  const parameters = stickysession === undefined ? {} : { stickysession };
  return brief(checkRouteCookie(buildCluster({ name: "c", parameters, routeCookie: cookie }), cookie, ""));
};

it("has a plain name of 63 letters at most", () => {
  expect(check({ name: "R".repeat(63) })).toEqual([]);
  expect(check({ name: "R".repeat(64) })).toHaveLength(1);
  expect(check({ name: "a;b" })).toEqual(["/routeCookie/name: 'a;b' (1 to 63 letters, digits, '_' and '-')"]);
});

it("has a path that stands in a header as it is", () => {
  expect(check({ name: "R", path: "/app~1/" })).toEqual([]);
  expect(check({ name: "R", path: "app" })).toEqual([
    "/routeCookie/path: 'app' ('/' and then letters, digits and '_.-~/')",
  ]);
});

it("is the cookie that the cluster sticks to, first of two", () => {
  expect(check({ name: "R" }, "R|r")).toEqual([]);
  expect(check({ name: "R" }, "r|R")).toEqual(["/parameters/stickysession: 'r|R' ('R', the cookie that httpd sets)"]);
});
