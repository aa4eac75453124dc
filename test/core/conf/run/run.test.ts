import { describe, expect, test } from "vitest";
import { testConf } from "../../../../core/conf/run/configtest.js";
import type { Effect } from "../../../../core/conf/run/effects.js";
import { NO_FILES } from "../../../../core/conf/run/reader.js";
import { run } from "../../../../core/conf/run/run.js";
import type { Statement } from "../../../../core/conf/run/statement.js";

function effectsOf(text: string): readonly Effect[] {
  const { statements } = run({ path: "/c/httpd.conf", text, reader: NO_FILES });
  const all = (list: readonly Statement[]): readonly Effect[] =>
    list.flatMap(({ effects = [], children = [] }) => [...effects, ...all(children)]);
  return all(statements);
}

describe("one execution", () => {
  test("says of each member whether it is a worker of its own, as httpd finds it", () => {
    const members = ["http://h:1/app", "http://H:1/app/x", "http://h:80", "http://h", "http://h:80/"];
    const lines = members.map((url) => `BalancerMember balancer://C/x ${url} retry=5 RETRY=7`);
    const found = effectsOf(lines.join("\n")).flatMap((effect) => (effect.kind === "member" ? [effect] : []));
    expect(found.map(({ fate }) => fate)).toEqual(["new", "shared", "new", "shared", "new"]);
    expect(found.map(({ worker }) => worker.url)).toEqual([
      "http://h:1/app",
      "http://h:1/app",
      "http://h:80",
      "http://h:80",
      "http://h:80/",
    ]);
    expect(found[0]).toMatchObject({ balancer: "balancer://c", at: 1, settings: [{ key: "retry", at: 3 }] });
    expect(found[1]?.settings).toEqual([]);
  });

  test("lets later lines set on what earlier ones defined: the same worker, the same balancer", () => {
    const [first, second, set, balancer] = effectsOf(
      "ProxyPass /a http://h:1/ retry=3\nProxyPass /b http://h:1/ retry=4\nProxySet http://h:1/ timeout=5\n" +
        "ProxyPass /c balancer://c/x lbmethod=bytraffic nocanon\n",
    );
    expect(first).toMatchObject({ kind: "mount", path: "/a", at: 1, settings: [{ key: "retry", at: 2 }] });
    expect(second).toMatchObject({ kind: "mount", path: "/b", settings: [] });
    const worker = first?.kind === "mount" ? first.to : undefined;
    expect(second?.kind === "mount" && second.to === worker).toBe(true);
    expect(set?.kind === "set" && set.on === worker).toBe(true);
    expect(balancer).toMatchObject({ to: "balancer://c", keywords: ["nocanon"], settings: [{ key: "lbmethod" }] });
  });

  test("executes what stands in a section before its arguments, and goes on behind what httpd refuses", () => {
    const text =
      "<Proxy balancer://c lbset=no>\nProxySet retry=no\nBalancerMember http://h\n</Proxy>\nProxyPass /a !\n";
    const effects = effectsOf(text);
    expect(effects.map(({ kind }) => kind)).toEqual(["member", "mount"]);
    const options = { path: "/c/httpd.conf", text, reader: NO_FILES };
    expect(run(options).error).toEqual(testConf(options).error);
    expect(run(options).error?.line).toBe(2);
  });

  test("needs no effects to judge: nobody who does not listen is told", () => {
    const options = { path: "/c/httpd.conf", text: "ProxyPass /a !\n", reader: NO_FILES };
    const heard: Effect[] = [];
    expect(testConf(options, (_directive, effect) => heard.push(effect)).error).toBeUndefined();
    expect(heard).toHaveLength(1);
    expect(testConf(options).expansion.directives).toHaveLength(1);
  });
});
