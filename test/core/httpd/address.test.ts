import { expect, it } from "vitest";
import { isEveryAddress, isLoopbackHost } from "../../../core/httpd/address.js";

it.each(["localhost", "127.0.0.1", "127.255.255.255", "::1"])("%s is this machine itself", (host) => {
  expect(isLoopbackHost(host)).toBe(true);
});

it.each(["", "127.0.0", "127.0.0.256", "127.0.0.1.example", "localhost.example", "128.0.0.1", "::2"])(
  "'%s' may be another machine",
  (host) => {
    expect(isLoopbackHost(host)).toBe(false);
  },
);

it.each(["*", "_default_", "_DEFAULT_", "0.0.0.0", "::", "[::]"])("'%s' is every address of a machine", (address) => {
  expect(isEveryAddress(address)).toBe(true);
});

it.each(["", "0.0.0.1", "::1", "[::1]", "127.0.0.1", "**", "localhost"])("'%s' is not every address", (address) => {
  expect(isEveryAddress(address)).toBe(false);
});
