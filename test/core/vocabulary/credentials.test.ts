import { expect, it } from "vitest";
import { shortName } from "../../../core/topology/short-name.js";
import { buildTopology } from "../../../core/topology/build.js";
import { checkTopology } from "../../../core/check/topology.js";
import { withoutCredentials } from "../../../core/vocabulary/credentials.js";
import { problemText } from "../../../core/vocabulary/problem.js";

const URL = "http://shop:hunter2@10.0.0.1:8080/a";

it("the password of a URL is stars, as many as there were characters", () => {
  expect(withoutCredentials(`at ${URL} it`)).toBe("at http://************@10.0.0.1:8080/a it");
  expect(withoutCredentials("http://10.0.0.1:8080/a:b@c")).toBe("http://10.0.0.1:8080/a:b@c");
});

it("a member that is refused for its password does not show it, and neither does its short name", () => {
  const topology = buildTopology({ clusters: [{ name: "c", members: [{ name: "a", url: URL }] }] });
  const told = checkTopology(topology).map(problemText).join("\n");
  expect(told).toContain("url of member 'a'");
  expect(told).not.toContain("hunter2");
  expect(shortName(URL)).toBe("************@10.0.0.1:8080/a");
});
