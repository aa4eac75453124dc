import { vi } from "vitest";
import { dockerTargetSuite } from "../../../constructs/targets/docker-target.suite.js";
import { describeContainers } from "../../../support/containers.js";
import { composeSuite } from "./compose.suite.js";
import { podSuite } from "./pod.suite.js";

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

// One daemon and one image for all: to start it takes longer than most of what is shown on it.
describeContainers("fronts as containers", (lab) => {
  composeSuite(lab);
  podSuite(lab);
  dockerTargetSuite(lab);
});
