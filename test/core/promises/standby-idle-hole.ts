import { buildTopology } from "../../../core/topology/build.js";
import type { Cluster } from "../../../core/topology/topology.js";
import { seconds } from "../../../core/vocabulary/duration.js";
import type { Question } from "./random-layout.js";

const topology = buildTopology({
  clusters: [
    {
      name: "c",
      parameters: { maxattempts: 0 },
      members: [
        { name: "n0", url: "http://127.0.0.1:9001", parameters: { retry: seconds(1) } },
        { name: "n1", url: "http://127.0.0.1:9002", parameters: { retry: seconds(3) } },
        { name: "n2", url: "http://127.0.0.1:9003", parameters: { retry: seconds(1), status: "+H" } },
      ],
    },
  ],
});

/** A layout whose standby was once said to be idle: the request that finds it busy comes after a pause and a failure. */
export const standbyIdleHole: Question = {
  topology,
  cluster: topology.clusters[0] as Cluster,
  promise: { id: "standby-idle", within: seconds(2) },
  limits: { failures: 2 },
};
