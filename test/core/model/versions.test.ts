import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readHttpdConf } from "../../../core/api/read-httpd-conf.js";
import { readScenarioText } from "../../../core/scenario/read.js";
import { runScenario } from "../../../core/model/run.js";
import type { Pick } from "../../../core/model/trace.js";
import type { HttpdVersion } from "../../../core/vocabulary/versions.js";

interface Probe {
  readonly name: string;
  readonly conf: string;
  readonly scenario: object;
  readonly picks: Readonly<Record<HttpdVersion, string>>;
}

/** What httpd of several versions did, recorded: a digit is the last one of a member's port. */
const PROBES = JSON.parse(
  readFileSync(join(__dirname, "../../fixtures/versions/probes.json"), "utf8"),
) as readonly Probe[];

/** bytraffic depends on the bytes of the recorder's requests, which its scenario does not say: 150 to 163 fit all. */
function withBytes(scenario: object): string {
  return JSON.stringify(scenario).replaceAll('"count":16', '"count":16,"bytes":155');
}

/** What the recorder wrote where httpd did not start, or did not answer. */
const NOTHING = "refused or no answer";

const CASES = PROBES.flatMap(({ picks, ...probe }) =>
  Object.entries(picks).map(([version, wanted]) => ({ ...probe, version: version as HttpdVersion, wanted })),
);

function shown({ member, status }: Pick): string {
  if (member === null) return `-(${status})`;
  return `${member.slice(-1)}${status === 200 ? "" : `(${status})`}`;
}

describe("the model of each version", () => {
  test.each(CASES)("$name on $version: $wanted", ({ conf, scenario, version, wanted }) => {
    const reading = readHttpdConf(conf, { httpd: version });
    if (!reading.ok) {
      expect(wanted).toBe(NOTHING);
      return;
    }
    const read = readScenarioText(withBytes(scenario), "scenario.json");
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    const { picks } = runScenario(reading.topology, read.scenario);
    const certain = picks.findIndex(({ judged = true }) => !judged);
    const judged = certain === -1 ? picks.length : certain;
    if (wanted === NOTHING) {
      expect(judged).toBeLessThan(picks.length);
      return;
    }
    expect(picks.slice(0, judged).map(shown)).toEqual(wanted.split(" ").slice(0, judged));
    expect(wanted.split(" ")).toHaveLength(picks.length);
  });
});
