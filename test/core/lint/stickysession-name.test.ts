import { expect, it } from "vitest";
import { lintConf } from "../../../core/lint/lint-conf.js";
import { stickysessionName } from "../../../core/lint/rules/stickysession-name.js";
import { alone } from "./examples.js";

/** What the rule says about a balancer with this stickysession. */
const found = (stickysession: string): readonly string[] => {
  const text = `<Proxy balancer://shop>\n  BalancerMember http://a:1\n  ProxySet stickysession=${stickysession}\n</Proxy>\n`;
  return lintConf(alone(text), [stickysessionName]).diagnostics.map((one) => one.found);
};

it("a stickysession of 63 bytes is whole, one byte more is cut", () => {
  expect(found("s".repeat(63))).toEqual([]);
  expect(found("s".repeat(64))).toEqual(["64 characters, which httpd cuts at 63"]);
});
