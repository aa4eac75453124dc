import { expect, it } from "vitest";
import { checkBackendTls, checkFrontTls } from "../../../core/check/tls.js";
import { brief } from "./texts.js";

const PLACE = { at: "/tls", subject: "tls" } as const;
const FILES = { certificateFile: "/c.pem", certificateKeyFile: "/k.pem" } as const;
const protocols = (...words: readonly string[]) => brief(checkFrontTls({ ...FILES, protocols: words }, PLACE));

it.each([
  [["TLSv1.2", "TLSv1.3"]],
  [["all", "-SSLv3", "-TLSv1"]],
  [["all"]],
  [["TLSv1.2", "+TLSv1.3"]],
  [["-SSLv3", "+TLSv1.3"]],
])("protocols may be %j", (words) => {
  expect(protocols(...words)).toEqual([]);
});

it.each([
  [["SSLv2"], "/tls/protocols/0: 'SSLv2' (all, TLSv1.2 or TLSv1.3, with '+' or '-' in front)"],
  [["TLSv1.2", "+all", "TLSv1.3"], "(signs on all words but the first)"],
  [["-TLSv1.3"], "(at least one protocol that is left)"],
  [["TLSv1.3", "-TLSv1.3"], "(at least one protocol that is left)"],
  [[], "(at least one protocol that is left)"],
])("protocols %j are refused", (words, problem) => {
  const found = protocols(...words);
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(problem);
});

it("files have names without quotes and backslashes", () => {
  for (const name of ["certificateFile", "certificateKeyFile", "chainFile"] as const) {
    expect(brief(checkFrontTls({ ...FILES, [name]: "a\\b" }, PLACE))).toEqual([
      `/tls/${name}: 'a\\b' (a path without quotes and backslashes)`,
    ]);
  }
  for (const name of ["caFile", "clientCertificateFile"] as const) {
    expect(brief(checkBackendTls({ verify: { kind: "required" }, [name]: "a'b" }, PLACE))).toEqual([
      `/tls/${name}: 'a'b' (a path without quotes and backslashes)`,
    ]);
  }
});

it("whoever does not verify backends says why", () => {
  expect(brief(checkBackendTls({ verify: { kind: "off", reason: "" } }, PLACE))).toEqual([
    "/tls/verify/reason: '' (text)",
  ]);
  expect(brief(checkBackendTls({ verify: { kind: "off", reason: "lab" } }, PLACE))).toEqual([]);
  expect(brief(checkBackendTls({ verify: { kind: "required" }, protocols: ["-TLSv1"] }, PLACE))).toHaveLength(1);
});
