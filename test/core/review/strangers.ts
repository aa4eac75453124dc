import type { ReviewReport } from "../../../core/review/report.js";
import { reviewOf } from "../../../core/review/review.js";
import type { ReviewSide } from "../../../core/review/side.js";
import { buildTopology } from "../../../core/topology/build.js";

function side(names: readonly string[], loadfactor: number): ReviewSide {
  const [cluster = "c", first = "a", second = "b", line = ""] = names;
  const topology = buildTopology({
    clusters: [
      {
        name: cluster,
        members: [
          { name: first, url: "http://10.0.0.1:8080", parameters: { loadfactor } },
          { name: `${second}2`, url: `http://10.0.0.2:8080/${encodeURIComponent(second)}` },
        ],
        extra: [line],
      },
    ],
    servers: [
      {
        name: second,
        listen: [{ port: 80 }],
        mounts: [{ path: `/${loadfactor === 1 ? first : second}`, to: { kind: "cluster", cluster, path: `/${line}` } }],
        virtualHosts: [{ name: "v", addresses: ["*:80"], serverName: first, extra: [line] }],
      },
    ],
  });
  const found = {
    ...({ rule: "member-route", severity: "warning", place: undefined, length: 1, pointer: undefined } as const),
    ...{ subject: first, found: second, wanted: "a sentence.", fix: line, repair: undefined, fingerprint: "" },
  };
  return {
    kind: "spec",
    path: first,
    topology,
    meant: { version: topology.httpd, by: "described" },
    findings: loadfactor === 1 ? [] : [found],
    texts: new Map(),
    configuration: () => [{ path: second, text: `${line}\n${cluster}${loadfactor}\n` }],
    effects: () => [],
    modules: undefined,
  };
}

/** A review in which every text of a stranger is one of four names. */
export function reviewOfNames(names: readonly string[]): ReviewReport {
  const [one = "", two = "", three = "", four = ""] = names;
  return reviewOf([{ name: two, base: side(names, 1), head: side(names, 2) }], {
    notes: [three],
    resources: { created: [one], updated: [two], replaced: [three], destroyed: [four] },
  });
}
