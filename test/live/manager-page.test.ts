import { expect, test } from "vitest";
import { noncesOfPage } from "../../live/manager-page.js";

test("the nonce of each balancer stands in the links of the page", () => {
  const page = [
    '<h3>LoadBalancer Status for <a href="/bm?b=one&amp;nonce=d97fcac9-86c1">balancer://one</a> [p8df6fda7_one]</h3>',
    '<td><a href="/bm?b=one&amp;w=http://localhost:8580/x&z&amp;nonce=d97fcac9-86c1">http://localhost:8580/x&z</a></td>',
    '<h3>LoadBalancer Status for <a href="/bm?b=Two&amp;nonce=">balancer://two</a> [p8df6fda7_two]</h3>',
    "<a href='/bm?b=three&nonce=none of these blanks'>balancer://three</a>",
  ];
  expect([...noncesOfPage(page.join("\n"))]).toEqual([
    ["one", "d97fcac9-86c1"],
    ["two", ""],
    ["three", "none"],
  ]);
});

test("a page without links has no nonce", () => {
  expect(noncesOfPage("<html><h1>Load Balancer Manager</h1></html>").size).toBe(0);
});
