import { describe, expect, test } from "vitest";
import { BEHAVIOURS, behaves } from "../../../core/vocabulary/behaviours.js";
import { DISTRIBUTIONS } from "../../../core/vocabulary/distributions.js";
import { parametersOf } from "../../../core/vocabulary/earlier.js";
import { managedLetters, lettersOf, STATUS_FLAGS } from "../../../core/vocabulary/status.js";
import { compareVersions, MEASURED_VERSION, parseVersion } from "../../../core/vocabulary/versions.js";
import { WORKER_PARAMETERS } from "../../../core/vocabulary/worker.js";
import type { Behaviour, BehaviourName } from "../../../core/vocabulary/behaviours.js";
import type { Parameter } from "../../../core/vocabulary/parameter.js";
import type { HttpdVersion } from "../../../core/vocabulary/versions.js";

const VERSIONS = Array.from({ length: 80 }, (_, patch): HttpdVersion => `2.4.${patch}`);
const NAMES = Object.keys(BEHAVIOURS) as BehaviourName[];

describe("behaviours of versions", () => {
  test.each(NAMES)("%s is done from its since up to, and not in, its until", (name) => {
    const { since = "2.4.0", until = "2.5.0" }: Behaviour = BEHAVIOURS[name];
    const doing = VERSIONS.filter((version) => behaves(version, name));
    const between = VERSIONS.filter(
      (version) => compareVersions(version, since) >= 0 && compareVersions(version, until) < 0,
    );
    expect(doing).toEqual(between);
    expect(doing).not.toHaveLength(0);
    expect(doing).not.toHaveLength(VERSIONS.length);
  });

  test("each says where it is known from", () => {
    for (const { source } of Object.values<Behaviour>(BEHAVIOURS)) expect(source).toMatch(/measured|tag|PR|CVE/);
  });
});

describe("words of versions", () => {
  test("a word is known from its since on, and before that by nobody", () => {
    for (const [word, { since = "2.4.0" }] of Object.entries<Parameter>(WORKER_PARAMETERS)) {
      const knowing = VERSIONS.filter((version) => Object.hasOwn(parametersOf(WORKER_PARAMETERS, version), word));
      expect([word, knowing[0]]).toEqual([word, since]);
      expect(knowing).toHaveLength(VERSIONS.length - VERSIONS.indexOf(since));
    }
  });

  test("the table of the measured version and of newer ones is the table itself", () => {
    expect(parametersOf(WORKER_PARAMETERS, MEASURED_VERSION)).toBe(WORKER_PARAMETERS);
    expect(parametersOf(WORKER_PARAMETERS, "2.4.79")).toBe(WORKER_PARAMETERS);
  });

  test("the letters of the measured version are all of them", () => {
    expect(lettersOf(MEASURED_VERSION)).toBe(Object.keys(STATUS_FLAGS).join(""));
    expect(lettersOf("2.4.6")).toBe("OINUDSEHF");
    expect(managedLetters("2.4.20").join("")).toBe("INDH");
    expect(managedLetters("2.4.33").join("")).toBe("INDSHC");
    expect(managedLetters("2.4.34").join("")).toBe("INDSHRC");
  });

  test("names of distributions stand for versions", () => {
    for (const { httpd } of Object.values(DISTRIBUTIONS)) expect(parseVersion(httpd)).toBe(httpd);
  });
});
