import { expect, it } from "vitest";
import { checkServer } from "../../../core/check/server.js";
import { buildTopology } from "../../../core/topology/build.js";
import type { ServerInput } from "../../../core/topology/build.js";
import { brief } from "./texts.js";

const check = (values: Partial<ServerInput>) =>
  brief(
    buildTopology({ servers: [{ name: "s", ...values }] }).servers.flatMap((server) =>
      checkServer(server, { at: "/s", httpd: "2.4.71" }),
    ),
  );

it("has a name of 1 to 63 letters, which becomes a folder", () => {
  expect(["s", "s".repeat(63), "S.1_a-b"].flatMap((name) => check({ name }))).toEqual([]);
  expect(["", "s".repeat(64), "-s", "a/b", "..", "é"].map((name) => check({ name }).length)).toEqual([
    1, 1, 1, 1, 1, 1,
  ]);
});

it.each([
  [{ layout: "suse" as "debian" }, "/s/layout: 'suse'"],
  [{ serverAliases: ["a"] }, "/s/serverAliases: the main server (a virtual host)"],
  [{ listen: [{ port: 0 }] }, "/s/listen/0/port: 0"],
  [{ settings: { balancergrowth: 1001 } }, "/s/settings/balancergrowth: 1001"],
  [{ virtualHosts: [{ name: "h", addresses: [] }] }, "/s/virtualHosts/0/addresses: none (at least one)"],
] satisfies readonly (readonly [Partial<ServerInput>, string])[])("%j is refused", (values, problem) => {
  const found = check(values);
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(problem);
});

it("has virtual hosts with a name each", () => {
  const host = { name: "h", addresses: ["*:80"] };
  expect(check({ virtualHosts: [host, { ...host, name: "i" }] })).toEqual([]);
  expect(check({ virtualHosts: [host, host] })).toEqual([
    "/s/virtualHosts/1/name: the name of an earlier one (a name of its own)",
  ]);
});
