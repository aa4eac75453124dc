import { describe, expect, it } from "vitest";
import { fromUnicode } from "../../../core/conf/bytes.js";
import { FORMATS } from "../../../core/lint/formats/index.js";
import { lintConf } from "../../../core/lint/lint-conf.js";
import { lintSpec } from "../../../core/lint/lint-spec.js";
import { alone } from "./examples.js";

const OPTIONS = { version: "1.2.3", colour: false };

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
