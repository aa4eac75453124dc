import { expect, it } from "vitest";
import { checkScope } from "../../../core/check/scope.js";
import type { ServerScope } from "../../../core/topology/topology.js";
import { brief } from "./texts.js";

const check = (values: Partial<ServerScope>) =>
  brief(checkScope({ settings: {}, mounts: [], ...values }, { at: "", owner: "server 's'" }));

it.each([
  [{ serverName: "*.example.org" }, "/serverName: '*.example.org'"],
  [{ serverAliases: ["ok", "a b"] }, "/serverAliases/1: 'a b'"],
  [{ settings: { proxytimeout: { milliseconds: 999 } } }, "/settings/proxytimeout"],
  [{ tls: { certificateFile: '"', certificateKeyFile: "/k" } }, "/tls/certificateFile: '\"'"],
  [{ backendTls: { verify: { kind: "off", reason: "" } } }, "/backendTls/verify/reason: ''"],
  [{ manager: { path: "manager", access: { kind: "local" } } }, "/manager/path: 'manager'"],
  [{ manager: { access: { kind: "all", reason: "" } } }, "/manager/access/reason: ''"],
  [{ extra: ["<A>"] }, "/extra: <a> left open"],
] satisfies readonly (readonly [Partial<ServerScope>, string])[])("%j is refused", (values, problem) => {
  const found = check(values);
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(problem);
});

it("may say nothing", () => {
  expect(check({})).toEqual([]);
  expect(check({ manager: { access: { kind: "denied" } } })).toEqual([]);
});
