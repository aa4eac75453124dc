import { expect, test } from "vitest";
import { effectiveMember } from "../../../core/topology/effective.js";
import { seconds } from "../../../core/vocabulary/duration.js";

const member = (parameters: Parameters<typeof effectiveMember>[0]["parameters"]) =>
  effectiveMember({ name: "a", url: "http://a", parameters });

test("a member that starts initialized (status=+O) has no retry time unless it is set", () => {
  expect(member({ status: "+O" }).retry).toBe(0n);
  expect(member({ status: "+O", retry: seconds(7) }).retry).toBe(7_000_000n);
});

test.each(["+I", "+H", "+R", "+N", "+D"])(
  "a member with status=%s keeps the default retry time of a minute",
  (status) => {
    expect(member({ status }).retry).toBe(60_000_000n);
  },
);
