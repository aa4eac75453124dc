import { describe, expect, it } from "vitest";
import { readText } from "../../../support/conf-fixtures.js";

describe("Listen with a protocol", () => {
  it.each([
    ["Listen 443 https", [{ port: 443 }]],
    ["Listen 10.0.0.1:443 HTTPS", [{ address: "10.0.0.1", port: 443 }]],
    ["Listen 8080 http", [{ port: 8080 }]],
  ])("is read where its port has the protocol anyway: %s", (line, listen) => {
    const [server] = readText(`${line}\nProxyPass / http://h:1/\n`).topology.servers;
    expect([server?.listen, server?.extra]).toEqual([listen, undefined]);
  });

  it.each(["Listen 8443 https", "Listen 443 http"])("is kept as it is elsewhere: %s", (line) => {
    const [server] = readText(`${line}\nProxyPass / http://h:1/\n`).topology.servers;
    expect(server?.extra).toEqual([line]);
  });
});
