import { describe, expect, test } from "vitest";
import { expressionComplaint } from "../../../../../core/conf/run/expression/complaint.js";
import { LoadedModules } from "../../../../../core/conf/run/modules/loaded.js";
import { MEASURED_VERSION } from "../../../../../core/vocabulary/versions.js";

const ALL = LoadedModules.all(MEASURED_VERSION);

/** Sentences of httpd 2.4.71, each recorded from `apache2 -t`; undefined for `Syntax OK`. */
const CONDITIONS: readonly (readonly [string, string | undefined])[] = [
  ["%{REQUEST_URI} =~ m#^/(a|b)$# and not %{REMOTE_ADDR} -ipmatch '127.0.0.1/8'", undefined],
  ["1 in { 'a' . 'b' , %{REMOTE_ADDR} }", undefined],
  ["'%{HTTP:%{HTTP:a}}' == tolower(tolower($1))", undefined],
  ["1 =~ m.a.", undefined],
  ["a", "syntax error, unexpected $end, expecting '('"],
  ["(true b", "syntax error, unexpected T_ID, expecting T_OP_OR or T_OP_AND or ')'"],
  ["1 == 2 3", "syntax error, unexpected T_DIGIT, expecting $end"],
  ["1 && 2", "syntax error, unexpected T_OP_AND"],
  ["'a' =~ 'b'", "syntax error, unexpected T_STR_BEGIN, expecting T_REGEX or T_REGEX_I"],
  ["1 in {1 2}", "syntax error, unexpected T_DIGIT, expecting '}' or ','"],
  ["reqenv('a','b') == 2", "syntax error, unexpected ',', expecting T_OP_CONCAT or ')'"],
  ["1 =~ /(/ && 2", "Failed to compile regular expression"],
  ["@", "Parse error near '@'"],
  ["1 & 2", "syntax error, unexpected T_ERROR: Parse error near '&'"],
  ["%{", "syntax error, unexpected T_ERROR, expecting T_ID: Unterminated string or variable"],
  ["%{HTTP:a", "Unterminated string or variable"],
  ["'a\\777' == 1", "Escape sequence out of bound"],
  ["'a\\18' == 1", "Bad escape sequence"],
  ["-q 'x'", "Unary operator '-q' does not exist"],
  ["-R %{HTTP_HOST}", "-R requires subnet/netmask as constant argument"],
  ["'a' -ipmatch 'b'", "parsing of subnet/netmask failed"],
  ["1 in foo(1)", "List-returning function 'foo' does not exist"],
];

/** A name nobody knows does not stop the parser; what fails after it is said first, and the last such name wins. */
const REMARKED: readonly (readonly [string, string])[] = [
  ["%{a}", "syntax error, unexpected $end: Variable 'a' does not exist"],
  ["foo(1) == bar(2)", "Function 'bar' does not exist"],
  ["1 -foo 2 @", "syntax error, unexpected T_ERROR, expecting $end: Binary operator '-foo' does not exist"],
  ["%{nosuch} =~ /(/", "Failed to compile regular expression: Variable 'nosuch' does not exist"],
];

describe("expressions", () => {
  test.each(CONDITIONS)("the condition %s gets httpd's sentence", (text, complaint) => {
    expect(expressionComplaint(text, ALL)).toBe(complaint);
  });

  test.each(REMARKED)("an unknown name in %s is remarked behind what fails later", (text, complaint) => {
    expect(expressionComplaint(text, ALL)).toBe(complaint);
  });

  test("text may be anything but a broken variable or escape", () => {
    expect(expressionComplaint('it\'s "q" $1 %{HTTP:a}} 100%', ALL, "text")).toBeUndefined();
    expect(expressionComplaint("", ALL, "text")).toBeUndefined();
    expect(expressionComplaint("a%{nosuch}", ALL, "text")).toBe("Variable 'nosuch' does not exist");
    expect(expressionComplaint("a\\9", ALL, "text")).toBe("Bad escape sequence");
  });

  test("names of a module are known only where it is loaded", () => {
    const builtIn = LoadedModules.builtIn("debian", "2.4.71");
    expect(expressionComplaint("hc('body') =~ /ok/", ALL)).toBeUndefined();
    expect(expressionComplaint("hc('body') =~ /ok/", builtIn)).toBe("Function 'hc' does not exist");
    expect(expressionComplaint("%{SSL_PROTOCOL} == 'x'", builtIn)).toBe("Variable 'SSL_PROTOCOL' does not exist");
  });

  test("nesting without end is a complaint, not a crash", () => {
    expect(expressionComplaint("(".repeat(1_000_000), ALL)).toBe("syntax error, unexpected $end");
    expect(expressionComplaint("tolower(".repeat(1_000_000), ALL)).toBe("syntax error, unexpected $end");
    expect(expressionComplaint("%{HTTP:".repeat(1_000_000), ALL)).toBe("memory exhausted");
    expect(expressionComplaint(`'${"x".repeat(10_000_000)}' == 1`, ALL)).toBe("String too long");
  });
});
