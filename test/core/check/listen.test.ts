import { describe, expect, it } from "vitest";
import { checkListen } from "../../../core/check/listen.js";
import type { Listen } from "../../../core/topology/topology.js";
import { brief } from "./texts.js";

const check = (...listen: readonly Listen[]) => brief(checkListen(listen, { at: "", subject: "listen" }));

it("has a port from 1 to 65535", () => {
  expect([1, 65_535].flatMap((port) => check({ port }))).toEqual([]);
  expect([0, 65_536, 1.5, Number.NaN].map((port) => check({ port }).length)).toEqual([1, 1, 1, 1]);
});

it("has an address of this machine, IPv6 in brackets", () => {
  expect(["*", "0.0.0.0", "127.0.0.1", "[::1]"].flatMap((address) => check({ address, port: 80 }))).toEqual([]);
  expect(["::1", "[127.0.0.1]", "host", "1.2.3", ""].map((address) => check({ address, port: 80 }).length)).toEqual([
    1, 1, 1, 1, 1,
  ]);
  expect(check({ address: "host", port: 80 })).toEqual([
    "/0/address: 'host' (an IP address, with '[...]' around IPv6)",
  ]);
});

describe("two of one port", () => {
  const both = (first: string | undefined, second: string | undefined) =>
    check(...[first, second].map((address) => (address === undefined ? { port: 80 } : { address, port: 80 }))).length;

  it.each([
    [undefined, undefined],
    ["*", undefined],
    ["[::]", undefined],
    ["127.0.0.1", "127.0.0.1"],
    ["0.0.0.0", "127.0.0.1"],
    ["127.0.0.1", undefined],
    ["[::1]", undefined],
  ])("%s and %s collide", (first, second) => {
    expect([both(first, second), both(second, first)]).toEqual([1, 1]);
  });

  it.each([
    ["127.0.0.1", "127.0.0.2"],
    ["0.0.0.0", undefined],
    ["0.0.0.0", "[::1]"],
    ["127.0.0.1", "[::1]"],
  ])("%s and %s are bound side by side", (first, second) => {
    expect([both(first, second), both(second, first)]).toEqual([0, 0]);
  });

  it("are told apart by the sentence", () => {
    expect(check({ port: 80 }, { port: 80 })).toEqual(["/1: the same address and port twice (each once)"]);
    expect(check({ port: 80 }, { address: "127.0.0.1", port: 80 })).toEqual([
      "/1: '80' and '127.0.0.1:80', of which one takes the port on all addresses (each once)",
    ]);
  });
});
