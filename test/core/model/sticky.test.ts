import { describe, expect, it } from "vitest";
import { behaviourOf } from "../../../core/model/balancer.js";
import { routeOf } from "../../../core/model/engine.js";
import { MEASURED_VERSION } from "../../../core/vocabulary/versions.js";

const SID = { cookie: "SID", parameter: "SID" };

/** The route found in path and query, or in a Cookie header, as measured on httpd 2.4.71. */
function route(path: string, cookie?: string, separator = ".", semicolonDelimits = false): string | undefined {
  const request = { url: `balancer://c${path}`, ...(cookie !== undefined && { cookie }) };
  return routeOf({ separator, semicolonDelimits, does: behaviourOf(MEASURED_VERSION) }, SID, request);
}

describe("the route in the URL", () => {
  it.each([
    ["/x;SID=a.r2", "r2"],
    ["/?SID=a.r2", "r2"],
    ["/?ySID=a.r2", "r2"],
    ["/fooSID=a.r2", "r2"],
    ["/x?b=1&SID=a.r2", "r2"],
    ["/?SID=a.r2&x=1", "r2"],
    ["/x;SID=?a.r2", "r2"],
    ["/?SID=&SID=a.r2", "r2"],
    ["/x;SID=a.r2/foo", "r2/foo"],
    ["/x;SID=a.r2;y=1", "r2;y=1"],
    ["/?SIDx=1&SID=a.r2", "r2"],
    ["/?SID=a.b.r2", "b.r2"],
    ["/?SID=.r2", "r2"],
    ["/?SID=abc.", undefined],
    ["/?SID=abc", undefined],
    ["/?sid=a.r2", undefined],
    ["/x;SID=", undefined],
    ["/x;SID", undefined],
  ])("%s leads to %s", (path, expected) => {
    expect(route(path)).toBe(expected);
  });

  it("ends at a semicolon only with scolonpathdelim", () => {
    expect(route("/x;SID=a.r2;y=1", undefined, ".", true)).toBe("r2");
  });

  it("may be the whole value, or stand after another character", () => {
    expect(route("/?SID=a.r2", undefined, "Off")).toBe("a.r2");
    expect(route("/?SID=a!r2", undefined, "!")).toBe("r2");
  });
});

describe("the route in the Cookie header", () => {
  it.each([
    ["SID=a.r2", "r2"],
    ["x=1; SID=a.r2; y=2", "r2"],
    ["x=1,SID=a.r2,y=2", "r2"],
    ["SID =a.r2", "r2"],
    ['SID="a.r2"', 'r2"'],
    ["ySID=b.r1; SID=a.r2", "r2"],
    ["SID=; SID=a.r2", undefined],
    ["x=1; SID=", undefined],
    ["ySID=a.r2", undefined],
  ])("%s leads to %s", (cookie, expected) => {
    expect(route("/", cookie)).toBe(expected);
  });

  it("is looked at only when the URL has no value", () => {
    expect(route("/x;SID=a.r1", "SID=a.r2")).toBe("r1");
    expect(route("/x;SID=abc", "SID=a.r2")).toBeUndefined();
    expect(route("/x;SID=?&", "SID=a.r2")).toBe("r2");
  });
});
