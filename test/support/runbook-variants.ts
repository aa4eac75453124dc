import { randomOf } from "../differential/random.js";
import type { RunbookVariant } from "./runbook-load.js";

/** Health checks that find a stopped server within a second. */
export const CHECKED = "hcmethod=GET hcuri=/health hcinterval=1";

/** A rolling restart, a drain with its way back, or a weight shift with its way back, drawn from a seed. */
export function variantOf(seed: number): RunbookVariant {
  const random = randomOf(seed, 0);
  const one = <T>(values: readonly T[]): T => random.pick(values);
  const count = one([2, 3]);
  const checked = one([true, false]);
  const sticky = one([true, false]);
  const routes = ["a", "b", "c"].slice(0, count);
  const members = routes.map((route, index) => {
    const role = index === 2 ? one(["", "status=+H", "status=+R", "status=+N", "status=+D"]) : "";
    return [`route=${route}`, `loadfactor=${one([1, 2.5, 5])}`, checked ? CHECKED : "", role].join(" ");
  });
  const settings = [
    `ProxySet lbmethod=${one(["byrequests", "bybusyness"])}`,
    ...(sticky ? [`ProxySet stickysession=JSESSIONID nofailover=${one(["On", "Off"])}`] : []),
  ];
  const operation = one([
    { words: ["rolling-restart"], down: checked ? one([0, 1500]) : 0 },
    { words: ["drain-and-stop", "--member", "M0"], undo: true },
    { words: ["shift-weights", "--weight", "M0=9", "--weight", "M1=2.5", "--stages", "1,10,50"], undo: true },
  ] as const);
  // Sessions of a member out of service are refused under nofailover, whatever a script does.
  const served = routes.filter((_, index) => members[index]?.includes("+D") !== true);
  return { members, settings, ...(sticky ? { routes: served } : {}), ...operation };
}
