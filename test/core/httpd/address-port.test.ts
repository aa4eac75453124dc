import { expect, it } from "vitest";
import { readAddressPort, readHostAddress } from "../../../core/httpd/address-port.js";

/** What apr makes of each; `<VirtualHost>` and `Listen` of a real httpd are asked in the real test beside this. */
const READ: readonly (readonly [text: string, host: string | undefined, port: number | undefined])[] = [
  ["80", undefined, 80],
  ["00080", undefined, 80],
  ["a.example", "a.example", undefined],
  ["a.example:81", "a.example", 81],
  ["a:b:81", "a:b", 81],
  ["a:", "a:", undefined],
  ["h80", "h80", undefined],
  ["[fd00::1]", "fd00::1", undefined],
  ["[fd00::1]:443", "fd00::1", 443],
  ["[fe80::1%eth0]:443", "fe80::1", 443],
  ["*:80", "*", 80],
  ["a:4294967376", "a", 80],
];

it.each(READ)("%s is host %s and port %s", (text, host, port) => {
  expect(readAddressPort(text)).toEqual({ host, port });
});

it.each(["", "0", "65536", ":80", "a:0", "a:65536", "[x]", "[x]:80", "[::1", "[::1]x", "[10.0.0.1]:80", "[::1%]:80"])(
  "'%s' is refused",
  (text) => {
    expect(readAddressPort(text)).toBeUndefined();
  },
);

it("takes :* of a virtual host for every port", () => {
  expect(readHostAddress("10.0.0.1:*")).toEqual({ host: "10.0.0.1", port: undefined });
  expect(readHostAddress("*:*")).toEqual({ host: "*", port: undefined });
  expect(readHostAddress("*")).toEqual({ host: "*", port: undefined });
  expect(readHostAddress(":*")).toBeUndefined();
});
