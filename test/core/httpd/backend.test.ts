import { describe, expect, it } from "vitest";
import { addressOf, backendOf } from "../../../core/httpd/backend.js";
import { parseUri, withOneColon } from "../../../core/httpd/uri.js";

describe("the parts of a worker's URL", () => {
  it.each([
    [
      "HTTP://App1:8080/Shop?x#y",
      { scheme: "http", host: "app1", port: 8080, path: "/Shop?x#y", authority: "App1:8080" },
    ],
    ["ajp://app1", { scheme: "ajp", host: "app1", port: 8009, path: "", authority: "app1" }],
    ["https://[FD00::1]/", { scheme: "https", host: "fd00::1", port: 443, path: "/", authority: "[FD00::1]" }],
    ["http://u:p@a@app1:81", { host: "app1", port: 81, credentials: "u:p@a", authority: "app1:81" }],
    ["http://app1:80800", { host: "app1", port: 80_800 }],
    ["http://u@app1:", { host: "app1", port: 80, credentials: "u", authority: "app1:" }],
    ["unix:/run/app.sock|http://app1/x", { socket: "/run/app.sock", scheme: "http", host: "app1", path: "/x" }],
    ["UNIX:/run/app.sock|ajp://app1", { socket: "/run/app.sock", port: 8009 }],
  ])("%s is read as httpd reads it", (url, expected) => {
    expect(backendOf(url)).toMatchObject(expected);
  });

  it.each(["app1:8080", "/app", "http:/app", "http://[::1", "http://app1:80x", ""])("%j has none", (url) => {
    expect(backendOf(url)).toBeUndefined();
  });

  it.each([
    ["http://app1", "http://APP1:80/x", true],
    ["http://app1:8080", "http://app1:8081", false],
    ["unix:/run/a|http://app1", "unix:/run/a|http://app2", true],
    ["unix:/run/a|http://app1", "http://app1", false],
  ])("%s and %s are one process: %s", (one, other, same) => {
    const [left, right] = [one, other].map((url) => addressOf(backendOf(url)!));
    expect(left === right).toBe(same);
  });
});

describe("two colons in front of a port", () => {
  it("are one too many, and only there", () => {
    expect(withOneColon("http://app1::8080/x::1")).toBe("http://app1:8080/x::1");
    for (const url of ["http://app1:8080", "http://[::1]:80", "http://app1/x::1", "http://app1::", "app1::80"]) {
      expect(withOneColon(url)).toBeUndefined();
    }
  });

  it("make a URL that apr refuses, and one of them one that it takes", () => {
    expect(parseUri("http://app1::8080")).toBeUndefined();
    expect(parseUri("http://app1:8080")).toMatchObject({ hostname: "app1", port: 8080 });
  });
});
