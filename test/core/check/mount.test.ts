import { describe, expect, it } from "vitest";
import { checkMount } from "../../../core/check/mount.js";
import type { Mount } from "../../../core/topology/topology.js";
import { brief } from "./texts.js";

const toCluster = (path: string): Mount["to"] => ({ kind: "cluster", cluster: "c", path });
const check = (mount: Partial<Mount>) =>
  brief(
    checkMount(
      { path: "/app", to: toCluster(""), ...mount },
      {
        at: "/m",
        owner: "server 's'",
        sees: (name) => name === "c",
        clusters: () => ["c"],
      },
    ),
  );

describe("the path of a mount", () => {
  it.each(["app", "", "/a?b", "/a#b"])("is refused: %j", (path) => {
    expect(check({ path })).toHaveLength(1);
  });

  it("to a balancer takes 63 bytes and no more; to a URL it may be longer", () => {
    expect(check({ path: `/${"a".repeat(62)}` })).toEqual([]);
    expect(check({ path: `/${"a".repeat(63)}` })).toEqual(["/m/path: 64 bytes (at most 63 bytes)"]);
    expect(check({ path: `/${"é".repeat(31)}` })).toEqual([]);
    expect(check({ path: `/${"é".repeat(32)}` })).toEqual(["/m/path: 65 bytes (at most 63 bytes)"]);
    expect(check({ path: `/${"a".repeat(63)}`, to: { kind: "url", url: "http://a", parameters: {} } })).toEqual([]);
  });

  it("is a regular expression that httpd compiles, when it is one", () => {
    expect(check({ path: "^/[[:alpha:]]++(?<rest>/.*)?$", match: true })).toEqual([]);
    expect(check({ path: "^/(", match: true })).toEqual(["/m/path: '^/(' (a regular expression that can be compiled)"]);
    expect(check({ path: "~", match: true })).toEqual(["/m/path: '~' (a regular expression)"]);
  });

  it("has no wildcards in a section, where httpd would take them for such", () => {
    const wildcard = ["/m/path: '/a*' (a path without '*', '[', ']' and backslash in a Location)"];
    expect(check({ path: "/a*", inLocation: true })).toEqual(wildcard);
    expect(check({ path: "/a*", access: { kind: "local" } })).toEqual(wildcard);
    expect(check({ path: "/a*" })).toEqual([]);
  });
});

describe("the target of a mount", () => {
  it("is a cluster that is seen from there", () => {
    expect(check({ to: { kind: "cluster", cluster: "d", path: "" } })).toEqual(["/m/to/cluster: 'd' (c)"]);
  });

  it.each([
    ["/app/", "", "/m/to/path: '' (a path that ends in '/')"],
    ["/app", "x", "/m/to/path: 'x' (a path that begins with '/')"],
    ["/app", "/x/", "/m/to/path: '/x/' (a path that ends like '/app')"],
    ["/app/", "/x", "/m/to/path: '/x' (a path that ends like '/app/')"],
    ["/app", "/a b", "/m/to/path: '/a b' (a word without blanks and quotes)"],
  ])("of %s is not %j: httpd glues the rest of the path to it", (path, target, problem) => {
    expect(check({ path, to: toCluster(target) })).toEqual([problem]);
  });

  it.each([
    ["/app", ""],
    ["/app/", "/"],
    ["/app/", "/x/"],
    ["/app", "/x"],
  ])("of %s may be %j", (path, target) => {
    expect(check({ path, to: toCluster(target) })).toEqual([]);
  });

  it("of an expression begins with '/' or a group", () => {
    expect(check({ path: "^/(.*)", match: true, to: toCluster("$1") })).toEqual([]);
    expect(check({ path: "^/(.*)", match: true, to: toCluster("x$1") })).toEqual([
      "/m/to/path: 'x$1' (a path that begins with '/' or '$')",
    ]);
  });

  it("that is a URL has parameters of a worker, but no health checks, which only members have", () => {
    const to = (parameters: object): Mount["to"] => ({ kind: "url", url: "http://a", parameters });
    expect(check({ to: to({ retry: { milliseconds: 1000 } }) })).toEqual([]);
    expect(check({ to: to({ lbset: 100 }) })[0]).toContain("/m/to/parameters/lbset");
    expect(check({ to: to({ hcfails: 2 }) })).toEqual([
      "/m/to/parameters/hcfails: a mount without a cluster (a member of a cluster)",
    ]);
    expect(check({ to: { kind: "url", url: "a", parameters: {} } })[0]).toContain("/m/to/url");
  });

  it("may be none, for a path that is not proxied", () => {
    expect(check({ to: { kind: "exclude" } })).toEqual([]);
  });
});

describe("what else a mount says", () => {
  it.each([
    [{ keywords: ["nocanon", "nope" as "nocanon"] }, "/m/keywords/1: 'nope'"],
    [{ reverse: [{ path: "", url: "http://a" }] }, "/m/reverse/0/path: ''"],
    [{ reverse: [{ path: "/", url: "a b" }] }, "/m/reverse/0/url: 'a b'"],
    [{ cookieDomains: [{ internal: "a b", public: "c" }] }, "/m/cookieDomains/0/internal: 'a b'"],
    [{ cookiePaths: [{ internal: "/a", public: '"' }] }, "/m/cookiePaths/0/public: '\"'"],
    [{ access: { kind: "addresses", addresses: [] } }, "/m/access: no address"],
  ] satisfies readonly (readonly [Partial<Mount>, string])[])("is checked: %j", (values, problem) => {
    const found = check(values);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(problem);
  });
});
