import { expect, it } from "vitest";
import { checkHostAddress } from "../../../core/check/host-address.js";

const check = (address: string) => checkHostAddress(address, { at: "", subject: "address" }).length;

it.each(["*", "*:80", "*:*", "_default_:443", "10.0.0.1", "10.0.0.1:1", "[::1]:65535", "www.example.org:80"])(
  "may be %s",
  (address) => {
    expect(check(address)).toBe(0);
  },
);

it.each(["", "*:0", "*:65536", "::1", "[::1", "10.0.0:80", "[10.0.0.1]:80", "*:", "a b"])("is not %j", (address) => {
  expect(check(address)).toBe(1);
});
