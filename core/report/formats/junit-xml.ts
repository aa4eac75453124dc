import { xmlText } from "../../vocabulary/xml-text.js";

/** Cases that belong together: those of one input, or of one program. */
export interface TestSuite {
  readonly name: string;
  /** What is to be said of all of them. @default - nothing */
  readonly properties?: Readonly<Record<string, string>>;
  readonly cases: readonly TestCase[];
}

/** One thing that was looked at. */
export interface TestCase {
  readonly classname: string;
  readonly name: string;
  readonly outcome: TestOutcome;
}

/** How a case ended. */
export type TestOutcome =
  "passed" | { readonly failed: string; readonly text: string; readonly type?: string } | { readonly skipped: string };

/** JUnit's XML, in the elements and attributes that each of its schemas has: none has a file or a line of a case. */
export function junitXml(name: string, suites: readonly TestSuite[]): string {
  const cases = suites.flatMap((suite) => suite.cases);
  return [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<testsuites name="${xmlText(name)}" tests="${cases.length}" failures="${count(cases, "failed")}" errors="0">`,
    ...suites.flatMap(suiteLines),
    `</testsuites>`,
    "",
  ].join("\n");
}

function suiteLines({ name, properties = {}, cases }: TestSuite): readonly string[] {
  const [failed, skipped] = [count(cases, "failed"), count(cases, "skipped")];
  const counts = `tests="${cases.length}" failures="${failed}" errors="0" skipped="${skipped}"`;
  const said = Object.entries(properties).map(
    ([key, value]) => `      <property name="${xmlText(key)}" value="${xmlText(value)}"/>`,
  );
  return [
    `  <testsuite name="${xmlText(name)}" ${counts}>`,
    ...(said.length === 0 ? [] : ["    <properties>", ...said, "    </properties>"]),
    ...cases.flatMap(caseLines),
    `  </testsuite>`,
  ];
}

function count(cases: readonly TestCase[], ending: "failed" | "skipped"): number {
  return cases.filter(({ outcome }) => outcome !== "passed" && ending in outcome).length;
}

function caseLines({ classname, name, outcome }: TestCase): readonly string[] {
  const opening = `    <testcase classname="${xmlText(classname)}" name="${xmlText(name)}"`;
  if (outcome === "passed") return [`${opening}/>`];
  const ending =
    "skipped" in outcome
      ? `<skipped>${xmlText(outcome.skipped)}</skipped>`
      : `<failure message="${xmlText(outcome.failed)}"${typeOf(outcome.type)}>${xmlText(outcome.text)}</failure>`;
  return [`${opening}>`, `      ${ending}`, `    </testcase>`];
}

function typeOf(type: string | undefined): string {
  return type === undefined ? "" : ` type="${xmlText(type)}"`;
}
