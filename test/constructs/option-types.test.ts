import { expect, test } from "vitest";
import type { BalancerClusterProps } from "../../constructs/balancer-cluster.js";
import type { MemberOptions } from "../../constructs/member-options.js";
import { LB_METHODS } from "../../core/vocabulary/lbmethods.js";
import { readStatus } from "../../core/vocabulary/status.js";

type Status = NonNullable<MemberOptions["status"]>;
type LbMethod = NonNullable<BalancerClusterProps["lbmethod"]>;

// What compiles here is half of each test: `npm run check:types` fails where an expected error is none.

test("statuses that compile are read by httpd", () => {
  const statuses: readonly Status[] = ["+H", "-D", "H", "+HD", "+D-H", "+N+D", "DS-H"];
  for (const status of statuses) expect([status, readStatus(status) !== undefined]).toEqual([status, true]);
});

test("statuses that httpd does not read do not compile", () => {
  const statuses: readonly Status[] = [
    // @ts-expect-error -- no such letter
    "+Q",
    // @ts-expect-error -- there is no letter
    "+",
    // @ts-expect-error -- there are two signs
    "++H",
    // @ts-expect-error -- it is a word
    "standby",
    // @ts-expect-error -- it has a separator
    "+H,+D",
  ];
  for (const status of statuses) expect([status, readStatus(status)]).toEqual([status, undefined]);
});

test("load-balancing methods that compile are those of httpd", () => {
  const methods: Readonly<Record<LbMethod, true>> = {
    byrequests: true,
    bytraffic: true,
    bybusyness: true,
    heartbeat: true,
  };
  expect(Object.keys(methods)).toEqual(Object.keys(LB_METHODS));
  // @ts-expect-error -- a method that httpd has not
  const slip: LbMethod = "bytrafic";
  expect(Object.keys(LB_METHODS)).not.toContain(slip);
});
