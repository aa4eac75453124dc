import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NO_FILES } from "../../../core/conf/run/reader.js";
import { driftOf } from "../../../core/host/drift.js";
import { lintSource } from "../../../core/lint/lint-conf.js";
import { adoptLive } from "../../../core/review/adopt-live.js";
import { isStatusLetter } from "../../../core/vocabulary/status.js";
import { balancerOf } from "../../support/live-description.js";

const HEAD = `LoadModule proxy_module modules/mod_proxy.so
LoadModule proxy_http_module modules/mod_proxy_http.so
LoadModule slotmem_shm_module modules/mod_slotmem_shm.so
LoadModule proxy_balancer_module modules/mod_proxy_balancer.so
LoadModule lbmethod_byrequests_module modules/mod_lbmethod_byrequests.so
LoadModule lbmethod_bytraffic_module modules/mod_lbmethod_bytraffic.so
`;

const optionsOf = (text: string) => ({ path: "httpd.conf", text, reader: NO_FILES });

const WORDS = fc
  .record(
    {
      loadfactor: fc.constantFrom("1", "2.5", "100"),
      lbset: fc.constantFrom("0", "3"),
      route: fc.constantFrom("r1", "r2"),
      redirect: fc.constantFrom("r1"),
      status: fc.constantFrom("+H", "+D", "+DN"),
    },
    { requiredKeys: [] },
  )
  .map((given) =>
    Object.entries(given)
      .map(([key, value]) => ` ${key}=${value}`)
      .join(""),
  );

/** A file, its members on lines of their own or with blanks and a comment between. */
const CONF = fc
  .tuple(fc.array(WORDS, { minLength: 1, maxLength: 4 }), fc.constantFrom("", "  # a remark\n", "\n"))
  .map(([members, between]) => {
    const lines = members.map((words, at) => `  BalancerMember http://10.0.0.${at}:80${words}\n`);
    return `${HEAD}<Proxy balancer://shop>\n${lines.join(between)}  ProxySet stickysession=SID\n</Proxy>\n`;
  });

/** What an operator does in balancer-manager. */
const CHANGE = fc.record(
  {
    status: fc.subarray(["D", "N", "H"]).map((letters) => new Set(["O" as const, ...letters.filter(isStatusLetter)])),
    lbfactor: fc.constantFrom(100, 250, 700),
    lbset: fc.constantFrom(0, 3, 7),
    route: fc.constantFrom("r1", "r9"),
  },
  { requiredKeys: [] },
);

describe("what operators changed is written into the httpd.conf", () => {
  test("read again, it is what runs, and nothing but the words of members has changed", () => {
    fc.assert(
      fc.property(CONF, fc.array(CHANGE, { minLength: 4, maxLength: 4 }), (text, changes) => {
        const { topology } = lintSource(optionsOf(text), []);
        const live = topology.clusters.map(balancerOf).map((balancer) => ({
          ...balancer,
          workers: balancer.workers.map((worker, at) => ({ ...worker, ...changes[at] })),
        }));
        const { texts, left } = adoptLive(optionsOf(text), live);
        expect(left).toEqual([]);
        const after = texts.get("httpd.conf") ?? text;
        expect(driftOf(lintSource(optionsOf(after), []).topology, live).differences).toEqual([]);
        const other = (of: string): readonly string[] =>
          of.split("\n").filter((line) => !line.includes("BalancerMember"));
        expect(other(after)).toEqual(other(text));
      }),
    );
  });

  test("without a difference no file changes", () => {
    fc.assert(
      fc.property(CONF, (text) => {
        const { topology } = lintSource(optionsOf(text), []);
        expect(adoptLive(optionsOf(text), topology.clusters.map(balancerOf))).toEqual({ texts: new Map(), left: [] });
      }),
    );
  });

  test("a line with a secret is left to a person", () => {
    const line = "  BalancerMember http://user:hush@10.0.0.1:80 loadfactor=1\n";
    const text = `${HEAD}<Proxy balancer://shop>\n${line}</Proxy>\n`;
    const { topology } = lintSource(optionsOf(text), []);
    const live = topology.clusters.map(balancerOf).map((balancer) => ({
      ...balancer,
      workers: balancer.workers.map((worker) => ({ ...worker, lbfactor: 700 })),
    }));
    const { texts, left } = adoptLive(optionsOf(text), live);
    expect(texts.size).toBe(0);
    expect(left.map(({ what, live: value }) => [what, value])).toEqual([["loadfactor", "7"]]);
  });

  test("what one word cannot say is left, and told: a member that an operator added", () => {
    const text = `${HEAD}<Proxy balancer://shop>\n  BalancerMember http://10.0.0.1:80\n</Proxy>\n`;
    const { topology } = lintSource(optionsOf(text), []);
    const [balancer] = topology.clusters.map(balancerOf);
    const [worker] = balancer?.workers ?? [];
    if (balancer === undefined || worker === undefined) throw new Error("no balancer");
    const live = [{ ...balancer, lbmethod: "bytraffic", workers: [worker, { ...worker, name: "http://10.0.0.2:80" }] }];
    const { texts, left } = adoptLive(optionsOf(text), live);
    expect(texts.get("httpd.conf")).toContain("lbmethod=bytraffic");
    expect(left).toEqual([
      { cluster: "shop", member: "http://10.0.0.2:80", what: "member", declared: "absent", live: "present" },
    ]);
  });
});
