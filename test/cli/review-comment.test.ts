import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { parse } from "yaml";
import "../../cli/commands/review.js";
import { runCommand } from "../support/command.js";

const SPEC = `clusters:
  c: { maxattempts: 2, members: { a: { url: http://10.0.0.1 }, b: { url: http://10.0.0.2 } } }
servers:
  web: { listen: [80], mounts: { /: c } }
`;
const FILES = { "base.yaml": SPEC, "head.yaml": SPEC.replace("http://10.0.0.1 ", "http://10.0.0.1, loadfactor: 3 ") };

interface Call {
  readonly method: string;
  readonly path: string;
  readonly secret: string | undefined;
  readonly body: string;
}

/** Comments that are there, what was called, and what every call is answered with. */
let comments: { id: number; body: string; user?: object | null; author?: object }[];
let calls: Call[];
let refusal: number | undefined;
/** What the platform says of the owner of the token, by path; it refuses to say what is not here. */
let owner: Readonly<Record<string, object>>;

const server = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk) => (body += String(chunk)));
  request.on("end", () => {
    const { method = "", url: path = "", headers } = request;
    calls.push({ method, path, secret: headers.authorization ?? String(headers["private-token"]), body });
    const asksForOwner = path === "/user" || path === "/graphql";
    response.writeHead(asksForOwner && owner[path] === undefined ? 403 : (refusal ?? 200), {
      "content-type": "application/json",
    });
    const listed = path.endsWith("page=1") ? comments : [];
    response.end(JSON.stringify(asksForOwner ? (owner[path] ?? {}) : method === "GET" ? listed : { id: 1 }));
  });
});

beforeEach(async () => {
  comments = [{ id: 7, body: "of somebody else, <!-- httpd-balancer review -->" }];
  calls = [];
  refusal = undefined;
  owner = {};
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  vi.stubEnv("GITHUB_API_URL", api).stubEnv("GITHUB_REPOSITORY", "o/r").stubEnv("GITHUB_TOKEN", "t0ken");
  vi.stubEnv("CI_API_V4_URL", api).stubEnv("CI_PROJECT_ID", "42").stubEnv("GITLAB_TOKEN", "t0ken");
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await new Promise((done) => server.close(done));
});

const review = (...words: readonly string[]) => runCommand(["review", "base.yaml", "head.yaml", ...words], FILES);
const written = (): readonly string[] =>
  calls
    .filter(({ method, path }) => method !== "GET" && path !== "/graphql")
    .map(({ method, path }) => `${method} ${path}`);

describe("review --comment", () => {
  test("makes one comment where none of ours is there", async () => {
    const { stderr } = await review("--comment", "github", "--comment-on", "5");
    expect(stderr).toBe("comment on github: created\n");
    expect(written()).toEqual(["POST /repos/o/r/issues/5/comments"]);
    expect(calls.map(({ secret }) => secret)).toEqual(["Bearer t0ken", "Bearer t0ken"]);
  });

  test.each([
    ["github", "PATCH /repos/o/r/issues/comments/9"],
    ["gitlab", "PUT /projects/42/merge_requests/5/notes/9"],
  ])("changes ours in place on %s", async (platform, call) => {
    comments.push({ id: 9, body: "<!-- httpd-balancer review -->\nold" });
    await review("--comment", platform, "--comment-on", "5");
    expect(written()).toEqual([call]);
  });

  const OLD = "<!-- httpd-balancer review -->\nold";
  const BOT = { login: "github-actions[bot]", type: "Bot" };

  /** Who posts with which token, and what the platform says of its owner. */
  const OWNERS = {
    "a person's token": [{ "/user": { login: "ci" } }, { login: "ci", type: "User" }],
    "the token of a pipeline, of which only GraphQL says the owner": [
      { "/graphql": { data: { viewer: { login: BOT.login } } } },
      BOT,
    ],
    "a token of which nobody says the owner": [{}, BOT],
  } as const;

  test.each(Object.entries(OWNERS))(
    "leaves alone what somebody else begins with our marker: %s",
    async (_, [of, own]) => {
      owner = of;
      comments = [
        { id: 2, body: OLD, user: { login: "mallory", type: "User" } },
        { id: 3, body: OLD, user: null },
      ];
      await review("--comment", "github", "--comment-on", "5");
      expect(written()).toEqual(["POST /repos/o/r/issues/5/comments"]);
      calls = [];
      comments.push({ id: 9, body: OLD, user: own });
      await review("--comment", "github", "--comment-on", "5");
      expect(written()).toEqual(["PATCH /repos/o/r/issues/comments/9"]);
    },
  );

  test("leaves alone the comment of another app where GraphQL says which one we are", async () => {
    owner = OWNERS["the token of a pipeline, of which only GraphQL says the owner"][0];
    comments = [{ id: 2, body: OLD, user: { login: "echo[bot]", type: "Bot" } }];
    await review("--comment", "github", "--comment-on", "5");
    expect(written()).toEqual(["POST /repos/o/r/issues/5/comments"]);
  });

  test.each([
    [{ "/user": { username: "ci" } }, "ci"],
    [{}, "project_42_bot_0a1b"],
  ])("changes its own note on GitLab, and nobody else's: owner %j", async (of, username) => {
    owner = of;
    comments = [{ id: 2, body: OLD, author: { username: "mallory" } }];
    await review("--comment", "gitlab", "--comment-on", "5");
    expect(written()).toEqual(["POST /projects/42/merge_requests/5/notes"]);
    calls = [];
    comments.push({ id: 9, body: OLD, author: { username } });
    await review("--comment", "gitlab", "--comment-on", "5");
    expect(written()).toEqual(["PUT /projects/42/merge_requests/5/notes/9"]);
  });

  test("a dry run sends nothing but GET, also where it has to know who it is", async () => {
    comments = [{ id: 9, body: OLD, user: BOT }];
    const { stderr } = await review("--comment", "github", "--comment-on", "5", "--dry-run");
    expect(stderr).toBe("comment on github: updated (dry run, nothing is written)\n");
    expect(new Set(calls.map(({ method }) => method))).toEqual(new Set(["GET"]));
  });

  test("writes nothing where ours says the same already", async () => {
    const { stdout } = await review("--format", "markdown");
    comments.push({ id: 9, body: stdout.replaceAll("\n", "\n").trimEnd() });
    const { stderr } = await review("--comment", "github", "--comment-on", "5");
    expect({ stderr, written: written() }).toEqual({ stderr: "comment on github: unchanged\n", written: [] });
  });

  test("writes nothing in a dry run", async () => {
    const { stderr } = await review("--comment", "gitlab", "--comment-on", "5", "--dry-run");
    expect({ stderr, written: written() }).toEqual({
      stderr: "comment on gitlab: created (dry run, nothing is written)\n",
      written: [],
    });
  });

  test("a refusal is one sentence without the token", async () => {
    refusal = 403;
    const { status, stderr } = await review("--comment", "github", "--comment-on", "5");
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /^httpd-balancer: --comment: github answers 403 to GET of a comment; give the token the right/,
    );
    expect(stderr).not.toContain("t0ken");
  });

  test.each([
    [["--comment", "x"], /--comment: found 'x', allowed is github or gitlab/],
    [["--comment", "github"], /--comment-on: found nothing; write the number/],
    [["--comment", "github", "--comment-on", "5;x"], /--comment-on: found '5;x'/],
  ])("%j is refused", async (words, sentence) => {
    const { status, stderr } = await review(...words);
    expect({ status, calls }).toEqual({ status: 2, calls: [] });
    expect(stderr).toMatch(sentence);
  });
});

describe("pipelines", () => {
  const ROOT = join(__dirname, "../..");
  const text = (path: string): string => readFileSync(join(ROOT, path), "utf8");

  test("the action puts nothing of a pull request into the text of a script", () => {
    const { runs } = parse(text("action.yml")) as {
      readonly runs: { readonly steps: readonly { readonly run: string }[] };
    };
    for (const { run } of runs.steps) expect(run).not.toContain("${{");
  });

  test.each(["action.yml", "ci/gitlab.yml", "ci/atlantis.yaml", "ci/Jenkinsfile", ".pre-commit-hooks.yaml"])(
    "%s uses options that the program has",
    async (path) => {
      const { stdout: help } = await runCommand(["review", "--help"]);
      const used = text(path).match(/(?<=\s|\()--(?:git|plan|fail-on|format|comment|comment-on)\b/g) ?? [];
      for (const option of used) expect(help).toContain(option);
      expect(text(path)).toMatch(/httpd-balancer/);
    },
  );

  test.each(["ci/gitlab.yml", "ci/atlantis.yaml", ".pre-commit-hooks.yaml"])("%s is YAML", (path) => {
    expect(() => parse(text(path)) as unknown).not.toThrow();
  });
});
