import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { gitInputs } from "../../cli/git-sources.js";
import { nodeIo } from "../../cli/node-io.js";
import { reviewOf } from "../../core/review/review.js";
import { describeReal } from "../support/real.js";
import type { ReviewReport } from "../../core/review/report.js";

const CONF = `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080 loadfactor=5
</Proxy>
ProxyPass / balancer://shop/
`;
const SPEC = `clusters:
  shop:
    members:
      a: { url: http://10.0.0.1:8080 }
      b: { url: http://10.0.0.2:8080, loadfactor: 5 }
servers:
  web: { listen: [80], mounts: { /: shop } }
`;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "review-git-"));
  git("init", "-q", "-b", "main");
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function git(...words: readonly string[]): void {
  const who = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"];
  execFileSync("git", [...who, ...words], { cwd: folder, stdio: "ignore" });
}

/** A commit in which exactly these files are there; null for a file that goes. */
function commit(files: Readonly<Record<string, string | null>>): void {
  for (const [path, text] of Object.entries(files)) {
    const full = join(folder, path);
    mkdirSync(dirname(full), { recursive: true });
    if (text === null) rmSync(full);
    else writeFileSync(full, text);
  }
  git("add", "-A");
  git("commit", "-q", "-m", "a commit");
}

function reviewed(range = "HEAD~1..HEAD"): ReviewReport {
  const { pairs, ...known } = gitInputs(range, {}, nodeIo, folder);
  return reviewOf(pairs, known);
}

const HEAVIER = /gets 9\/10 \(90\.0 %\) of shop instead of 5\/6 \(83\.3 %\)/;

describeReal("review --git", ["git"], () => {
  test("a spec and an httpd.conf are found by what they say, and nothing else is", () => {
    const other = { "kube.yaml": "clusters:\n- cluster: {}\n", "README.md": CONF, "notes.txt": "clusters: two\n" };
    commit({ "deploy/balancers": CONF, "deploy/shop.yaml": SPEC, ...other });
    commit({
      "deploy/balancers": CONF.replace("=5", "=9"),
      "README.md": `${CONF}#\n`,
      "kube.yaml": "clusters:\n- a: 1\n",
    });
    const report = reviewed();
    expect(report.inputs.map(({ name }) => name)).toEqual(["deploy/balancers"]);
    expect(report.summary).toMatch(HEAVIER);
  });

  test("a changed file that another one includes is read as a part of it", () => {
    commit({
      "conf/httpd.conf": "Include conf.d/*.conf\nProxyPass / balancer://shop/\n",
      "conf/conf.d/shop.conf": CONF,
    });
    commit({ "conf/conf.d/shop.conf": CONF.replace("=5", "=9") });
    const report = reviewed();
    expect(report.inputs.map(({ name }) => name)).toEqual(["conf/httpd.conf"]);
    expect(report.summary).toMatch(HEAVIER);
  });

  test("a renamed file is compared with what it was", () => {
    commit({ "old/httpd.conf": CONF });
    commit({ "old/httpd.conf": null, "new/site.conf": CONF.replace("=5", "=9") });
    expect(reviewed().inputs).toEqual([
      {
        name: "new/site.conf",
        base: "old/httpd.conf",
        head: "new/site.conf",
        changed: true,
        sum: createHash("sha256").update(CONF.replace("=5", "=9")).digest("hex"),
        httpd: { before: "2.4.71", after: "2.4.71" },
      },
    ]);
  });

  test("an httpd.conf that becomes a spec of the same balancers is no change of traffic", () => {
    commit({ "httpd.conf": CONF });
    commit({ "httpd.conf": null, "shop.yaml": SPEC });
    const report = reviewed();
    expect(report.inputs).toMatchObject([{ name: "shop.yaml", base: "httpd.conf", head: "shop.yaml" }]);
    expect(report.clusters.every(({ affectsTraffic }) => !affectsTraffic)).toBe(true);
  });

  test("what is not ours leaves an empty report", () => {
    commit({ "httpd.conf": CONF, "a.txt": "1\n" });
    commit({ "a.txt": "2\n" });
    expect(reviewed()).toMatchObject({ changed: false, inputs: [], clusters: [] });
  });

  test("a link is not followed: it may lead out of the repository", () => {
    commit({ "httpd.conf": CONF });
    symlinkSync("/etc/passwd", join(folder, "passwd.conf"));
    commit({ "httpd.conf": `IncludeOptional passwd.conf\n${CONF}`.replace("=5", "=9") });
    expect(JSON.stringify(reviewed())).not.toContain("root:");
  });

  test("a base that is not read leaves the head, and says so; a head that is not ends in one sentence", () => {
    commit({ "httpd.conf": "ProxyPass\n<Proxy balancer://shop>\n</Proxy>\n" });
    commit({ "httpd.conf": CONF });
    expect(reviewed().notes[0]).toMatch(/^the base cannot be read/);
    expect(() => gitInputs("HEAD..HEAD~1", {}, nodeIo, folder)).toThrow(/^httpd\.conf:1: ProxyPass/);
  });

  test.each([
    ["nothing", /write BASE\.\.HEAD$/],
    ["main..nowhere", /'nowhere' is no commit of this repository/],
    ["--output=/tmp/x..main", /is no commit of this repository/],
  ])("%s is refused with one sentence", (range, sentence) => {
    commit({ "httpd.conf": CONF });
    expect(() => gitInputs(range, {}, nodeIo, folder)).toThrow(sentence);
  });

  test("outside of a repository that is said", () => {
    rmSync(join(folder, ".git"), { recursive: true });
    expect(() => gitInputs("a..b", {}, nodeIo, folder)).toThrow(/^--git: not a git repository/);
  });

  test("a file that was one of ours and cannot be read any more is no quiet change", () => {
    commit({ "shop.yaml": SPEC, "httpd.conf": CONF });
    commit({ "shop.yaml": "clusters: [\n" });
    expect(() => reviewed()).toThrow(/^shop\.yaml:2:1: the spec: /);
    commit({ "shop.yaml": SPEC, "httpd.conf": "Listen\n" });
    expect(() => reviewed("HEAD~2..HEAD")).toThrow(/^httpd\.conf:1: Listen /);
  });

  test("balancers that a file loses are removed ones, whatever it is now", () => {
    commit({ "shop.yaml": SPEC, "httpd.conf": CONF });
    commit({ "shop.yaml": "notes: none\n", "httpd.conf": "Listen 80\n" });
    const { clusters, risk } = reviewed();
    expect(clusters.map(({ kind, input }) => [kind, input])).toEqual([
      ["removed", "httpd.conf"],
      ["removed", "shop.yaml"],
    ]);
    expect(risk).toBe("high");
  });
});
