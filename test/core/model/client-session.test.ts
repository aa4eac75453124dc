import { describe, expect, test } from "vitest";
import { runScenario } from "../../../core/model/run.js";
import { readScenarioText } from "../../../core/scenario/read.js";
import { readSpec } from "../../../core/spec/read-spec.js";

/** The article: two actives and a standby, with what their sessions' group says. */
function article(group: string, sticky = "    stickysession: JSESSIONID|jsessionid\n"): string {
  const copied = group === "" ? "" : ", replicationGroup: sessions";
  const groups = group === "" ? "" : `replicationGroups:\n  sessions: ${group}\n`;
  return `${groups}clusters:
  shop:
${sticky}    maxattempts: 4
    members:
      n1: { url: "http://app1", route: n1${copied} }
      n2: { url: "http://app2", route: n2, loadfactor: 5${copied} }
      n3: { url: "http://app3", role: standby${copied} }
servers:
  web: { listen: [80], mounts: { /: shop } }
`;
}

function reading(steps: readonly string[]): ReturnType<typeof readScenarioText> {
  return readScenarioText(`steps:\n${steps.map((step) => `  - ${step}\n`).join("")}`, "scenario.yaml");
}

/** What does not come out as the steps expect it. */
function wrong(spec: string, ...steps: readonly string[]): readonly string[] {
  const read = readSpec(spec, "shop.yaml");
  const scenario = reading(steps);
  if (!read.ok || !scenario.ok) throw new Error(JSON.stringify([read, scenario]));
  return runScenario(read.topology, scenario.scenario).failures.map(({ step, message }) => `${step}: ${message}`);
}

const asks = (expected: string, count = 3): string =>
  `request: { count: ${count}, jar: true, expect: { session: ${expected} } }`;

describe("a client's session", () => {
  test("goes on through the standby and back where every node has every session", () => {
    const steps = [asks("kept"), "stop: [n1, n2]", asks("kept"), "start: [n1, n2]", "wait: 61s", asks("kept", 12)];
    expect(wrong(article("{}"), ...steps)).toEqual([]);
    // Without stickiness the one client goes from node to node, and its session is everywhere.
    expect(wrong(article("{}", ""), ...steps)).toEqual([]);
  });

  test("is lost with its node where nobody copies it, and the next one is kept", () => {
    const steps = [asks("kept"), "stop: [n2]"];
    expect(wrong(article(""), ...steps, asks("lost"), asks("kept"))).toEqual([]);
    expect(wrong(article(""), ...steps, asks("kept"))).toEqual([
      "3: expected the session to be kept, got 200 from http://app1 without it",
    ]);
  });

  test("of two copies outlives its node, and may be gone with two nodes", () => {
    const two = article("{ copies: 2 }");
    expect(wrong(two, asks("kept"), "stop: [n2]", asks("kept"))).toEqual([]);
    const [message, ...others] = wrong(two, asks("kept"), "stop: [n1, n2]", asks("kept"));
    expect([message, others]).toEqual([
      "3: expected the session to be kept, got 200 from http://app3, which may be without it",
      [],
    ]);
    // Nobody knows it to be lost, either.
    expect(wrong(two, asks("kept"), "stop: [n1, n2]", asks("lost"))).toHaveLength(1);
  });

  test("is fetched by a node that comes back, and gone where all were down at once", () => {
    const inTurn = ["stop: [n1]", "start: [n1]", "stop: [n2, n3]", "wait: 61s"];
    expect(wrong(article("{}"), asks("kept"), ...inTurn, asks("kept"))).toEqual([]);
    const atOnce = ["stop: [n1, n2, n3]", "start: [n1, n2, n3]", "wait: 61s"];
    expect(wrong(article("{}"), asks("kept"), ...atOnce, asks("lost"))).toEqual([]);
  });

  test("is not kept by an answer of httpd itself or by an error, and is there afterwards", () => {
    const failing = ["stop: [n1, n2, n3]", asks("kept", 1)];
    expect(wrong(article(""), asks("kept"), ...failing)).toEqual([
      "3: expected the session to be kept, got 503 from httpd itself",
    ]);
    const broken = [
      "respond: { member: n2, status: 500 }",
      "request: { jar: true }",
      "respond: { member: n2, status: 200 }",
    ];
    expect(wrong(article(""), asks("kept"), ...broken, asks("kept"))).toEqual([]);
  });

  test("that is kept is not lost", () => {
    expect(wrong(article("{}"), asks("lost"))).toEqual(["1: expected the session to be lost, it was not"]);
  });

  test.each([
    ["request: { expect: { session: kept } }", "set jar: true"],
    ["request: { jar: true, clients: 2, expect: { session: kept } }", "leave 'clients' out and set jar: true"],
    ["request: { jar: true, expect: { session: gone } }", "kept"],
  ])("is one client's, with a jar: %s is refused", (step, fix) => {
    const read = reading([step]);
    expect(read.ok ? "" : JSON.stringify(read.problems)).toContain(fix);
  });
});
