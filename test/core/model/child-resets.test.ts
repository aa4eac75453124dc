import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkPromises } from "../../../core/promises/check.js";
import { sharesBetweenResets } from "../../../core/model/child-resets.js";
import { explanationJson, explainTopology } from "../../../core/model/explain.js";
import type { Spread } from "../../../core/model/share.js";
import { buildTopology } from "../../../core/topology/build.js";
import type { Topology } from "../../../core/topology/topology.js";
import type { HttpdVersion } from "../../../core/vocabulary/versions.js";

function layout(weights: readonly number[], httpd: HttpdVersion, connections: number): Topology {
  const members = weights.map((loadfactor, at) => ({
    name: `m${at}`,
    url: `http://10.0.0.${at + 1}:80`,
    parameters: { loadfactor },
  }));
  const extra = [`MaxConnectionsPerChild ${connections}`];
  const mounts = [{ path: "/", to: { kind: "cluster", cluster: "b", path: "/" } }] as const;
  return buildTopology({
    httpd,
    clusters: [{ name: "b", members }],
    servers: [{ name: "web", listen: [], mounts, extra }],
  });
}

function spreadFor(weights: readonly number[]): Spread {
  const [explanation] = explainTopology(layout(weights, "2.4.58", 4));
  if (explanation === undefined) throw new Error("there is a balancer");
  return explanation.spread;
}

const RESETS = (connections: number) => ({ at: "/servers/0/extra/0", connections }) as const;
const WEIGHTS = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 4 });

/** How often each member is picked when the round begins again after each of so many requests. */
function counted({ round = [], shares }: Spread, lengths: readonly number[]): readonly number[] {
  return shares.map(({ member }) =>
    lengths.reduce((sum, length) => {
      const whole = Math.floor(length / round.length) * round.filter((one) => one === member).length;
      return sum + whole + round.slice(0, length % round.length).filter((one) => one === member).length;
    }, 0),
  );
}

describe("shares between resets", () => {
  it("hold whatever lies between resets, of which there is one for so many connections", () => {
    fc.assert(
      fc.property(
        WEIGHTS,
        fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 30 }),
        (weights, lengths) => {
          const total = lengths.reduce((sum, length) => sum + length, 0);
          fc.pre(total >= lengths.length);
          const spread = spreadFor(weights);
          const bounds = sharesBetweenResets(spread, RESETS(Math.floor(total / lengths.length))) ?? [];
          for (const [index, count] of counted(spread, lengths).entries()) {
            expect(count / total).toBeGreaterThanOrEqual((bounds[index]?.least ?? 1) - 1e-9);
            expect(count / total).toBeLessThanOrEqual((bounds[index]?.most ?? 0) + 1e-9);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it("are reached where the resets come at the worst moments", () => {
    fc.assert(
      fc.property(WEIGHTS, fc.integer({ min: 1, max: 12 }), (weights, connections) => {
        const spread = spreadFor(weights);
        const { round = [] } = spread;
        const bounds = sharesBetweenResets(spread, RESETS(connections)) ?? [];
        // Lengths that differ by whole rounds deviate alike: of those of one kind some are longer, so that the mean fits.
        const worst = Array.from({ length: round.length + 1 }, (_, length) => length).map((length) => {
          const resets = round.length;
          const longer = Array.from({ length: resets }, (__, at) => {
            const wanted = connections * resets - length * resets;
            return wanted < 0 ? length : length + (at === 0 ? wanted : 0);
          });
          return {
            longer,
            fits: connections >= length && (connections * resets - length * resets) % round.length === 0,
          };
        });
        for (const { longer, fits } of worst) {
          if (!fits) continue;
          const total = longer.reduce((sum, length) => sum + length, 0);
          for (const [index, count] of counted(spread, longer).entries()) {
            expect(count / total).toBeLessThanOrEqual((bounds[index]?.most ?? 0) + 1e-9);
            expect(count / total).toBeGreaterThanOrEqual((bounds[index]?.least ?? 1) - 1e-9);
          }
        }
        const reached = worst
          .filter(({ fits }) => fits)
          .flatMap(({ longer }) => {
            const total = longer.reduce((sum, length) => sum + length, 0);
            return counted(spread, longer).map((count, index) => Math.abs(count / total - (bounds[index]?.most ?? 2)));
          });
        if (connections >= round.length) expect(Math.min(...reached)).toBeLessThan(1e-9);
      }),
      { numRuns: 200 },
    );
  });

  it("hold for what was recorded of 2.4.6 to 2.4.58 with MaxConnectionsPerChild 4 and weights 1, 3, 1", () => {
    const recorded = "2122123212321232";
    const bounds = sharesBetweenResets(spreadFor([1, 3, 1]), RESETS(4)) ?? [];
    for (const { member, least, most } of bounds) {
      const part = (recorded.split(String(member + 1)).length - 1) / recorded.length;
      expect(part).toBeGreaterThanOrEqual(least);
      expect(part).toBeLessThanOrEqual(most);
    }
    expect(bounds[1]).toMatchObject({ least: expect.closeTo(0.5) as number, most: expect.closeTo(0.7) as number });
  });
});

describe("an answer about httpd before 2.4.62 with a line that ends child processes", () => {
  const told = (httpd: HttpdVersion) => explanationJson(explainTopology(layout([1, 3, 1], httpd, 4))[0] ?? fail());

  it("names the line, and bounds for the shares", () => {
    expect(told("2.4.61")).toMatchObject({
      judged: false,
      doubts: ["/servers/0/extra/0"],
      resets: { at: "/servers/0/extra/0", connections: 4 },
    });
    expect(told("2.4.62")).toMatchObject({ judged: true, doubts: [] });
    expect(told("2.4.62")).not.toHaveProperty("resets");
  });

  it.each([
    ["2.4.61", 0, 0.05, "unjudged"],
    ["2.4.61", 0, 0.11, "holds"],
    ["2.4.61", 1, 0.11, "unjudged"],
    ["2.4.62", 0, 0.05, "holds"],
    ["2.4.62", 1, 0.11, "holds"],
  ] as const)("httpd %s, %i down: a share of 3/5 within %d is %s", (httpd, failures, within, verdict) => {
    const topology = layout([1, 3, 1], httpd, 4);
    const [cluster] = topology.clusters;
    const promise = { id: "share", parameters: { member: "m1", about: 0.6, within } };
    const promising = { ...topology, clusters: cluster === undefined ? [] : [{ ...cluster, promises: [promise] }] };
    const [result] = checkPromises(promising, { failures, promises: ["share"] });
    expect(result?.verdict).toBe(verdict);
    if (verdict === "unjudged") expect(result?.note).toContain("new child processes set the counters back");
  });
});

function fail(): never {
  throw new Error("there is a balancer");
}
