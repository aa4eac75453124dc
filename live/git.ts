import { execFileSync } from "node:child_process";

/** The repository, or a revision in it, cannot be read; the message is one sentence. */
export class GitError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "GitError";
  }
}

/** Two commits of a repository. */
export interface GitRange {
  readonly base: string;
  readonly head: string;
}

/** A file that two commits do not have in common; both paths are there where it was changed, or renamed. */
export interface ChangedPath {
  readonly before?: string;
  readonly after?: string;
}

/** The regular files of a commit, by their paths from the top of the repository. */
export interface CommitFiles {
  readonly paths: ReadonlySet<string>;
  readonly read: (path: string) => Uint8Array;
}

const MOST_BYTES = 256 * 1024 * 1024;

/**
 * The commits of `BASE..HEAD`; of `BASE...HEAD` the base is where the two parted.
 *
 * Only plumbing commands are run: no hook, filter or external diff of the repository is.
 *
 * @throws GitError for what is no range of commits
 */
export function rangeOf(text: string, folder: string): GitRange {
  const [, from = "", dots, to = ""] = /^(.+?)(\.{2,3})(.+)$/.exec(text) ?? [];
  if (dots === undefined) throw new GitError(`--git: found '${text}'; write BASE..HEAD`);
  // Says so where git is not there, or the folder is no repository: what fails behind it is the revision.
  git(["rev-parse", "--git-dir"], folder);
  const [base, head] = [commitOf(from, folder), commitOf(to, folder)];
  if (dots === "..") return { base, head };
  return { base: git(["merge-base", base, head], folder).toString("utf8").trim(), head };
}

function commitOf(revision: string, folder: string): string {
  try {
    return git(["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`], folder)
      .toString("utf8")
      .trim();
  } catch {
    throw new GitError(`--git: '${revision}' is no commit of this repository; name a branch, a tag or a commit`);
  }
}

/** The files that differ, renamed ones followed. */
export function changedPaths({ base, head }: GitRange, folder: string): readonly ChangedPath[] {
  const words = texts(git(["diff-tree", "-r", "-M", "-z", "--no-commit-id", "--name-status", base, head], folder));
  const changes: ChangedPath[] = [];
  for (let at = 0; at + 1 < words.length;) {
    const status = words[at] ?? "";
    const path = words[at + 1] ?? "";
    if (/^[RC]/.test(status)) {
      const after = words[at + 2] ?? "";
      changes.push(status.startsWith("R") ? { before: path, after } : { after });
      at += 3;
      continue;
    }
    changes.push({ ...(status !== "A" && { before: path }), ...(status !== "D" && { after: path }) });
    at += 2;
  }
  return changes;
}

/** The files of a commit; links and submodules are none. */
export function filesOf(commit: string, folder: string): CommitFiles {
  const rows = texts(git(["ls-tree", "-r", "-z", "--full-tree", commit], folder));
  const blobs = new Map(
    rows.flatMap((row) => {
      const [, mode = "", blob = "", path = ""] = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(row) ?? [];
      return mode.startsWith("100") ? [[path, blob] as const] : [];
    }),
  );
  return {
    paths: new Set(blobs.keys()),
    read: (path) => git(["cat-file", "blob", blobs.get(path) ?? ""], folder),
  };
}

/** Paths of text files in which an extended regular expression matches a line, in any case. */
export function pathsWith(expression: string, commit: string, folder: string): readonly string[] {
  try {
    const found = git(
      ["grep", "-I", "-i", "-l", "-z", "--full-name", "-E", "-e", expression, commit, "--", ":/"],
      folder,
    );
    return texts(found).map((path) => path.slice(commit.length + 1));
  } catch (error) {
    if (error instanceof NothingFound) return [];
    throw error;
  }
}

class NothingFound extends GitError {}

function git(words: readonly string[], folder: string): Buffer {
  try {
    return execFileSync("git", ["--no-pager", ...words], {
      cwd: folder,
      maxBuffer: MOST_BYTES,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, GIT_OPTIONAL_LOCKS: "0", LC_ALL: "C" },
    });
  } catch (error) {
    const { status, code, stderr } = error as { status?: number; code?: string; stderr?: Buffer };
    if (code === "ENOENT") throw new GitError("--git: git is not installed; install it");
    const said = stderr?.toString("utf8").trim().split("\n")[0] ?? "";
    if (status === 1 && said === "") throw new NothingFound("--git: nothing was found");
    throw new GitError(`--git: ${said === "" ? "git failed" : said.replace(/^fatal: /, "")}`);
  }
}

function texts(bytes: Buffer): readonly string[] {
  return bytes
    .toString("utf8")
    .split("\0")
    .filter((text) => text !== "");
}
