import { describe, expect, test } from "vitest";
import { adoptWorkers } from "../../../core/mod-jk/adopt-workers.js";
import { jkPicks } from "../../../core/mod-jk/picks.js";
import { readProperties } from "../../../core/server-files/read-workers.js";
import { renderModJk } from "../../../core/mod-jk/render-mod-jk.js";
import type { JkBalancer, JkMember, JkMethod } from "../../../core/server-files/jk-workers.js";
import type { Rendered } from "../../../core/render/render.js";
import { readSpec } from "../../../core/spec/read-spec.js";

function rendered(spec: string): Rendered {
  const reading = readSpec(spec, "jk.yaml");
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return renderModJk(reading.topology);
}

function textsOf(spec: string): { readonly conf: string; readonly workers: string; readonly notes: readonly string[] } {
  const result = rendered(spec);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  const text = (path: string): string => result.files.find((file) => file.path === path)!.text as string;
  return { conf: text("httpd.conf"), workers: text("workers.properties"), notes: result.notes ?? [] };
}

/** A cluster of the article over AJP, with other words for its members and the cluster. */
function specOf(members: string, cluster = "", mounts = "/app/: shop"): string {
  return `clusters:
  shop:
    stickysession: JSESSIONID|jsessionid
${cluster}    members:
${members}
servers:
  web: { listen: [80], mounts: { ${mounts} } }
`;
}

const THREE = `      n1: { url: ajp://app1:8309, route: n1, retry: 10s }
      n2: { url: ajp://app2:8509, route: n2, loadfactor: 5, retry: 10s }
      n3: { url: ajp://app3:8409, role: standby, retry: 10s }`;

describe("a cluster written for mod_jk", () => {
  test("keeps members, weights, the standby, stickiness and the time in error", () => {
    const { conf, workers } = textsOf(specOf(THREE));
    const { balancers, maintain } = readProperties(workers).workers;
    expect(balancers).toMatchObject([
      {
        name: "shop",
        method: "R",
        recoverTime: 10,
        sticky: { cookie: "JSESSIONID", path: ";jsessionid", force: false },
        members: [
          { name: "n1", host: "app1", port: 8309, route: "n1", lbfactor: 1, distance: 0 },
          { name: "n2", host: "app2", port: 8509, route: "n2", lbfactor: 5, distance: 0 },
          { name: "n3", host: "app3", port: 8409, lbfactor: 1, distance: 1 },
        ],
      },
    ]);
    expect(maintain).toBeLessThanOrEqual(10);
    expect(conf).toContain("JkMount /app/* shop");
    expect(conf).not.toContain("proxy_module");
  });

  test("gives a member without a route one that no server bears, as mod_jk takes the worker's name for it", () => {
    const [balancer] = readProperties(textsOf(specOf(THREE)).workers).workers.balancers;
    expect(balancer!.members[2]!.route).not.toBe("n3");
  });

  test("reads back as the same cluster", () => {
    const { topology } = adoptWorkers(readProperties(textsOf(specOf(THREE)).workers));
    const reading = readSpec(specOf(THREE), "jk.yaml");
    expect(reading.ok && reading.topology.clusters).toEqual(topology.clusters);
  });

  test("multiplies hundredths out", () => {
    const members = "      a: { url: ajp://a, loadfactor: 1.5 }\n      b: { url: ajp://b, loadfactor: 2.25 }";
    const [balancer] = readProperties(textsOf(specOf(members)).workers).workers.balancers;
    expect(balancer!.members.map(({ lbfactor }) => lbfactor)).toEqual([2, 3]);
  });

  test("puts the standbys of each set behind its members and before the next set", () => {
    const members = `      a: { url: ajp://a }
      b: { url: ajp://b, role: standby }
      c: { url: ajp://c, lbset: 1 }`;
    const [balancer] = readProperties(textsOf(specOf(members)).workers).workers.balancers;
    expect(balancer!.members.map(({ distance }) => distance)).toEqual([0, 1, 2]);
  });

  test.each([
    ["a spare", specOf("      a: { url: ajp://a }\n      b: { url: ajp://b, role: spare }"), "status=+R"],
    ["health checks", specOf("      a: { url: ajp://a, hcmethod: TCP }"), "hcmethod=TCP"],
    ["a path of its own", specOf(THREE, "", "/app/: balancer://shop/other/"), "path"],
    ["a server behind http", specOf("      a: { url: http://a:8380 }"), "http://a:8380"],
    ["other times in error", specOf(THREE.replace("retry: 10s", "retry: 20s")), "retry"],
    ["attempts", specOf(THREE, "    maxattempts: 2\n"), "maxattempts=2"],
    ["a regular expression", specOf(THREE, "", '"^/x": { to: shop, match: true }'), "'^/x'"],
  ])("names %s as not carried over, in the note and in the file", (_, spec, what) => {
    const { notes, workers } = textsOf(spec);
    const about = notes.filter((note) => note.includes(what));
    expect(about).not.toEqual([]);
    expect(workers).toContain(`# - ${about[0]!}`);
  });

  test("has nothing to name where everything is carried over", () => {
    expect(textsOf(specOf(THREE)).notes).toEqual([]);
  });

  test.each(["https://a", "http://a", "fcgi://a:9000", "h2://a"])("is not made for %s, which is no AJP", (url) => {
    const result = rendered(specOf(`      a: ${url}`));
    expect(result.ok ? [] : result.problems.map(({ at }) => at)).toEqual(["/clusters/0/members/0/url"]);
  });

  test("keeps closed what a mount has closed", () => {
    const mounts = "/app/: { to: shop, access: [10.0.0.0/8] }, /app/open/: '!'";
    const { conf } = textsOf(specOf(THREE, "", mounts));
    expect(conf).toMatch(/<Location \/app\/>\n\s+Require ip 10\.0\.0\.0\/8/);
    expect(conf).toContain("JkUnMount /app/open/* shop");
  });
});

describe("a workers.properties", () => {
  test("is read through references, values of other properties, and both spellings of the list", () => {
    const { workers, unread } = readProperties(`
host=app.internal
worker.list=lb
worker.tmpl.type=ajp13
worker.tmpl.host=$(host)
worker.tmpl.socket_connect_timeout=1000
worker.a.reference=worker.tmpl
worker.a.port=8309
worker.b.reference=worker.tmpl
worker.b.distance=1   # stands by
worker.lb.type=lb
worker.lb.balanced_workers=a
worker.lb.balanced_workers=b
worker.lb.lock=P
`);
    expect(workers.balancers[0]!.members).toMatchObject([
      { name: "a", host: "app.internal", port: 8309, route: "a", others: { socket_connect_timeout: "1000" } },
      { name: "b", host: "app.internal", port: 8009, distance: 1 },
    ]);
    expect(unread.map(({ word }) => word)).toEqual(["host", "worker.lb.lock"]);
  });

  test.each([
    ["worker.a.port=80o9", "worker.a.port: found '80o9', allowed is a whole number"],
    ["worker.a.port=", "worker.a.port: found '', allowed is a whole number"],
    ["worker.t.lbfactor=2.5\nworker.a.reference=worker.t", "worker.t.lbfactor: found '2.5', allowed is a whole number"],
    ["worker.a.reply_timeout=30s", "worker.a.reply_timeout: found '30s', allowed is a whole number"],
    ["worker.lb.recover_time=1m", "worker.lb.recover_time: found '1m', allowed is a whole number"],
    ["worker.maintain=sixty", "worker.maintain: found 'sixty', allowed is a whole number"],
    ["worker.lb.method=Quick", "worker.lb.method: found 'Quick', allowed is a word that begins with"],
    ["worker.a.activation=up", "worker.a.activation: found 'up', allowed is a word that begins with A, D, S"],
    ["worker.lb.sticky_session=maybe", "worker.lb.sticky_session: found 'maybe', allowed is True or False"],
    ["worker.a.socket_keepalive=2", "worker.a.socket_keepalive: found '2', allowed is True or False"],
  ])("has no value that is read in part: %s", (lines, sentence) => {
    const text = `worker.list=lb\nworker.lb.type=lb\nworker.lb.balance_workers=a\n${lines}\n`;
    const { notes } = adoptWorkers(readProperties(text));
    expect(notes.filter(({ refused }) => refused)).toMatchObject([
      { line: 4, text: expect.stringContaining(sentence) as string },
    ]);
  });

  test("has codes and flags in each spelling of mod_jk", () => {
    const read = (lines: string): unknown => {
      const text = `worker.list=lb\nworker.lb.type=lb\nworker.lb.balance_workers=a\n${lines}\n`;
      const { workers, faults } = readProperties(text);
      const { method, sticky, members } = workers.balancers[0]!;
      return [faults.length, method, sticky !== undefined, members[0]!.activation];
    };
    expect(read("worker.lb.method=2\nworker.a.activation=Stopped")).toEqual([0, "B", true, "stopped"]);
    expect(read("worker.lb.method=Traffic\nworker.lb.sticky_session=off")).toEqual([0, "T", false, "active"]);
    expect(read("worker.lb.sticky_session=No\nworker.a.activation=d")).toEqual([0, "R", false, "disabled"]);
  });

  test("that refers to itself ends", () => {
    const { workers } = readProperties("worker.list=a\nworker.a.reference=worker.b\nworker.b.reference=worker.a\n");
    expect(workers.balancers).toMatchObject([{ name: "a", members: [{ host: "localhost", port: 8009 }] }]);
  });

  test("with a disabled worker that others redirect to has a standby, and with one that none does a drained member", () => {
    const text = "worker.list=lb\nworker.lb.type=lb\nworker.lb.balance_workers=a,b\nworker.b.activation=disabled\n";
    const rolesOf = (more: string): readonly unknown[] =>
      adoptWorkers(readProperties(text + more)).topology.clusters[0]!.members.map((member) => member.parameters.status);
    expect(rolesOf("worker.a.redirect=b\n")).toEqual([undefined, "+H"]);
    expect(rolesOf("")).toEqual([undefined, "+N"]);
  });
});

function balancerOf(factors: readonly number[], method: JkMethod = "R", distances: readonly number[] = []): JkBalancer {
  const members = factors.map((lbfactor, index): JkMember => ({
    name: String(index + 1),
    host: "h",
    port: 8009,
    route: String(index + 1),
    lbfactor,
    distance: distances[index] ?? 0,
    activation: "active",
    others: {},
  }));
  return { name: "lb", members, sticky: undefined, method, recoverTime: 60, others: {} };
}

describe("the picks of mod_jk", () => {
  // Measured on mod_jk 1.2.48, 60 requests without a session: see mod-jk.real.test.ts for the same on a real one.
  test("are those measured: the light one first, then the heavy one five times", () => {
    expect(jkPicks(balancerOf([1, 5]), 12).picks.join("")).toBe("122222122222");
    expect(jkPicks(balancerOf([5, 1, 1], "R", [0, 0, 1]), 12).picks.join("")).toBe("121111211111");
  });

  test("give each member its share in every round", () => {
    const factors = [3, 1, 2];
    const { picks } = jkPicks(balancerOf(factors), 60);
    expect(factors.map((_, index) => picks.filter((name) => name === String(index + 1)).length)).toEqual([30, 10, 20]);
  });

  test("go to the next distance only when all nearer ones are gone, and to nobody when all are", () => {
    const far = balancerOf([1, 1, 1], "R", [0, 0, 1]);
    expect(jkPicks(far, 2, ["1"]).picks).toEqual(["2", "2"]);
    expect(jkPicks(far, 2, ["1", "2"]).picks).toEqual(["3", "3"]);
    expect(jkPicks(far, 1, ["1", "2", "3"]).picks).toEqual([undefined]);
  });

  test("say that they are not exact where traffic or busyness is counted", () => {
    expect(
      ["R", "S", "N", "T", "B"].map(
        (method) => jkPicks(balancerOf([1]), 1, []).exact && jkPicks(balancerOf([1], method as JkMethod), 1).exact,
      ),
    ).toEqual([true, true, true, false, false]);
  });
});
