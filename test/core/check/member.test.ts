import { describe, expect, it } from "vitest";
import { Membership, checkMember } from "../../../core/check/member.js";
import type { Member } from "../../../core/topology/topology.js";
import { brief } from "./texts.js";

const member = (values: Partial<Member>): Member => ({ name: "a", url: "http://a:81", parameters: {}, ...values });

describe("a member on its own", () => {
  it.each([
    [{ name: "" }, ["/m/name: '' (text)"]],
    [{ url: "a:81" }, ["/m/url: 'a:81' (scheme://host[:port][/path])"]],
    [{ parameters: { lbset: 100 } }, ["/m/parameters/lbset: 100 (0 to 99)"]],
    [{ zone: "" }, ["/m/zone: '' (text)"]],
    [{ replicationGroup: "a\n" }, ['/m/replicationGroup: "a\\n" (text without control characters)']],
    [{ capacity: 0 }, ["/m/capacity: 0 (a number of requests per second above 0)"]],
    [{ capacity: Number.POSITIVE_INFINITY }, ["/m/capacity: null (a number of requests per second above 0)"]],
  ] satisfies readonly (readonly [Partial<Member>, readonly string[]])[])("%j is refused", (values, problems) => {
    const found = brief(checkMember(member(values), { at: "/m" }));
    expect(found.map((text) => text.replace(/\(.*0.*99.*\)/, "(0 to 99)"))).toEqual(problems);
  });

  it("is fine with what httpd takes, the limits included", () => {
    const values = { parameters: { lbset: 99, loadfactor: 100 }, capacity: 0.5, zone: "z" };
    expect(checkMember(member(values), { at: "/m" })).toEqual([]);
  });

  it("is judged by a version where one is known", () => {
    const newer = member({ parameters: { hcmethod: "GET11" } });
    expect(checkMember(newer, { at: "" })).toEqual([]);
    expect(brief(checkMember(newer, { at: "", httpd: "2.4.54" }))).toEqual([
      "/parameters/hcmethod: 'GET11' for httpd 2.4.54 (httpd 2.4.55 or newer for OPTIONS11, HEAD11 and GET11)",
    ]);
  });
});

describe("a member among others", () => {
  /** Problems of the last one. */
  const among = (...members: readonly Partial<Member>[]) => {
    const membership = new Membership("c");
    const last = members.at(-1) ?? {};
    for (const [index, values] of members.slice(0, -1).entries())
      membership.add(member({ name: `m${index}`, ...values }));
    return brief(membership.check(member(last), ""));
  };

  it("has a name and a route of its own", () => {
    expect(among({ name: "a", url: "http://x" }, { name: "a" })).toEqual([
      "/name: the same name as member 'a' (a name of its own)",
    ]);
    const route = { parameters: { route: "r" } };
    expect(among({ url: "http://x", ...route }, route)).toEqual([
      "/parameters/route: the same route as member 'm0' (a route of its own)",
    ]);
    expect(among({ url: "http://x", parameters: { route: "R" } }, route)).toEqual([]);
  });

  it.each([
    ["http://a:81", "http://a:81"],
    ["http://a:81", "http://A:81/app"],
    ["http://a:81/", "http://a:81/app"],
    ["http://a:81/ap", "http://a:81/app"],
    ["http://a", "http://a:80"],
    ["http://a:80", "http://a"],
    ["unix:/one|http://a", "unix:/two|http://a"],
    [`http://a/${"p".repeat(375)}`, `http://a/${"p".repeat(376)}`],
  ])("%s is taken for a later %s", (first, second) => {
    const [problem, ...others] = among({ url: first }, { url: second });
    expect(problem).toContain(", which httpd takes for member 'm0'");
    expect(others).toEqual([]);
  });

  it.each([
    ["http://a:81/app", "http://a:81"],
    ["http://a:81", "http://a:811"],
    ["http://a:81/app", "http://a:81/App"],
    ["http://a", "https://a"],
    ["http://a.example", "http://a"],
  ])("%s is not taken for a later %s", (first, second) => {
    expect(among({ url: first }, { url: second })).toEqual([]);
  });

  it("is not compared where its address is known at apply only", () => {
    expect(among({ url: ["http://", { deferred: "x" }] }, { url: ["http://", { deferred: "x" }] })).toEqual([]);
  });
});
