import { describe, expect, it } from "vitest";
import { checkExpression } from "../../../core/model/health-expression.js";

describe("an expression of a health check", () => {
  it.each([
    ["%{REQUEST_STATUS} =~ /^[234]/", [200, 302, 404], [503]],
    ["{%{REQUEST_STATUS} =~ /^[5]/}", [503], [200]],
    ["%{REQUEST_STATUS} -eq 200", [200], [204, 503]],
    ["%{REQUEST_STATUS} ge 200 && %{REQUEST_STATUS} -lt 300", [200, 299], [199, 300]],
    ["%{REQUEST_STATUS} == '200' || %{REQUEST_STATUS} == \"404\"", [200, 404], [500]],
    ["! (%{REQUEST_STATUS} -in { '500', '503' })", [200], [500, 503]],
    ["!%{REQUEST_STATUS} != '204'", [204], [200]],
    ["%{REQUEST_STATUS} !~ m#^5#i", [200], [500]],
    ["true && ! false", [500], []],
    ["hc('body') !~ /Under maintenance/", [200, 503], []],
  ] as const)("%s", (text, passing, failing) => {
    const passes = checkExpression(text)!;
    for (const status of passing) expect(passes({ status, body: "x" }), String(status)).toBe(true);
    for (const status of failing) expect(passes({ status, body: "x" }), String(status)).toBe(false);
  });

  it.each(["%{TIME_HOUR} -gt 8", "hc('body') =~", "-f '/etc/motd'", "%{REQUEST_STATUS} =~ /(?<=/", "200"])(
    "that asks for something else is not judged: %s",
    (text) => {
      expect(checkExpression(text)).toBeUndefined();
    },
  );
});
