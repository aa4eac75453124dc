import { describe, expect, it } from "vitest";
import { checkUrl } from "../../../core/check/url.js";
import type { Text } from "../../../core/topology/topology.js";

const check = (url: Text, httpd?: "2.4.20" | "2.4.21") =>
  checkUrl(url, { at: "/url", subject: "url" }, httpd).map(({ allowed }) => allowed);

describe("the URL of a worker", () => {
  it.each([
    ["http://app1:8080"],
    ["https://app1/base"],
    ["unix:/run/app.sock|http://localhost/x"],
    ["http://[::1]:8080/"],
    ["http://app1:1"],
    ["http://app1:65535"],
    ["AJP://App1"],
  ])("may be %s", (url) => {
    expect(check(url)).toEqual([]);
  });

  it.each([
    ["http://app1/a b", "a URL of ASCII letters, digits and signs, without blanks, quotes, '<' and '='"],
    ["http://app1/?a=b", "a URL of ASCII letters, digits and signs, without blanks, quotes, '<' and '='"],
    ["http://user:pw@app1", "scheme://host[:port][/path]"],
    ["app1:8080", "scheme://host[:port][/path]"],
    ["http://app1:0", "a port from 1 to 65535"],
    ["http://app1:65536", "a port from 1 to 65535"],
  ])("is not %s", (url, allowed) => {
    expect(check(url)).toEqual([allowed]);
  });

  it("names the schemes it may have, and the near one", () => {
    const [problem] = checkUrl("htp://a", { at: "/url", subject: "url" }, undefined);
    expect(problem?.allowed).toContain("a scheme of http, https, ajp");
    expect(problem?.fix).toBe("did you mean 'http'?");
  });

  it("has a scheme of the version, where the version is known", () => {
    expect(check("h2c://a", "2.4.20")).toEqual(["schemes of httpd 2.4.20"]);
    expect(check("h2c://a", "2.4.21")).toEqual([]);
    expect(check("h2c://a")).toEqual([]);
  });

  it("has a host of 255 bytes at most, a socket of 95, and 383 in all", () => {
    expect(check(`http://${"a".repeat(255)}`)).toEqual([]);
    expect(check(`http://${"a".repeat(256)}`)).toEqual(["a host of at most 255 bytes"]);
    expect(check(`unix:/${"s".repeat(94)}|http://a`)).toEqual([]);
    expect(check(`unix:/${"s".repeat(95)}|http://a`)).toEqual(["a socket path of at most 95 bytes"]);
    expect(check(`http://a/${"p".repeat(374)}`)).toEqual([]);
    expect(check(`http://a/${"p".repeat(375)}`)).toEqual(["a URL of at most 383 bytes"]);
  });

  it("may have holes for what is known at apply: a host, a port, a path, a socket", () => {
    const hole = { deferred: "x" };
    expect(check(["http://", hole, ":", hole, "/", hole])).toEqual([]);
    expect(check(["unix:", hole, "|http://a"])).toEqual([]);
    expect(check([hole])).toEqual(["scheme://host[:port][/path]"]);
  });

  it("never shows the password it holds", () => {
    expect(checkUrl("http://u:secret@app", { at: "/url", subject: "url" }, undefined)[0]?.found).not.toContain(
      "secret",
    );
  });
});
