import { expect, it } from "vitest";
import { checkParameters } from "../../../core/check/parameters.js";
import { BALANCER_PARAMETERS } from "../../../core/vocabulary/balancer.js";
import { SERVER_SETTINGS } from "../../../core/vocabulary/settings.js";
import type { HttpdVersion } from "../../../core/vocabulary/versions.js";
import { WORKER_PARAMETERS } from "../../../core/vocabulary/worker.js";

const TABLES = { worker: WORKER_PARAMETERS, balancer: BALANCER_PARAMETERS, settings: SERVER_SETTINGS } as const;

/** A word or value, the last version without it and the first with it: read in the tags of httpd's repository. */
const ARRIVALS: readonly (readonly [
  table: keyof typeof TABLES,
  values: Readonly<Record<string, unknown>>,
  before: HttpdVersion,
  since: HttpdVersion,
])[] = [
  ["worker", { enablereuse: true }, "2.4.10", "2.4.11"],
  ["worker", { hcmethod: "GET" }, "2.4.20", "2.4.21"],
  ["worker", { hcmethod: "OPTIONS11" }, "2.4.54", "2.4.55"],
  ["worker", { hcmethod: "HEAD11" }, "2.4.54", "2.4.55"],
  ["worker", { hcmethod: "GET11" }, "2.4.54", "2.4.55"],
  ["worker", { upgrade: "websocket" }, "2.4.25", "2.4.26"],
  ["worker", { upgrade: "ANY" }, "2.4.46", "2.4.47"],
  ["worker", { status: "+R" }, "2.4.33", "2.4.34"],
  ["worker", { status: "-hr" }, "2.4.33", "2.4.34"],
  ["worker", { loadfactor: 1.5 }, "2.4.27", "2.4.28"],
  ["worker", { secret: "s" }, "2.4.41", "2.4.42"],
  ["worker", { responsefieldsize: 8192 }, "2.4.33", "2.4.34"],
  ["worker", { addressttl: "forever" }, "2.4.58", "2.4.59"],
  ["balancer", { stickysessionsep: "." }, "2.4.3", "2.4.4"],
  ["balancer", { failontimeout: true }, "2.4.4", "2.4.5"],
  ["balancer", { forcerecovery: true }, "2.4.1", "2.4.2"],
  ["settings", { balancerpersist: true }, "2.4.3", "2.4.4"],
  ["settings", { balancerinherit: true }, "2.4.4", "2.4.5"],
  ["settings", { proxypassinherit: true }, "2.4.4", "2.4.5"],
];

const checked = (table: keyof typeof TABLES, values: Readonly<Record<string, unknown>>, httpd: HttpdVersion) =>
  checkParameters(TABLES[table], values, { at: "", owner: "it", httpd });

it.each(ARRIVALS)("%s %j: not in %s, in %s", (table, values, before, since) => {
  expect(checked(table, values, since)).toEqual([]);
  const [problem, ...others] = checked(table, values, before);
  expect(others).toEqual([]);
  expect(problem?.allowed).toContain(`httpd ${since} or newer`);
  expect(problem?.fix).toContain(`set httpd to ${since} or newer`);
});

it("takes values that are older than the newest ones of their word", () => {
  expect(checked("worker", { loadfactor: 2, status: "+H", hcmethod: "GET", upgrade: "websocket" }, "2.4.27")).toEqual(
    [],
  );
});
