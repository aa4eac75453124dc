import { describe, expect, test } from "vitest";
import { told } from "../../../core/promises/counterexample.js";
import { judgePromise } from "../../../core/promises/judge-promise.js";
import type { ClusterPromise } from "../../../core/promises/promise.js";
import type { SearchLimits } from "../../../core/promises/search/classes.js";
import { readScenario } from "../../../core/scenario/read.js";
import type { HttpdVersion } from "../../../core/vocabulary/versions.js";
import type { JsonValue } from "../../../core/vocabulary/json.js";
import { buildTopology } from "../../../core/topology/build.js";
import type { ClusterInput } from "../../../core/topology/build.js";
import { compare } from "./naive.js";
import type { NaiveCase } from "./naive.js";
import { foundBefore } from "../../support/found-before.js";
import type { Question } from "./random-layout.js";
import { lastSighting } from "./walk.js";

/** What the campaigns `promises` and `counterexamples` write. */
interface Written {
  readonly httpd?: HttpdVersion;
  readonly cluster: ClusterInput;
  readonly promise: ClusterPromise;
  readonly limits: SearchLimits;
  readonly scenario: JsonValue;
}

function questionOf({ httpd, cluster: written, promise, limits }: Written): Question {
  const topology = buildTopology({ clusters: [written], ...(httpd !== undefined && { httpd }) });
  const [cluster] = topology.clusters;
  if (cluster === undefined) throw new Error("no cluster");
  return { topology, cluster, promise, limits };
}

/** True when the scenario breaks the promise in `simulate`, whichever way races end. */
function breaks(question: Question, written: JsonValue): boolean {
  const reading = readScenario(written);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return lastSighting(question, reading.value) === "broken";
}

/** Most states of a search, as in the campaign. */
const MOST_STATES = 40_000;

const FOUND = ["promises", "counterexamples"].flatMap((attack) => foundBefore(attack));

describe("what campaigns once found", () => {
  test.each(FOUND)("is answered rightly now: $name", ({ fixture }) => {
    const found = fixture as Written;
    const question = questionOf(found);
    const finding = judgePromise({ ...question, at: "", options: { mend: false } });
    const { counterexample } = told(question.topology, question.cluster, finding);
    if (breaks(question, found.scenario)) expect(finding.verdict).toBe("broken");
    if (counterexample?.sure === true) expect(lastSighting(question, counterexample.scenario)).toBe("broken");
    expect(finding.verdict === "broken").toBe(counterexample !== undefined);
  });

  test.each(foundBefore("naive"))("is the same by a plain search: $name", ({ fixture }) => {
    const { searched, simulated } = compare(fixture as NaiveCase, MOST_STATES);
    expect(searched).toBe(simulated);
  });
});
