import { describe, expect, it } from "vitest";
import { initialState, modelBalancer, serve } from "../../../core/model/engine.js";
import type { Backend } from "../../../core/model/engine.js";
import type { BalancerParameters } from "../../../core/vocabulary/balancer.js";
import type { WorkerParameters } from "../../../core/vocabulary/worker.js";
import { clusterOf } from "./cluster.js";

/** What a real httpd 2.4.71 did, pick by pick, with the lbstatus of every member after each. */
interface Vector {
  readonly of: string;
  readonly members: readonly WorkerParameters[];
  readonly balancer?: BalancerParameters;
  /** Letters of members that refuse connections. */
  readonly down?: string;
  /** Routes of the requests; as many requests as picks. */
  readonly routes?: readonly (string | undefined)[];
  readonly picks: string;
  readonly lbstatus?: readonly (readonly number[])[];
}

const zero = (count: number) => new Array<number>(count).fill(0);
const factor = (loadfactor: number, rest: WorkerParameters = {}): WorkerParameters => ({ loadfactor, ...rest });
const status = (letters: string, rest: WorkerParameters = {}): WorkerParameters => ({ status: letters, ...rest });

const MANUAL: readonly Vector[] = [
  {
    of: "the manual's four workers, one disabled",
    members: [factor(25), factor(25, { status: "+D" }), factor(25), factor(25)],
    picks: "acdacd",
    lbstatus: [
      [-5000, 0, 2500, 2500],
      [-2500, 0, -2500, 5000],
      [0, 0, 0, 0],
    ],
  },
  { of: "the manual's four equal workers", members: [25, 25, 25, 25].map((f) => factor(f)), picks: "abcdabcd" },
  {
    of: "the manual's 1, 4, 1",
    members: [factor(1), factor(4), factor(1)],
    picks: "babbcbbabbcb",
    lbstatus: [
      [100, -200, 100],
      [-400, 200, 200],
      [-300, 0, 300],
      [-200, -200, 400],
      [-100, 200, -100],
      [0, 0, 0],
    ],
  },
  {
    of: "the manual's 70 and 30",
    members: [factor(70), factor(30)],
    picks: "abaaabaabaabaaabaaba",
    lbstatus: [-30, 40, 10, -20, -50, 20, -10, -40, 30, 0].map((unit) => [unit * 100, 0 - unit * 100]),
  },
  { of: "1, 5", members: [factor(1), factor(5)], picks: "bbabbbbbabbb" },
  { of: "1, 2.25", members: [factor(1), factor(2.25)], picks: "babbabbbabbabbabbabbbabbab" },
  { of: "1, 1.5, 3.33", members: [factor(1), factor(1.5), factor(3.33)], picks: "cbcacbccacbc" },
  {
    of: "the manual's 1, 20, 5",
    members: [factor(1), factor(20), factor(5)],
    picks: "bbcbbbbcbbbabbcbbbcbbbbcbb".repeat(2),
  },
  { of: "1, 2, 3", members: [factor(1), factor(2), factor(3)], picks: "cbacbc" },
  { of: "3, 2, 1", members: [factor(3), factor(2), factor(1)], picks: "abacba" },
  { of: "5, 1, 1", members: [factor(5), factor(1), factor(1)], picks: "aabacaaaabacaa" },
];

const RECORDED: readonly Vector[] = [
  {
    of: "two spares for one disabled member: the first is called",
    members: [{}, status("+D"), status("+R"), status("+R")],
    picks: "acac",
    lbstatus: [
      [-100, 0, 100, 0],
      [0, 0, 0, 0],
    ],
  },
  {
    of: "a spare's weight",
    members: [factor(3), status("+D"), factor(2, { status: "+R" }), status("+R")],
    picks: "acacaaca",
    lbstatus: [
      [-200, 0, 200, 0],
      [100, 0, -100, 0],
      [-100, 0, 100, 0],
      [200, 0, -200, 0],
      [0, 0, 0, 0],
    ],
  },
  {
    of: "a drained member calls a spare in",
    members: [status("+N"), {}, status("+R")],
    picks: "bcbc",
    lbstatus: [
      [0, -100, 100],
      [0, 0, 0],
    ],
  },
  {
    of: "a spare beats a standby",
    members: [status("+D"), status("+D"), status("+R"), status("+H")],
    picks: "cccc",
    lbstatus: [zero(4), zero(4), zero(4), zero(4)],
  },
  {
    of: "a spare without an unusable member of its own set does not serve",
    members: [status("+D"), { lbset: 1 }, status("+R", { lbset: 1 })],
    picks: "bbb",
    lbstatus: [zero(3), zero(3), zero(3)],
  },
  {
    of: "a standby of a lower set beats an active of a higher one",
    members: [status("+D"), status("+H"), { lbset: 1 }],
    picks: "bbb",
    lbstatus: [zero(3), zero(3), zero(3)],
  },
  {
    of: "standbys share by weight",
    members: [status("+D"), status("+H"), factor(3, { status: "+H" })],
    picks: "cbcccbcc",
    lbstatus: [
      [0, 100, -100],
      [0, -200, 200],
      [0, -100, 100],
      [0, 0, 0],
    ],
  },
  {
    of: "a member that fails once",
    members: [{}, {}, {}],
    down: "b",
    picks: "accacacac",
    lbstatus: [
      [-200, 100, 100],
      [0, -100, 100],
      [100, -100, 0],
      [0, -100, 100],
      [100, -100, 0],
    ],
  },
  { of: "+HR behaves as a spare: idle beside an active", members: [{}, status("+HR")], picks: "aaa" },
  { of: "+HR behaves as a spare: called for a disabled one", members: [status("+D"), status("+HR")], picks: "bbb" },
  {
    of: "sessions charge every member",
    members: [{ route: "r1" }, { route: "r2" }, factor(2, { route: "r3" })],
    balancer: { stickysession: "SID" },
    routes: ["r1", "r1", "r1"],
    picks: "aaaccbcbc",
    lbstatus: [
      [-300, 100, 200],
      [-600, 200, 400],
      [-900, 300, 600],
      [-800, 400, 400],
      [-700, 500, 200],
      [-600, 200, 400],
      [-500, 300, 200],
      [-400, 0, 400],
      [-300, 100, 200],
    ],
  },
  {
    of: "sessions reach other sets and standbys",
    members: [{ route: "r1" }, { route: "r2", lbset: 1 }, status("+H", { route: "r3" })],
    balancer: { stickysession: "SID" },
    routes: ["r1", "r1", undefined, undefined, undefined, "r2", "r3"],
    picks: "aaaaabc",
    lbstatus: [
      [-200, 100, 100],
      [-400, 200, 200],
      [-400, 200, 200],
      [-400, 200, 200],
      [-400, 200, 200],
      [-300, 0, 300],
      [-200, 100, 100],
    ],
  },
  {
    of: "a spare serves for a member in error",
    members: [{}, {}, status("+R")],
    down: "a",
    picks: "bcbc",
    lbstatus: [
      [-100, 0, 100],
      [-100, 100, 0],
    ],
  },
  {
    of: "the next set takes over",
    members: [{}, {}, { lbset: 1 }, { lbset: 1 }],
    down: "ab",
    picks: "cdcd",
    lbstatus: [
      [-100, 100, -100, 100],
      [-100, 100, 0, 0],
    ],
  },
  {
    of: "a failure in the third turn",
    members: [{}, {}, {}, {}],
    down: "c",
    picks: "abddabdab",
    lbstatus: [
      [-300, 100, 100, 100],
      [-200, -200, 200, 200],
      [0, 0, -100, 100],
      [100, 100, -100, -100],
      [-100, 200, -100, 0],
      [0, 0, -100, 100],
    ],
  },
  {
    of: "the heavier one down from the start",
    members: [factor(1), factor(5)],
    down: "b",
    picks: "aaa",
    lbstatus: [
      [100, -100],
      [100, -100],
    ],
  },
  {
    of: "three down: all are tried each time",
    members: [{}, {}, {}],
    down: "abc",
    picks: "----",
    lbstatus: [
      [-200, 0, 200],
      [0, 0, 0],
      [-200, 0, 200],
      [0, 0, 0],
    ],
  },
  {
    of: "three down, one further try",
    members: [{}, {}, {}],
    balancer: { maxattempts: 1 },
    down: "abc",
    picks: "----",
    lbstatus: [
      [-200, 0, 200],
      [-100, 100, 0],
      [0, 0, 0],
      [-200, 0, 200],
    ],
  },
  {
    of: "three down, no forced recovery",
    members: [{}, {}, {}],
    balancer: { forcerecovery: false },
    down: "abc",
    picks: "----",
  },
];

function play({ members, balancer = {}, down = "", routes = [], picks }: Vector) {
  const cluster = clusterOf(members, balancer);
  const state = initialState(modelBalancer(cluster));
  const backends = cluster.members.map(({ name }): Backend =>
    down.includes(name) ? { kind: "refuses" } : { kind: "answers", status: 200, body: 0 },
  );
  const seen = Array.from(picks, (_, index) => {
    const { member, status: answer } = serve(state, { route: routes[index], bytes: 0 }, { backends });
    return { pick: cluster.members[member]?.name ?? "-", answer, lbstatus: [...state.lbstatus] };
  });
  return { seen, state };
}

describe("the model repeats what httpd 2.4.71 did", () => {
  it.each([...MANUAL, ...RECORDED])("$of", (vector) => {
    const { seen } = play(vector);
    expect(seen.map(({ pick }) => pick).join("")).toBe(vector.picks);
    for (const [index, lbstatus] of (vector.lbstatus ?? []).entries()) {
      expect(seen[index]?.lbstatus, `lbstatus after request ${index + 1}`).toEqual(lbstatus);
    }
    for (const { pick, answer } of seen) expect(answer).toBe(pick === "-" ? 503 : 200);
  });

  it("every try is counted as elected", () => {
    const down = { of: "", members: [{}, {}, {}], down: "abc" } as const;
    const elected = (balancer: BalancerParameters, picks: string) => [
      ...play({ ...down, balancer, picks }).state.elected,
    ];
    expect(elected({}, "--")).toEqual([2, 2, 2]);
    expect(elected({ maxattempts: 1 }, "-")).toEqual([1, 1, 0]);
    expect(elected({ maxattempts: 1 }, "--")).toEqual([1, 1, 2]);
    expect(elected({ maxattempts: 1 }, "---")).toEqual([2, 2, 2]);
    expect(elected({ maxattempts: 1 }, "----")).toEqual([3, 3, 2]);
    expect(elected({ forcerecovery: false }, "----")).toEqual([1, 1, 1]);
  });

  it("bytraffic counts bytes out and in, divided by the load factor as integers", () => {
    const cluster = clusterOf([{}, {}, { loadfactor: 2 }], { lbmethod: "bytraffic" });
    const state = initialState(modelBalancer(cluster));
    const backends = [1000, 200, 0].map((body): Backend => ({ kind: "answers", status: 200, body }));
    const picks = Array.from({ length: 30 }, () => {
      const { member } = serve(state, { route: undefined, bytes: 181 }, { backends });
      return cluster.members[member]?.name;
    });
    expect(picks.join("")).toBe("abccccbccccbcccccabcccbccccbcc");
    expect([...state.read].map((bytes, index) => bytes / [...state.elected][index]!)).toEqual([1015, 215, 15]);
  });
});
