import fc from "fast-check";
import { expect, it } from "vitest";
import { serverNameOf } from "../../../core/httpd/server-name.js";

it.each([
  ["www.example", undefined, "www.example", undefined],
  ["https://www.example", "https", "www.example", 443],
  ["HTTP://WWW.example", "http", "WWW.example", 80],
  ["www.example:8080", undefined, "www.example", 8080],
  ["a:80:90", undefined, "a", 80],
  ["a:80x", undefined, "a", 80],
  ["ht!tp://a", "ht!tp", "a", undefined],
  ["://a", "", "a", undefined],
  ["a:81://b:82", "a:81", "b", 82],
])("%s: scheme %s, name %s, port %s", (text, scheme, name, port) => {
  expect(serverNameOf(text)).toEqual({ scheme, name, port });
});

it("ends a name at its first colon, whatever follows", () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[a-z.]{1,12}$/),
      fc.nat(65_535),
      fc.stringMatching(/^[^0-9].*$/),
      (name, port, rest) => {
        fc.pre(!rest.includes("://"));
        expect(serverNameOf(`${name}:${port}${rest}`)).toMatchObject({ name, port });
      },
    ),
  );
});
