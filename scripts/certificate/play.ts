import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readHttpdConf } from "../../core/api/read-httpd-conf.js";
import { NO_FILES } from "../../core/conf/run/reader.js";
import { runScenario } from "../../core/model/run.js";
import { readScenarioText } from "../../core/scenario/read.js";
import type { HttpdVersion } from "../../core/vocabulary/versions.js";
import { verdictOf } from "./verdict.js";

/** Whether an answer of this project is the one that an httpd gave, in so far as it was judged. */
export type Comparison = "equal" | "not judged" | "different";

/** Something an httpd was asked and answered, and how this project's answer compares. */
export interface Played {
  readonly kind: "picks" | "probe" | "verdict";
  readonly version: HttpdVersion;
  readonly name: string;
  readonly comparison: Comparison;
}

const FIXTURES = join(__dirname, "../../test/fixtures");

/** Everything recorded of an httpd in the repository, played once more. */
export function playAll(): readonly Played[] {
  return [...playTraces(), ...playProbes(), ...playVerdicts()];
}

interface Trace {
  readonly picks: readonly { readonly member: string | null; readonly status: number }[];
}

function playTraces(): readonly Played[] {
  return readdirSync(join(FIXTURES, "traces")).map((name) => {
    const text = (file: string): string => readFileSync(join(FIXTURES, "traces", name, file), "utf8");
    const trace = JSON.parse(text("trace.json")) as Trace;
    const wanted = trace.picks.map(({ member, status }) => `${member ?? "-"} ${status}`);
    const asked = { conf: text("balancer.conf"), scenario: text("scenario.json"), version: "2.4.71" } as const;
    const comparison = compare(asked, wanted, ({ member, status }) => `${member ?? "-"} ${status}`);
    return { kind: "picks", version: "2.4.71", name, comparison };
  });
}

interface Probe {
  readonly name: string;
  readonly conf: string;
  readonly scenario: object;
  readonly picks: Readonly<Record<HttpdVersion, string>>;
}

/** What the recorder wrote where httpd did not start, or did not answer. */
const NOTHING = "refused or no answer";

function playProbes(): readonly Played[] {
  const probes = JSON.parse(readFileSync(join(FIXTURES, "versions/probes.json"), "utf8")) as readonly Probe[];
  return probes.flatMap(({ name, conf, scenario, picks }) =>
    Object.entries(picks).map(([key, wanted]) => {
      const version = key as HttpdVersion;
      const asked = { conf, scenario: withBytes(scenario), version };
      return { kind: "probe", version, name, comparison: compare(asked, wanted, lastDigit) } as const;
    }),
  );
}

/** bytraffic depends on the bytes of the recorder's requests, which its scenario does not say: 150 to 163 fit all. */
function withBytes(scenario: object): string {
  return JSON.stringify(scenario).replaceAll('"count":16', '"count":16,"bytes":155');
}

interface Asked {
  readonly conf: string;
  readonly scenario: string;
  readonly version: HttpdVersion;
}

interface PickLike {
  readonly member: string | null;
  readonly status: number;
}

/** A digit is the last one of a member's port. */
function lastDigit({ member, status }: PickLike): string {
  if (member === null) return `-(${status})`;
  return `${member.slice(-1)}${status === 200 ? "" : `(${status})`}`;
}

/** @param given - what was recorded: a list, or words with blanks between them */
function compare(asked: Asked, given: string | readonly string[], shown: (pick: PickLike) => string): Comparison {
  const reading = readHttpdConf(asked.conf, { httpd: asked.version });
  if (!reading.ok) return given === NOTHING ? "equal" : "different";
  const read = readScenarioText(asked.scenario, "scenario.json");
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const { picks } = runScenario(reading.topology, read.scenario);
  const doubtful = picks.findIndex(({ judged = true }) => !judged);
  if (given === NOTHING) return doubtful === -1 ? "different" : "not judged";
  const wanted = typeof given === "string" ? given.split(" ") : given;
  const certain = doubtful === -1 ? picks.length : doubtful;
  const same = picks.slice(0, certain).every((pick, index) => shown(pick) === wanted[index]);
  if (!same || picks.length !== wanted.length) return "different";
  return doubtful === -1 ? "equal" : "not judged";
}

interface RecordedVerdict {
  readonly conf: string;
  readonly ok: boolean;
  readonly line: number | null;
  readonly message: string | null;
}

function playVerdicts(): readonly Played[] {
  const files = readdirSync(join(FIXTURES, "versions")).filter((name) => name.startsWith("verdicts-"));
  const older = files.map((name) => ({ file: `versions/${name}`, version: /-(.*)\.jsonl$/.exec(name)?.[1] }));
  return [...older, { file: "verdicts/verdicts.jsonl", version: "2.4.71" }].flatMap(({ file, version }) =>
    readFileSync(join(FIXTURES, file), "utf8")
      .trim()
      .split("\n")
      .map((line, index): Played => {
        const verdict = JSON.parse(line) as RecordedVerdict;
        const comparison = compareVerdict(verdict, version as HttpdVersion);
        return { kind: "verdict", version: version as HttpdVersion, name: `${file}:${index + 1}`, comparison };
      }),
  );
}

function compareVerdict({ conf, ok, line, message }: RecordedVerdict, version: HttpdVersion): Comparison {
  const ours = verdictOf(conf, { version, reader: NO_FILES, serverRoot: "/r" });
  const same = ours.ok === ok && (ours.line ?? null) === line && firstOf(ours.message) === firstOf(message);
  if (same) return "equal";
  return ours.judged === false ? "not judged" : "different";
}

/** Sections that were not closed are named one by one, with lines of the recorder's own file: the first is compared. */
function firstOf(message: string | null | undefined): string | undefined {
  return message?.split("\\n")[0];
}
