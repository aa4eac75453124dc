import { expect, test, vi } from "vitest";
import type { LiveBalancer } from "../../core/host/live-state.js";
import { foundBefore } from "../support/found-before.js";
import { describeReal } from "../support/real.js";
import { runbookUnderLoad } from "../support/runbook-load.js";
import type { RunbookVariant } from "../support/runbook-load.js";
import { CHECKED, variantOf } from "../support/runbook-variants.js";

// Most of it is waiting; a busy machine waits longer.
vi.setConfig({ testTimeout: 300_000 });

const STICKY = "ProxySet stickysession=JSESSIONID";

const VARIANTS: Readonly<Record<string, RunbookVariant>> = {
  "a rolling restart with health checks that see the servers down": {
    members: [CHECKED, `loadfactor=5 ${CHECKED}`],
    words: ["rolling-restart"],
    down: 1500,
  },
  "a rolling restart with sessions, beside a standby": {
    members: ["route=a loadfactor=5", "route=b", "status=+H"],
    settings: [STICKY],
    routes: ["a", "b"],
    words: ["rolling-restart", "--member", "M0", "--member", "M1"],
  },
  "a rolling restart with nofailover and members out of service": {
    members: ["route=a", "route=b", "route=c status=+N", "status=+D"],
    settings: [`${STICKY} nofailover=On`],
    routes: ["a", "b", "c"],
    words: ["rolling-restart", "--member", "M0", "--member", "M2"],
  },
  "drain and stop, and the way back": {
    members: ["route=a", "route=b loadfactor=1.15"],
    settings: [`${STICKY} nofailover=On`],
    routes: ["a", "b"],
    words: ["drain-and-stop", "--member", "M1"],
    undo: true,
  },
  "a weight shift in stages, and the way back": {
    members: [`loadfactor=1.15 ${CHECKED}`, CHECKED],
    words: ["shift-weights", "--weight", "M0=9", "--stages", "10,50"],
    undo: true,
  },
  "an emergency, and the way back": { members: ["", ""], words: ["emergency", "--member", "M0"], undo: true },
  "a return, and the way back": { members: ["", "status=+D"], words: ["return", "--member", "M1"], undo: true },
  "a promotion, and the way back": { members: ["", "status=+H"], words: ["promote", "--member", "M1"], undo: true },
  "clearing an error": { members: ["", CHECKED], words: ["clear-error", "--member", "M1"] },
  "an addition, and the way back": {
    members: ["", ""],
    further: 1,
    settings: ["ProxySet growth=2"],
    words: ["add", "--member", "M2", "--weight", "M2=2"],
    undo: true,
  },
  "a reload that forgets a live drain and a live weight, which are made again": {
    members: ["", "loadfactor=2", ""],
    live: [
      { of: 0, status: "+N" },
      { of: 1, loadfactor: 7 },
    ],
    words: ["reload"],
  },
  "a reload with BalancerPersist, which keeps them": {
    members: ["", "loadfactor=2", CHECKED],
    head: ["BalancerPersist On"],
    live: [
      { of: 0, status: "+D" },
      { of: 1, loadfactor: 7 },
    ],
    words: ["reload"],
  },
  "a rolling restart with BalancerPersist": {
    members: ["route=a", "route=b"],
    head: ["BalancerPersist On"],
    settings: [STICKY],
    routes: ["a", "b"],
    words: ["rolling-restart"],
  },
  "drain and stop with health checks and sessions, and the way back": {
    members: [`route=a ${CHECKED}`, `route=b ${CHECKED}`],
    settings: [STICKY],
    routes: ["a", "b"],
    words: ["drain-and-stop", "--member", "M0"],
    undo: true,
  },
  "a weight shift with health checks and sessions, and the way back": {
    members: [`route=a ${CHECKED}`, `route=b ${CHECKED}`],
    settings: [STICKY],
    routes: ["a", "b"],
    words: ["shift-weights", "--weight", "M0=4", "--stages", "50"],
    undo: true,
  },
  "other settings, and the way back": {
    members: ["", ""],
    settings: ["ProxySet stickysession=A|a"],
    words: ["set-balancer", "--set", "lbmethod=bybusyness", "--set", "stickysession=B|b", "--set", "maxattempts=3"],
    undo: true,
  },
};

const OPERATIONS: Readonly<Record<string, Pick<RunbookVariant, "words" | "undo" | "down">>> = {
  "a rolling restart": { words: ["rolling-restart"] },
  "a drain and its way back": { words: ["drain-and-stop", "--member", "M0"], undo: true },
  "a weight shift and its way back": { words: ["shift-weights", "--weight", "M0=4", "--stages", "50"], undo: true },
};

/** What loses nothing is promised of each of the three, with and without health checks, with and without sessions. */
const MATRIX = Object.entries(OPERATIONS).flatMap(([name, operation]) =>
  [false, true].flatMap((checked) =>
    [false, true].map((sticky): readonly [string, RunbookVariant] => {
      const members = ["a", "b"].map((route) => `route=${route} ${checked ? CHECKED : ""}`);
      const sessions = { settings: [STICKY], routes: ["a", "b"] };
      const label = `${name}, ${checked ? "with" : "without"} health checks, ${sticky ? "with" : "without"} sessions,`;
      return [label, { members, ...operation, ...(sticky && sessions) }];
    }),
  ),
);

/** What of a balancer an operator sets. */
function settingsOf({ workers, ...rest }: LiveBalancer): unknown {
  const balancer = { ...rest, nonce: undefined };
  const members = workers.map(({ name, status, lbfactor, lbset, route, redirect }) => {
    return { name, status: [...status].sort(), lbfactor, lbset, route, redirect };
  });
  return { ...balancer, members };
}

describeReal("the printed script, under 8 clients with 250 ms answers", ["apache2"], () => {
  test.each(Object.entries(VARIANTS))("%s loses no request and leaves all as it was", async (_, variant) => {
    const outcome = await runbookUnderLoad(variant);
    const statuses = variant.undo === true ? [0, 0] : [0];
    expect(outcome, outcome.output).toMatchObject({ statuses, lost: [], cut: 0 });
    expect(outcome.requests).toBeGreaterThan(8);
    const restored = variant.words[0] !== "return" || variant.undo === true;
    const { workers } = outcome.after;
    // httpd cannot take a member out while it runs: one that was added stays, disabled.
    const added = workers.slice(variant.members.length);
    expect(added.map(({ status }) => status.has("D"))).toEqual(added.map(() => true));
    const after = { ...outcome.after, workers: workers.slice(0, variant.members.length) };
    if (restored) expect(settingsOf(after)).toEqual(settingsOf(outcome.before));
  });

  // They mostly wait: three at a time are no load.
  test.each([0, 1, 2, 3])("the operations of the promise lose no request, group %i", async (group) => {
    const cases = MATRIX.slice(3 * group, 3 * group + 3);
    const outcomes = await Promise.all(cases.map(([, variant]) => runbookUnderLoad(variant)));
    for (const [index, outcome] of outcomes.entries()) {
      const [label, { undo = false }] = cases[index] ?? ["", { words: [], members: [] }];
      const about = `${label} ${outcome.output}`;
      expect(outcome, about).toMatchObject({ statuses: undo ? [0, 0] : [0], lost: [], cut: 0 });
      expect(outcome.requests, about).toBeGreaterThan(8);
      expect(settingsOf(outcome.after), about).toEqual(settingsOf(outcome.before));
    }
  });

  test.each(foundBefore("runbooks"))("what a campaign once found loses nothing: $name", async ({ fixture }) => {
    const { variant } = fixture as { readonly variant: RunbookVariant };
    const outcome = await runbookUnderLoad(variant);
    expect(outcome, outcome.output).toMatchObject({ lost: [], cut: 0 });
  });

  test.each([11])("a variant of seed %i loses no request and leaves all as it was", async (seed) => {
    const outcome = await runbookUnderLoad(variantOf(seed));
    expect(outcome, outcome.output).toMatchObject({ lost: [], cut: 0 });
    expect(new Set(outcome.statuses)).toEqual(new Set([0]));
    expect(settingsOf(outcome.after)).toEqual(settingsOf(outcome.before));
  });
});
