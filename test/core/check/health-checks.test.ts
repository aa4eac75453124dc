import { expect, it } from "vitest";
import { checkExpressions, checkHealthChecks, checkTemplates } from "../../../core/check/health-checks.js";
import { buildTopology } from "../../../core/topology/build.js";
import { brief } from "./texts.js";

const template = (name: string, parameters = {}) => ({ name, parameters });

it("a template has a name of 63 letters at most, an expression one of 15", () => {
  expect(checkTemplates([template("t".repeat(63))], { at: "" })).toEqual([]);
  expect(checkTemplates([template("t".repeat(64))], { at: "" })).toHaveLength(1);
  expect(checkExpressions([{ name: "e".repeat(15), expression: "true" }], "")).toEqual([]);
  expect(checkExpressions([{ name: "e".repeat(16), expression: "true" }], "")).toHaveLength(1);
  expect(checkExpressions([{ name: "e", expression: "" }], "")).toHaveLength(1);
});

it("a template has checked parameters and names no other template", () => {
  expect(brief(checkTemplates([template("t", { hcinterval: { milliseconds: 99 } })], { at: "" }))[0]).toContain(
    "/0/parameters/hcinterval",
  );
  expect(brief(checkTemplates([template("t", { hctemplate: "u" })], { at: "" }))[0]).toContain("unknown parameter");
});

it("a name that differs by case only is taken", () => {
  const message = "the name of an earlier one (httpd ignores case) (a name of its own)";
  expect(brief(checkTemplates([template("t"), template("T")], { at: "" }))).toEqual([`/1/name: ${message}`]);
  expect(
    brief(
      checkExpressions(
        [
          { name: "e", expression: "true" },
          { name: "E", expression: "true" },
        ],
        "",
      ),
    ),
  ).toEqual([`/1/name: ${message}`]);
});

it("what members and templates name is defined, in any case", () => {
  const topology = (hctemplate: string, hcexpr: string) =>
    buildTopology({
      clusters: [{ name: "c", members: [{ url: "http://a", parameters: { hctemplate } }] }],
      healthCheckTemplates: [{ name: "slow", parameters: { hcexpr } }],
      healthCheckExpressions: [{ name: "ok", expression: "true" }],
    });
  expect(checkHealthChecks(topology("SLOW", "Ok"))).toEqual([]);
  expect(brief(checkHealthChecks(topology("fast", "no")))).toEqual([
    "/healthCheckTemplates/0/parameters/hcexpr: 'no' (ok)",
    "/clusters/0/members/0/parameters/hctemplate: 'fast' (slow)",
  ]);
});
