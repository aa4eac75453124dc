import { xmlText } from "../../vocabulary/xml-text.js";
import { harmless } from "../harmless.js";

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
    `<testsuites name="${shownText(name)}" tests="${cases.length}" failures="${count(cases, "failed")}" errors="0">`,
    ...suites.flatMap(suiteLines),
    `</testsuites>`,
    "",
  ].join("\n");
}

function suiteLines({ name, properties = {}, cases }: TestSuite): readonly string[] {
  const [failed, skipped] = [count(cases, "failed"), count(cases, "skipped")];
  const counts = `tests="${cases.length}" failures="${failed}" errors="0" skipped="${skipped}"`;
  const said = Object.entries(properties).map(
    ([key, value]) => `      <property name="${shownText(key)}" value="${shownText(value)}"/>`,
  );
  return [
    `  <testsuite name="${shownText(name)}" ${counts}>`,
    ...(said.length === 0 ? [] : ["    <properties>", ...said, "    </properties>"]),
    ...cases.flatMap(caseLines),
    `  </testsuite>`,
  ];
}

function count(cases: readonly TestCase[], ending: "failed" | "skipped"): number {
  return cases.filter(({ outcome }) => outcome !== "passed" && ending in outcome).length;
}

function caseLines({ classname, name, outcome }: TestCase): readonly string[] {
  const opening = `    <testcase classname="${shownText(classname)}" name="${shownText(name)}"`;
  if (outcome === "passed") return [`${opening}/>`];
  const ending =
    "skipped" in outcome
      ? `<skipped>${shownText(outcome.skipped)}</skipped>`
      : `<failure message="${shownText(outcome.failed)}"${typeOf(outcome.type)}>${shownText(outcome.text)}</failure>`;
  return [`${opening}>`, `      ${ending}`, `    </testcase>`];
}

function typeOf(type: string | undefined): string {
  return type === undefined ? "" : ` type="${shownText(type)}"`;
}

/** Somebody's text: nothing in it is markup, and no line of it steers who shows the file. */
function shownText(text: string): string {
  return text.split("\n").map(harmless).map(xmlText).join("\n");
}
