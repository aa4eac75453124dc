import { expect, it } from "vitest";
import { checkParameters } from "../../../core/check/parameters.js";
import type { ParameterTable } from "../../../core/vocabulary/parameter.js";
import type { HttpdVersion } from "../../../core/vocabulary/versions.js";

const TABLE = {
  tomorrow: { kind: "integer", min: 0, max: 9, since: "2.4.75", doc: "", defaultDoc: "", error: "no" },
  password: { kind: "text", maxLength: 4, secret: true, doc: "", defaultDoc: "", error: "no" },
  label: { kind: "text", maxLength: 4, doc: "", defaultDoc: "", error: "no" },
} as const satisfies ParameterTable;

const check = (values: Readonly<Record<string, unknown>>, httpd?: HttpdVersion) =>
  checkParameters(TABLE, values, { at: "/p", owner: "member 'a'", httpd });

it("a word that came with a version is refused before it, and advice is what then works", () => {
  expect(check({ tomorrow: 1 }, "2.4.74")).toEqual([
    {
      at: "/p/tomorrow",
      subject: "tomorrow of member 'a'",
      found: "httpd 2.4.74",
      allowed: "httpd 2.4.75 or newer",
      fix: "leave it out, or set httpd to 2.4.75 or newer",
    },
  ]);
  expect(check({ tomorrow: 1 }, "2.4.75")).toEqual([]);
});

it("nothing is judged by a version that is not known yet", () => {
  expect(check({ tomorrow: 1 })).toEqual([]);
  expect(check({ tomorrow: 10 })).toHaveLength(1);
});

it("a value that is undefined was not given", () => {
  expect(check({ tomorrow: undefined })).toEqual([]);
});

it("an unknown word is told with those known and the nearest one", () => {
  expect(check({ tomorow: 1 })).toEqual([
    {
      at: "/p/tomorow",
      subject: "tomorow of member 'a'",
      found: "unknown parameter 'tomorow'",
      allowed: "tomorrow, password, label",
      fix: "did you mean 'tomorrow'?",
    },
  ]);
  expect(check({ constructor: 1 })[0]?.fix).toBe("remove it");
});

it("text is refused where it cannot be written, and a secret is never shown", () => {
  expect(check({ label: "a\n" })[0]?.allowed).toContain("control characters");
  expect(check({ password: "longer" })[0]?.found).toBe("a secret (not shown)");
  expect(check({ password: "a${" })[0]?.found).toBe("a secret (not shown)");
});

it("a name of a word is escaped in the pointer", () => {
  expect(check({ "a/b~c": 1 })[0]?.at).toBe("/p/a~1b~0c");
});
