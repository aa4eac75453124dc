import { describe, expect, test } from "vitest";
import { checkPromises } from "../../../core/promises/check.js";
import type { CheckOptions, PromiseResult } from "../../../core/promises/check.js";
import { readSpec } from "../../../core/spec/read-spec.js";
import type { JsonValue } from "../../../core/vocabulary/json.js";

type Parameters = Readonly<Record<string, JsonValue>>;

interface Asked {
  readonly cluster?: Parameters;
  readonly httpd?: string;
  readonly options?: CheckOptions;
}

/** The one promise of a cluster, checked. */
function checked(promise: JsonValue, members: readonly Parameters[], asked: Asked = {}): PromiseResult {
  const named = Object.fromEntries(
    members.map((own, index) => [`n${index}`, { url: `http://localhost:${9001 + index}`, ...own }]),
  );
  const spec = {
    ...(asked.httpd !== undefined && { httpd: asked.httpd }),
    clusters: { c: { ...asked.cluster, members: named, promises: [promise] } },
    servers: { web: { listen: [80], mounts: { "/": "c" } } },
  };
  const reading = readSpec(JSON.stringify(spec), "shop.json");
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  const [result] = checkPromises(reading.topology, { mend: false, ...asked.options });
  if (result === undefined) throw new Error("no result");
  return result;
}

const EVERY_SECOND = { hcmethod: "TCP", hcinterval: "1s" };

/** httpd asks for nothing, and a server answers 400. */
const IN_VAIN = { hcmethod: "GET", hcinterval: "1s" };

const NOBODY: Asked = { options: { failures: 0 } };
const ONE: Asked = { options: { failures: 1 } };

describe("health checks that fail though the member answers", () => {
  test("take out everybody, so that requests are refused with nobody down", () => {
    expect(checked("always-served", [IN_VAIN, IN_VAIN], { ...NOBODY, cluster: { maxattempts: 9 } })).toMatchObject({
      verdict: "broken",
      counterexample: { events: 2, sure: true },
    });
  });

  test("with a page to ask for they pass, and every request is served", () => {
    const members = [IN_VAIN, IN_VAIN].map((own) => ({ ...own, hcuri: "/" }));
    expect(checked("always-served", members, NOBODY).verdict).toBe("holds");
  });

  test("leave the requests to the others, which shares and capacities count", () => {
    const members = [IN_VAIN, { capacity: 10 }];
    expect(checked({ share: { member: "n0", about: 0.5 } }, members, NOBODY)).toMatchObject({
      verdict: "broken",
      counterexample: { sure: true },
    });
    expect(checked({ share: { member: "n0", about: 0 } }, members, NOBODY).verdict).toBe("holds");
    expect(checked({ capacity: { requestsPerSecond: 15 } }, members, NOBODY)).toMatchObject({
      verdict: "broken",
      counterexample: { sure: true },
    });
  });

  test("let a standby serve beside it, and never put it back", () => {
    const members = [IN_VAIN, { status: "+H" }];
    const idle = checked({ "standby-idle": { within: "60s" } }, members, NOBODY);
    expect(idle).toMatchObject({ verdict: "broken", counterexample: { sure: true } });
    expect(idle.counterexample?.explanation).toContain("its health checks fail though it answers");
    const back = checked({ failback: { within: "1h" } }, members, ONE);
    expect(back).toMatchObject({ verdict: "broken", counterexample: { sure: true } });
    expect(back.counterexample?.explanation).toContain("its health checks fail though it answers");
  });

  test("status=+C without health checks stays as long", () => {
    const back = checked({ failback: { within: "1h" } }, [{ status: "+C" }, {}], ONE);
    expect(back).toMatchObject({ verdict: "broken", counterexample: { sure: true } });
    expect(back.counterexample?.explanation).toContain("status=+C keeps it out");
  });
});

describe("health checks that pass", () => {
  test("end errors of requests from httpd 2.4.55 on, and before only retry does", () => {
    const members = [EVERY_SECOND, EVERY_SECOND].map((own) => ({ ...own, retry: "60s" }));
    const promise = { failback: { within: "3s" } };
    expect(checked(promise, members).verdict).toBe("holds");
    expect(checked(promise, members, { httpd: "2.4.52" })).toMatchObject({
      verdict: "broken",
      counterexample: { sure: true },
    });
  });

  test("an error of a request ends by retry where that is sooner than the checks: no more is broken than they take", () => {
    const members = [{ ...EVERY_SECOND, hcpasses: 5, retry: "1s" }, { retry: "1s" }];
    expect(checked({ failback: { within: "7s" } }, members).verdict).toBe("holds");
    expect(checked({ failback: { within: "3s" } }, members).verdict).toBe("broken");
  });

  test("while nobody fails nothing is out of use: a proof without counters, sessions or not", () => {
    const members = ["a", "b", "c"].map((route) => ({ ...EVERY_SECOND, route, hcpasses: 3 }));
    const standby = [...members, { status: "+H", route: "d" }];
    const asked: Asked = { ...NOBODY, cluster: { stickysession: "SID" } };
    expect(checked({ "standby-idle": { within: "1s" } }, standby, asked)).toMatchObject({
      verdict: "holds",
      proof: "search",
    });
    expect(checked({ failback: { within: "1s" } }, members, asked).verdict).toBe("holds");
    expect(checked("sessions", members, asked)).toMatchObject({ verdict: "holds", proof: "abstraction" });
  });

  test("somebody who ignores errors keeps the standby idle, however late the others are back", () => {
    const late = { ...EVERY_SECOND, hcpasses: 9 };
    const members = [late, { status: "+I" }, { status: "+H" }];
    const promise = { "standby-idle": { within: "1s" } };
    expect(checked(promise, members).verdict).toBe("holds");
    expect(checked(promise, [late, {}, { status: "+H" }]).verdict).toBe("broken");
  });

  test("what is not decided says up to how many events nothing breaks it", () => {
    const { verdict, depth, note } = checked(
      "always-served",
      [EVERY_SECOND, { ...EVERY_SECOND, hcfails: 3 }, EVERY_SECOND],
      { cluster: { maxattempts: 3 }, options: { failures: 2, isOver: () => true } },
    );
    expect({ verdict, note }).toMatchObject({ verdict: "bounded" });
    expect(depth).toBeGreaterThan(1);
    expect(note).toContain("health checks");
  });
});

describe("versions of httpd", () => {
  test("before 2.4.21 status=+I keeps nobody out of error", () => {
    const members = [{ status: "+I", retry: "60s" }, { retry: "1s" }];
    const promise = { failback: { within: "3s" } };
    expect(checked(promise, members, ONE).verdict).toBe("holds");
    expect(checked(promise, members, { ...ONE, httpd: "2.4.20" }).verdict).toBe("broken");
  });
});

describe("what only servers know", () => {
  test("heartbeat asks nobody of whom it has no report", () => {
    const { verdict, note } = checked("always-served", [{}, {}], { cluster: { lbmethod: "heartbeat" } });
    expect({ verdict, note }).toMatchObject({ verdict: "unjudged" });
    expect(note).toContain("report");
  });

  test("failonstatus=200 puts members into error that answer as they should", () => {
    const asked: Asked = { ...NOBODY, cluster: { failonstatus: [200] } };
    expect(checked("always-served", [{}, {}], asked).verdict).toBe("unjudged");
    expect(checked("always-served", [{}, {}], { ...NOBODY, cluster: { failonstatus: [503] } }).verdict).toBe("holds");
  });
});

describe("retry=0", () => {
  test("the share of the others while it is down is left to races, of everybody up it is not", () => {
    const members = [{ retry: "0s" }, {}, {}];
    expect(checked({ share: { member: "n1", about: 0.3333 } }, members, ONE).verdict).toBe("unjudged");
    expect(checked({ share: { member: "n1", about: 0.3333 } }, members, NOBODY).verdict).toBe("holds");
  });
});

describe("operators who put back what is out of service", () => {
  test("change shares, which is not looked at", () => {
    const options: CheckOptions = { failures: 0, actions: ["disable"] };
    const members = [{}, {}, { status: "+D" }];
    const { verdict, note } = checked({ share: { member: "n0", about: 0.5 } }, members, { options });
    expect({ verdict, note }).toMatchObject({ verdict: "unjudged" });
    expect(note).toContain("put back");
  });
});

describe("clusters of many members", () => {
  test("sessions of the one without copies are found among thirty", () => {
    const members = Array.from({ length: 30 }, (_, index) => ({
      route: `r${index}`,
      ...(index < 29 && { replicationGroup: "g" }),
    }));
    expect(checked("sessions", members, { ...ONE, cluster: { stickysession: "SID" } })).toMatchObject({
      verdict: "broken",
      counterexample: { sure: true },
    });
  });
});
