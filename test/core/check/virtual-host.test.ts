import { expect, it } from "vitest";
import { checkVirtualHost } from "../../../core/check/virtual-host.js";
import type { VirtualHost } from "../../../core/topology/topology.js";
import { SERVER_SETTINGS } from "../../../core/vocabulary/settings.js";
import { brief } from "./texts.js";

const check = (values: Partial<VirtualHost>) =>
  brief(checkVirtualHost({ name: "h", addresses: ["*:80"], settings: {}, mounts: [], ...values }, { at: "" }));

it("takes every setting but those of the main server", () => {
  const misplaced = Object.keys(SERVER_SETTINGS).filter(
    (name) => check({ settings: { [name]: undefined } }).length > 0,
  );
  expect(misplaced.sort()).toEqual(["maxrequestworkers", "proxyhctpsize", "serverlimit", "threadsperchild"]);
  expect(check({ settings: { serverlimit: 2 } })).toEqual(["/settings/serverlimit: a virtual host (the server)"]);
});

it("has addresses that httpd resolves", () => {
  expect(check({ addresses: [] })).toEqual(["/addresses: none (at least one)"]);
  expect(check({ addresses: ["*:80", "*:0"] })).toEqual([
    "/addresses/1: '*:0' (an address or '*', and a port from 1 to 65535 or '*')",
  ]);
});

it("has a name", () => {
  expect(check({ name: "" })).toEqual(["/name: '' (text)"]);
});
