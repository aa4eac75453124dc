import { describe, expect, it } from "vitest";
import { fromUnicode } from "../../../core/httpd/bytes.js";
import { fixConf } from "../../../core/lint/fix.js";
import { FORMATS } from "../../../core/report/formats/index.js";
import { lintConf } from "../../../core/lint/lint-conf.js";
import { lintSpec } from "../../../core/lint/lint-spec.js";
import { DEFAULT_PRESETS, rulesOf } from "../../../core/lint/presets.js";
import { alone } from "./examples.js";

const OPTIONS = { version: "1.2.3", colour: false, command: "lint", rules: [] };

/** `rule line:column-endColumn`, with what stands there. */
function marked(text: string): readonly string[] {
  const lines = text.split("\n");
  return lintConf(alone(fromUnicode(text))).diagnostics.map(({ rule, place, length }) => {
    const { line, column } = place ?? { line: 0, column: 0 };
    return `${rule} ${line}:${column} ${lines[line - 1]?.slice(column - 1, column - 1 + length) ?? ""}`;
  });
}

describe("places of findings", () => {
  it("count characters, not bytes, behind letters that take several", () => {
    expect(
      marked(`<Proxy balancer://c>
  BalancerMember http://10.0.0.1:80 "route=küche€😀" timeout=5m
  BalancerMember http://10.0.0.2:80 route=b
  ProxySet stickysession=SHOPID
</Proxy>
`),
    ).toEqual(['route-characters 2:37 "route=küche€😀"', "seconds-unit 2:54 timeout=5m"]);
  });

  it("count a tab as one character", () => {
    expect(
      marked(`<Proxy balancer://c>
\tBalancerMember\thttp://10.0.0.1:80\ttimeout=5m
\tBalancerMember\thttp://10.0.0.2:80
</Proxy>
`),
    ).toEqual(["seconds-unit 2:36 timeout=5m"]);
  });

  it("are in the line of a continued directive in which the word starts, and end where that line does", () => {
    expect(
      marked(`<Proxy balancer://c>
  BalancerMember http://10.0.0.1:80 \\
    timeout=5m
  BalancerMember http://10.0.0.2:80 ti\\
meout=5m
</Proxy>
`),
    ).toEqual(["seconds-unit 3:5 timeout=5m", "seconds-unit 4:37 ti\\"]);
  });

  it("have carets below what is meant in a spec with letters that take several bytes", () => {
    const report = lintSpec("clusters:\n  c: { members: { küche: 'http://10.0.0.1:80', b: 7 } }\n", "a.yaml");
    const [line, carets] = FORMATS.text([report], OPTIONS).split("\n").slice(2);
    expect(line).toContain("küche");
    expect(line?.slice((carets ?? "").indexOf("^"))).toMatch(/^7/);
  });
});

describe("text of findings", () => {
  it("cannot steer the terminal of who reads it", () => {
    const report = lintConf(alone("Nonsense\u001b[2J\nNonsense2 \u001b]0;x\u0007\n"));
    expect(FORMATS.text([report], OPTIONS)).not.toMatch(/[^\P{Cc}\n]/u);
  });
});

const MACRO = `<Macro Shop $name>
  <Proxy balancer://$name maxattempts=2>
    BalancerMember http://10.0.0.1:80 timeout=5m
    BalancerMember http://10.0.0.2:80
  </Proxy>
  ProxyPass /$name balancer://$name
</Macro>
`;

describe("findings in a macro", () => {
  it("stand where the macro is used, and are not said to be repaired", () => {
    const text = `${MACRO}Use Shop one\n`;
    const { diagnostics } = lintConf(alone(text));
    expect(diagnostics.map(({ rule, place, repair }) => [rule, place?.line, repair])).toEqual([
      ["mount-reverse", 8, undefined],
      ["seconds-unit", 8, undefined],
    ]);
    expect(fixConf(alone(text), rulesOf(DEFAULT_PRESETS), { unsafe: true }).texts.size).toBe(0);
  });

  it("that httpd refuses are told once a use, in the file that uses it", () => {
    const { diagnostics } = lintConf(alone(`${MACRO.replace("timeout", "tmeout")}Use Shop one\nUse Shop two\n`));
    expect(diagnostics.map(({ rule, place, fix }) => [rule, place, fix])).toEqual(
      [8, 9].map((line) => [
        "configtest",
        { file: "httpd.conf", line, column: 1 },
        `in line 2 below <Macro> of macro 'shop' (defined on line 1 of "httpd.conf"): did you mean timeout=5m?`,
      ]),
    );
  });
});

it("a byte order mark is one finding, and the rest of the file is linted", () => {
  const text = `\u00ef\u00bb\u00bf<Proxy balancer://c>
  BalancerMember http://10.0.0.1:80 timeout=5m
  BalancerMember http://10.0.0.2:80
</Proxy>
`;
  const { diagnostics } = lintConf(alone(text));
  expect(diagnostics.map(({ rule, place }) => `${rule} ${place?.line ?? 0}:${place?.column ?? 0}`)).toEqual([
    "configtest 1:1",
    "seconds-unit 2:37",
  ]);
});
