import { execFile, execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { parse } from "yaml";
import { bundledProgram } from "../support/bundled-program.js";
import { junitFaults } from "../support/junit-schema.js";
import { component, describeReal } from "../support/real.js";

const ROOT = resolve(__dirname, "../..");
const TOKEN = "t0p-s3cret-token";

/** What a stranger's pull request may hold: a command of the runner, a mention, markup, and lines that run programs. */
const HOSTILE = "::error file=x::y @everyone <script>alert(1)</script> <img src=x onerror=alert(1)>";
const conf = (weight: number, more = ""): string => `# ${HOSTILE}
<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 route=r1 loadfactor=${weight}
  BalancerMember http://10.0.0.2:8080 route="r2"
  ProxySet maxattempts=3
</Proxy>
ProxyPass /a balancer://shop/a
${more}`;
const RUNS_PROGRAMS = `# @everyone ::set-output name=a::b
LoadModule evil_module ./evil.so
CustomLog "|/bin/touch PWNED" common
ErrorLog "|/bin/touch PWNED"
`;

interface Comment {
  readonly id: number;
  body: string;
}

let folder: string;
let comments: Comment[];
let calls: string[];
let server: Server;
let api: string;

let program: ReturnType<typeof bundledProgram>;

beforeAll(() => {
  program = bundledProgram();
});
afterAll(() => {
  rmSync(program.folder, { recursive: true });
});

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "pipeline-"));
  comments = [{ id: 1, body: "LGTM" }];
  calls = [];
  server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk) => (text += String(chunk)));
    request.on("end", () => {
      const { method = "", url = "" } = request;
      calls.push(`${method} ${url.replace(/\?.*/, "")}`);
      const body = text === "" ? "" : (JSON.parse(text) as { readonly body: string }).body;
      const known = comments.find(({ id }) => url.endsWith(`/${id}`));
      if (method === "POST") comments.push({ id: comments.length + 1, body });
      else if (method !== "GET" && known !== undefined) known.body = body;
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify(method === "GET" ? comments : {}));
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  mkdirSync(join(folder, "bin"));
  // In the place of npx and the registry: the program of this tree.
  const npx = `#!/bin/sh\nwhile [ "$1" != httpd-balancer ]; do shift; done\nshift\nexec ${process.execPath} ${program.path} "$@"\n`;
  writeFileSync(join(folder, "bin/npx"), npx);
  chmodSync(join(folder, "bin/npx"), 0o755);
});

afterEach(async () => {
  rmSync(folder, { recursive: true });
  await new Promise((done) => server.close(done));
});

function git(...words: readonly string[]): string {
  const identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main"];
  return execFileSync("git", [...identity, ...words], { cwd: join(folder, "repo"), encoding: "utf8" }).trim();
}

/** A repository whose commits have these files; their names are given back. */
function repository(...commits: readonly Readonly<Record<string, string>>[]): readonly string[] {
  mkdirSync(join(folder, "repo"), { recursive: true });
  if (!existsSync(join(folder, "repo/.git"))) git("init", "-q");
  return commits.map((files) => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, "repo", name), text);
    git("add", "-A");
    git("commit", "-qm", "c", "--allow-empty");
    return git("rev-parse", "HEAD");
  });
}

interface Done {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

function bash(script: string, env: Readonly<Record<string, string>>): Promise<Done> {
  const path = `${join(folder, "bin")}:${process.env["PATH"] ?? ""}`;
  return new Promise((done) => {
    const options = { cwd: join(folder, "repo"), env: { PATH: path, HOME: folder, ...env } };
    execFile("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script], options, (error, stdout, stderr) => {
      done({ status: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

interface Action {
  readonly runs: {
    readonly steps: readonly { readonly run: string; readonly env: Readonly<Record<string, string>> }[];
  };
}

/** Carries out the step of the composite action as a runner does for a pull request. */
async function action(base: string, head: string, inputs: Readonly<Record<string, string>> = {}): Promise<Done> {
  const { runs } = parse(readFileSync(join(ROOT, "action.yml"), "utf8")) as Action;
  const [step] = runs.steps;
  if (step === undefined) throw new Error("the action has a step");
  expect(step.run).not.toContain("${{");
  const values: Readonly<Record<string, string>> = {
    ...{ GITHUB_TOKEN: TOKEN, RANGE: "", BASE_SHA: base, HEAD_SHA: head, NUMBER: "5" },
    ...{ FAIL_ON: "broken,errors", COMMENT: "true", VERSION: "latest" },
    ...inputs,
  };
  expect(Object.keys(step.env).every((name) => name in values)).toBe(true);
  const runner = { GITHUB_API_URL: api, GITHUB_REPOSITORY: "o/r", GITHUB_STEP_SUMMARY: join(folder, "summary") };
  return bash(step.run, { ...values, ...runner, CI: "true" });
}

/** Nothing of a stranger's text is a command, markup or a mention, and nothing of it was run. */
function expectHarmless({ stdout, stderr }: Done, ...texts: readonly string[]): void {
  for (const text of [stdout, stderr, ...texts]) {
    expect(text).not.toContain(TOKEN);
    expect(text.split("\n").filter((line) => line.startsWith("::"))).toEqual([]);
  }
  for (const text of texts) {
    const shown = text.replace(/^(?<fence>`{3,})[\s\S]*?^\k<fence>$/gm, "").replace(/`[^`\n]*`/g, "");
    expect(shown).not.toMatch(/<script|<img|@everyone/);
  }
  expect(existsSync(join(folder, "repo/PWNED"))).toBe(false);
}

describeReal("the action for GitHub", ["git"], () => {
  test("keeps one comment, changed in place, beside those of others", async () => {
    const [base = "", head = "", next = ""] = repository(
      { "httpd.conf": conf(1) },
      { "httpd.conf": conf(5) },
      { "httpd.conf": conf(9) },
    );
    expect(await action(base, head)).toMatchObject({ status: 0 });
    expect(comments.map(({ body }) => body.split("\n")[0])).toEqual(["LGTM", "<!-- httpd-balancer review -->"]);
    expect(comments[1]?.body).toContain("5/6");
    expect(readFileSync(join(folder, "summary"), "utf8")).toContain("5/6");
    const second = await action(base, next);
    expect(comments).toHaveLength(2);
    expect(comments[1]?.body).toContain("9/10");
    expectHarmless(second, ...comments.map(({ body }) => body));
    expect(calls.filter((call) => !call.startsWith("GET"))).toEqual([
      "POST /repos/o/r/issues/5/comments",
      "PATCH /repos/o/r/issues/comments/2",
    ]);
  });

  test("fails for what a change breaks, after the comment, unless it is told not to", async () => {
    const broken = conf(1).replace("maxattempts=3", "maxattempts=0");
    const [base = "", head = ""] = repository({ "httpd.conf": conf(1) }, { "httpd.conf": broken });
    expect((await action(base, head)).status).toBe(1);
    expect(comments[1]?.body).toContain("High risk");
    expect((await action(base, head, { FAIL_ON: "nothing" })).status).toBe(0);
  });

  test("posts nothing where nothing of ours changed, and where it is not to", async () => {
    const [base = "", head = "", next = ""] = repository(
      { "httpd.conf": conf(1) },
      { "README.md": "balancer" },
      { "httpd.conf": conf(2) },
    );
    expect(await action(base, head)).toMatchObject({ status: 0 });
    expect(await action(base, next, { COMMENT: "false" })).toMatchObject({ status: 0 });
    expect(comments).toHaveLength(1);
  });

  test("runs nothing of a stranger's file, and shows nothing of it as markup, mention or command", async () => {
    const [base = "", head = ""] = repository({ "httpd.conf": conf(1) }, { "httpd.conf": conf(5, RUNS_PROGRAMS) });
    const done = await action(base, head, { FAIL_ON: "nothing" });
    expectHarmless(done, ...comments.map(({ body }) => body), readFileSync(join(folder, "summary"), "utf8"));
  });

  test("takes a range that is an option, or a command, for a range", async () => {
    const [base = ""] = repository({ "httpd.conf": conf(1) });
    for (const RANGE of ["--upload-pack=touch PWNED..HEAD", "$(touch PWNED)..HEAD", `${base}..;touch PWNED`]) {
      const done = await action(base, base, { RANGE });
      expect(done.status).toBe(2);
      expectHarmless(done);
    }
  });
});

interface Template {
  readonly "httpd-balancers": {
    readonly script: readonly string[];
    readonly variables: Readonly<Record<string, string>>;
    readonly artifacts: { readonly reports: Readonly<Record<string, string>> };
  };
}

/** Carries out the script of the template as a runner does for a merge request. */
async function gitlab(base: string, head: string, given: Readonly<Record<string, string>> = {}): Promise<Done> {
  const template = parse(readFileSync(join(ROOT, "ci/gitlab.yml"), "utf8")) as Template;
  const { script, variables } = template["httpd-balancers"];
  return bash(script.join("\n"), {
    ...variables,
    ...{ CI: "true", CI_API_V4_URL: api, CI_PROJECT_ID: "42", CI_MERGE_REQUEST_IID: "5", GITLAB_TOKEN: TOKEN },
    ...{ CI_MERGE_REQUEST_DIFF_BASE_SHA: base, CI_COMMIT_SHA: head },
    ...given,
  });
}

describeReal("the template for GitLab", ["git"], () => {
  test("writes its reports, and keeps one note, changed in place", async () => {
    const [base = "", head = "", next = ""] = repository(
      { "httpd.conf": conf(1) },
      { "httpd.conf": conf(5) },
      { "httpd.conf": conf(9) },
    );
    const first = await gitlab(base, head);
    expect(first).toMatchObject({ status: 0 });
    const second = await gitlab(base, next);
    expectHarmless(second, ...comments.map(({ body }) => body));
    expect(comments.map(({ body }) => body.split("\n")[0])).toEqual(["LGTM", "<!-- httpd-balancer review -->"]);
    expect(calls.filter((call) => !call.startsWith("GET"))).toEqual([
      "POST /projects/42/merge_requests/5/notes",
      "PUT /projects/42/merge_requests/5/notes/2",
    ]);
    const made = (name: string): string => readFileSync(join(folder, "repo", name), "utf8");
    expect(Array.isArray(JSON.parse(made("httpd-balancers.json")))).toBe(true);
    expect(made("httpd-balancers.xml")).toContain("<testsuites");
    expect(made("httpd-balancers.html")).toContain("9/10");
  });

  test("without a token it reports, and posts nothing", async () => {
    const [base = "", head = ""] = repository({ "httpd.conf": conf(1) }, { "httpd.conf": conf(5, RUNS_PROGRAMS) });
    const done = await gitlab(base, head, { GITLAB_TOKEN: "", FAIL_ON: "nothing" });
    expectHarmless(done);
    expect(calls).toEqual([]);
  });
});

/** Carries out the shell steps of the Jenkinsfile, each in a shell of its own; Jenkins ends at the first that fails. */
async function jenkins(target: string): Promise<Done> {
  const steps = readFileSync(join(ROOT, "ci/Jenkinsfile"), "utf8").match(/(?<=^ *sh ')[^'\n]+(?='$)/gm) ?? [];
  expect(steps).toHaveLength(2);
  let done: Done = { status: 0, stdout: "", stderr: "" };
  for (const step of steps) {
    done = await bash(`sh -xe -c '${step}'`, { CI: "true", CHANGE_TARGET: target });
    if (done.status !== 0) break;
  }
  return done;
}

describeReal("the Jenkinsfile", ["git"], () => {
  const changed = (head: string): void => {
    repository({ "httpd.conf": conf(1) }, { "httpd.conf": head });
    git("update-ref", "refs/remotes/origin/main", "HEAD~1");
  };
  const made = (name: string): string => readFileSync(join(folder, "repo", name), "utf8");

  test("writes a page and a report that its junit step takes", async () => {
    changed(conf(5));
    expect(await jenkins("main")).toMatchObject({ status: 0 });
    expect(made("httpd-balancers.html")).toContain("5/6");
    expect(await junitFaults(made("httpd-balancers.xml"))).toEqual([]);
  });

  test("runs nothing of a stranger's file", async () => {
    changed(conf(5, RUNS_PROGRAMS));
    const done = await jenkins("main");
    expect(made("httpd-balancers.html")).not.toMatch(/<script|<img/);
    expect(await junitFaults(made("httpd-balancers.xml"))).toEqual([]);
    expectHarmless(done);
  });

  test("fails for what a change breaks, and still has both", async () => {
    changed(conf(1).replace("maxattempts=3", "maxattempts=0"));
    expect((await jenkins("main")).status).toBe(1);
    expect(made("httpd-balancers.html")).toContain("High risk");
    expect(made("httpd-balancers.xml")).toContain("always-served");
    expect(await junitFaults(made("httpd-balancers.xml"))).toEqual([]);
  });

  test("takes the name of a branch for a name", async () => {
    changed(conf(5));
    const done = await jenkins("$(touch PWNED);touch PWNED`touch PWNED`");
    expect(done.status).toBe(2);
    expect(existsSync(join(folder, "repo/PWNED"))).toBe(false);
  });
});

interface AtlantisFile {
  readonly workflows: {
    readonly "httpd-balancers": { readonly plan: { readonly steps: readonly (string | { readonly run: string })[] } };
  };
}

/** What Terraform has brought already. */
function applied(text: string): void {
  writeStack(text);
  for (const words of [["init"], ["apply", "-auto-approve"]]) {
    execFileSync(component("terraform"), words, { cwd: join(folder, "repo"), stdio: "pipe" });
  }
}

function writeStack(text: string): void {
  const stack = { resource: { terraform_data: { web: { triggers_replace: { "web/httpd.conf": text } } } } };
  writeFileSync(join(folder, "repo/main.tf.json"), JSON.stringify(stack));
}

/** Carries out the steps of the workflow as Atlantis does for a folder of Terraform that has this httpd.conf. */
async function atlantis(text: string): Promise<Done> {
  writeStack(text);
  const { workflows } = parse(readFileSync(join(ROOT, "ci/atlantis.yaml"), "utf8")) as AtlantisFile;
  const own: Readonly<Record<string, string>> = {
    init: "terraform init -input=false -no-color >&2",
    plan: 'terraform plan -input=false -no-color -out "$PLANFILE" >&2',
    show: 'terraform show -json "$PLANFILE" >"$SHOWFILE"',
  };
  const steps = workflows["httpd-balancers"].plan.steps.map((step) => {
    return typeof step === "string" ? (own[step] ?? `exit 99 # ${step}`) : step.run;
  });
  const files = { PLANFILE: join(folder, "plan"), SHOWFILE: join(folder, "plan.json"), CHECKPOINT_DISABLE: "1" };
  return bash(steps.join("\n"), files);
}

describeReal("the workflow of Atlantis", ["terraform"], () => {
  beforeEach(() => {
    mkdirSync(join(folder, "repo"), { recursive: true });
  });

  test("puts the review of the plan that Terraform made into its comment", async () => {
    applied(conf(1));
    const done = await atlantis(conf(9));
    expect(done.status).toBe(0);
    expect(done.stdout.split("\n")[0]).toMatch(/^Traffic changes: /);
    expect(done.stdout).toContain("9/10 (90.0 %)");
    expect(done.stdout).toContain("terraform_data.web");
    const hostile = await atlantis(conf(9, RUNS_PROGRAMS));
    expectHarmless({ ...hostile, stderr: "" });
    expect(hostile.stdout).not.toMatch(/^\s*```/m);
  });

  test("fails for what a plan breaks", async () => {
    applied(conf(1));
    const done = await atlantis(conf(1).replace("maxattempts=3", "maxattempts=0"));
    expect(done.status).toBe(1);
    expect(done.stdout).toMatch(/^High risk: /);
  });
});

interface Hook {
  readonly id: string;
  readonly entry: string;
  readonly files: string;
}

describeReal("the hooks of pre-commit", ["git"], () => {
  /** Carries out each hook as pre-commit does: its entry with the names of the files that are to be committed. */
  async function hooks(names: readonly string[]): Promise<ReadonlyMap<string, Done>> {
    const all = parse(readFileSync(join(ROOT, ".pre-commit-hooks.yaml"), "utf8")) as readonly Hook[];
    writeFileSync(join(folder, "bin/httpd-balancer"), '#!/bin/sh\nexec npx httpd-balancer "$@"\n', { mode: 0o755 });
    const done = new Map<string, Done>();
    for (const { id, entry, files } of all) {
      const own = names.filter((name) => new RegExp(files).test(name)).map((name) => `'${name}'`);
      if (own.length > 0) done.set(id, await bash(`${entry} ${own.join(" ")}`, {}));
    }
    return done;
  }

  test("take the configurations of a commit, and nothing else", async () => {
    repository({ "README.md": "balancer", "main.conf": conf(1) });
    expect(await hooks(["README.md", "main.conf", "src/apache2.confx"])).toEqual(new Map());
  });

  test("pass what is sound, and stop a commit whose promises do not hold or whose lines httpd refuses", async () => {
    const sound = conf(1, "ProxyPassReverse /a balancer://shop/a\n");
    repository({ "httpd.conf": sound, "apache2.conf": conf(1).replace("maxattempts=3", "maxattempts=0") });
    const status = async (...names: readonly string[]) =>
      new Map([...(await hooks(names))].map(([id, done]) => [id, done.status]));
    expect((await status("httpd.conf")).get("httpd-balancer-check")).toBe(0);
    expect((await status("httpd.conf", "apache2.conf")).get("httpd-balancer-check")).toBe(1);
    repository({ "httpd.conf": "<Proxy balancer://a>\nBalancerMember\n</Proxy>\n" });
    expect([...(await status("httpd.conf")).values()]).toEqual([1, 1]);
  });
});

describeReal("a dry run in a pipeline", ["git"], () => {
  test("looks for the comment, says what it would do, and writes none", async () => {
    const [base = "", head = ""] = repository({ "httpd.conf": conf(1) }, { "httpd.conf": conf(5) });
    const words = `review --git ${base}..${head} --comment github --comment-on 5 --dry-run --format markdown`;
    const env = { GITHUB_API_URL: api, GITHUB_REPOSITORY: "o/r", GITHUB_TOKEN: TOKEN };
    const done = await bash(`npx httpd-balancer ${words}`, env);
    expect(done.status).toBe(0);
    expect(done.stderr).toContain("comment on github: created (dry run, nothing is written)");
    expect(calls).toEqual(["GET /repos/o/r/issues/5/comments"]);
  });
});
