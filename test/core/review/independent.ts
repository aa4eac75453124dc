import { runScenario } from "../../../core/model/run.js";
import { readScenarioText } from "../../../core/scenario/read.js";
import { readSpec as read } from "../../../core/spec/read-spec.js";
import { urlText } from "../../../core/scenario/nodes.js";
import type { Pick } from "../../../core/model/trace.js";
import type { Topology } from "../../../core/topology/topology.js";

export { checkPromises } from "../../../core/promises/check.js";

/** The topology of a spec that is sound. */
export function readSpec(text: string): Topology {
  const reading = read(text, "spec.yaml");
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.topology;
}

/** The picks of a scenario, which a report's figures are counted from again. */
export function simulate(topology: Topology, scenario: string): readonly Pick[] {
  const reading = readScenarioText(scenario, "scenario.yaml");
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return runScenario(topology, reading.scenario).picks;
}

/** How many requests of a scenario's last step each member answers, by name; counted without keeping the picks. */
export function countsOfLastStep(topology: Topology, scenario: string): ReadonlyMap<string, number> {
  const reading = readScenarioText(scenario, "scenario.yaml");
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  const { answers = {} } = runScenario(topology, reading.scenario, { picks: 0 }).steps.at(-1) ?? {};
  const members = topology.clusters.flatMap((cluster) => cluster.members);
  return new Map(
    members.flatMap(({ name, url }) => {
      const count = answers[`${urlText(url)} 200`];
      return count === undefined ? [] : [[name, count] as const];
    }),
  );
}
