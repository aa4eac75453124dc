import fc from "fast-check";
import type { Backend } from "../../../core/model/engine.js";
import type { Step } from "../../../core/scenario/scenario.js";
import { millis, seconds } from "../../../core/vocabulary/duration.js";
import type { WorkerParameters } from "../../../core/vocabulary/worker.js";

/** Members with weights, sets and roles; every second one is a plain active. */
export const memberParameters: fc.Arbitrary<WorkerParameters> = fc.record(
  {
    loadfactor: fc.oneof(
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 100, max: 1500 }).map((n) => n / 100),
    ),
    lbset: fc.constantFrom(0, 0, 0, 1, 2),
    retry: fc.constantFrom(seconds(1), seconds(2), seconds(60)),
    status: fc.constantFrom("", "", "", "", "+H", "+R", "+D", "+N", "+S", "+HR", "+I"),
    route: fc.constantFrom("r1", "r2", "r3"),
    redirect: fc.constantFrom("r1", "r2", "r3"),
  },
  { requiredKeys: [] },
);

/** One to six of them. */
export const memberLists = fc.array(memberParameters, { minLength: 1, maxLength: 6 });

/** Most backends answer. */
export const backend: fc.Arbitrary<Backend> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Backend>({ kind: "answers", status: 200, body: 0 }) },
  { weight: 1, arbitrary: fc.constant<Backend>({ kind: "answers", status: 503, body: 10 }) },
  { weight: 2, arbitrary: fc.constant<Backend>({ kind: "refuses" }) },
);

/** Steps over members named a, b, c, ..., each name below the count; start and stop alternate for each member. */
export function stepLists(count: number): fc.Arbitrary<readonly Step[]> {
  const member = fc.integer({ min: 0, max: count - 1 }).map((index) => String.fromCharCode(97 + index));
  const step: fc.Arbitrary<Step | { readonly toggle: string }> = fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 1, max: 40 }).map((requests) => ({ request: { count: requests } })) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom("r1", "r2", "r9")
        .map((route) => ({ request: { count: 3, cookies: { SID: `x.${route}` } } })),
    },
    { weight: 3, arbitrary: member.map((toggle) => ({ toggle })) },
    { weight: 2, arbitrary: fc.constantFrom(400, 1000, 2500).map((time) => ({ wait: millis(time) })) },
    { weight: 1, arbitrary: member.map((name) => ({ set: { member: name, loadfactor: 3 } })) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(member, fc.constantFrom("+D", "-D", "+N", "-N"))
        .map(([name, status]) => ({ set: { member: name, status } })),
    },
    { weight: 1, arbitrary: fc.constant<Step>({ reload: "graceful" }) },
  );
  return fc.array(step, { minLength: 1, maxLength: 15 }).map((steps) => {
    const down = new Set<string>();
    return steps.map((made): Step => {
      if (!("toggle" in made)) return made;
      const { toggle } = made;
      if (down.delete(toggle)) return { start: [toggle] };
      down.add(toggle);
      return { stop: [toggle] };
    });
  });
}
