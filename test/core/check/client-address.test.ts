import { expect, it } from "vitest";
import { checkClientAddress } from "../../../core/check/client-address.js";

const check = (address: string) => checkClientAddress(address, { at: "", subject: "access" }).length;

it.each(["10.0.0.1", "10.1", "10.1.", "10.0.0.0/8", "10.0.0.0/32", "10.0.0.0/255.0.0.0", "::1", "2001:db8::/128"])(
  "may be %s",
  (address) => {
    expect(check(address)).toBe(0);
  },
);

it.each([
  "",
  "host",
  "10.0.0.256",
  "10.0.0.0/0",
  "10.0.0.0/33",
  "::1/129",
  "10.0.0.0/",
  "10.0.0.0/8 all",
  "::ffff:10.0.0.1",
])("is not %j", (address) => {
  expect(check(address)).toBe(1);
});
