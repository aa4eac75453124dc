import { differenceText } from "../core/host/difference.js";
import { driftOf } from "../core/host/drift.js";
import { liveTopology } from "../core/host/live-topology.js";
import type { Options } from "./command.js";
import { UnusableError } from "./io.js";
import type { Io } from "./io.js";
import { liveBalancers } from "./live-balancers.js";
import type { ReviewSources } from "./review-sources.js";

/**
 * What is compared where the running httpd counts as the base: its live values on what the base says of the rest. So the
 * report tells what a reload with the head takes back, and what it brings.
 *
 * @throws UnusableError where the base cannot be read, or the manager cannot
 */
export async function liveSources(
  sources: ReviewSources,
  url: string,
  options: Options,
  io: Io,
): Promise<ReviewSources> {
  const [pair] = sources.pairs;
  const { base, head } = pair ?? {};
  if (pair === undefined || base === undefined || head === undefined) {
    throw new UnusableError(`--manager: the base cannot be read${sources.notes.map((note) => `; ${note}`).join("")}`);
  }
  const live = await liveBalancers(url, options, io);
  const topology = liveTopology(base.topology, live);
  const { differences, unseen } = driftOf(base.topology, live);
  const persists = head.topology.servers.some(({ settings }) => settings.balancerpersist === true);
  const count = `${differences.length} live value${differences.length === 1 ? "" : "s"}`;
  const reload = persists
    ? "BalancerPersist is On: a reload keeps live values, and those of the file do not count"
    : `a reload takes ${count} back`;
  const notes = [
    `the base is what runs at ${url}: ${reload}`,
    ...differences.map(({ cluster, member, what, declared, live: shown }) => {
      const who = member === undefined ? cluster : `${member} of ${cluster}`;
      return `live: ${what} of ${who} is ${differenceText(shown)}, and the file says ${differenceText(declared)}`;
    }),
    ...(unseen.length === 0 ? [] : [`not seen from outside and taken from the file: ${unseen.join("; ")}`]),
  ];
  return {
    ...sources,
    pairs: [{ ...pair, base: { ...base, path: url, topology } }],
    notes: [...sources.notes, ...notes],
  };
}
