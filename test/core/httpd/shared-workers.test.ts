import { describe, expect, it } from "vitest";
import { SharedWorkers, workerName } from "../../../core/httpd/shared-workers.js";

describe("the name of a worker", () => {
  it.each([
    ["http://A:80/App", "http://a/App"],
    ["HTTPS://a:443", "https://a"],
    ["ajp://a:8009/", "ajp://a/"],
    ["fcgi://a:8000", "fcgi://a"],
    ["http://a:8080", "http://a:8080"],
    ["http://a:", "http://a"],
    ["http://[::1]:80", "http://[::1]"],
    ["unix:/run/a.sock|http://a:81/x", "http://a:81/x"],
    ["no url", "no url"],
  ])("of %s is %s", (url, name) => {
    expect(workerName(url)).toBe(name);
  });

  it("is cut at 383 bytes", () => {
    const url = (length: number) => `http://a/${"p".repeat(length - "http://a/".length)}`;
    expect(workerName(url(383))).toBe(url(383));
    expect(workerName(url(384))).toBe(url(383));
  });
});

describe("a worker is shared", () => {
  /** The first of the workers that a URL gets. */
  const shared = (url: string, ...others: readonly string[]) => {
    const workers = new SharedWorkers<string>();
    for (const other of others) workers.add(workerName(other), other);
    return workers.shared(url);
  };

  it("with the longest name that the URL begins with", () => {
    expect(shared("http://a/app/x", "http://a", "http://a/app", "http://a/other")).toBe("http://a/app");
    expect(shared("http://A/ap", "http://a", "http://a/app")).toBe("http://a");
    expect(shared("http://a/APP", "http://a/app")).toBeUndefined();
  });

  it("only when all of scheme, host and port are in the name", () => {
    expect(shared("http://abc", "http://a")).toBeUndefined();
    expect(shared("http://a:8080", "http://a")).toBeUndefined();
    expect(shared("http://a:80/x", "http://a:80")).toBeUndefined();
    expect(shared("http://a/x", "http://a:80")).toBe("http://a:80");
  });

  it("whatever the socket is", () => {
    expect(shared("unix:/two|http://a/x", "unix:/one|http://a")).toBe("unix:/one|http://a");
  });

  it("up to the 383 bytes that names have", () => {
    const name = `http://a/${"p".repeat(374)}`;
    expect(shared(`${name}q`, name)).toBe(name);
    expect(shared(`${name}q`, `${name}z`)).toBe(`${name}z`);
  });

  it("by nothing that has no host", () => {
    expect(["http:", "http://", "a", "unix:/s|x"].map((url) => shared(url, "http://a"))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("with the first of two of one name, which stay both in the list", () => {
    const workers = new SharedWorkers<number>();
    workers.add("http://a", 1);
    workers.add("http://a", 2);
    expect([workers.named("http://a"), workers.list]).toEqual([1, [1, 2]]);
  });

  it("with a pattern of ProxyPassMatch, where `$1` stands for any text", () => {
    const workers = new SharedWorkers<string>();
    workers.add("http://a/$1/end", "pattern", true);
    expect(workers.shared("http://a/any/thing/end", true)).toBe("pattern");
    expect(workers.shared("http://a/any/thing", true)).toBeUndefined();
    expect(workers.shared("http://a/any/end")).toBeUndefined();
  });
});
