import { authorOf, ownerIn } from "./comment-author.js";
import type { CommentAuthor } from "./comment-author.js";

/** A comment could not be posted; the message is one sentence without the token. */
export class CommentError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "CommentError";
  }
}

/** Where a comment goes: a pull request of GitHub, or a merge request of GitLab. */
export interface CommentPlace {
  readonly platform: "github" | "gitlab";
  /** Root of the API: `https://api.github.com`, `https://gitlab.example/api/v4`. */
  readonly api: string;
  /** `owner/name`, or the number of the project. */
  readonly project: string;
  /** Number of the pull or merge request. */
  readonly number: number;
  readonly token: string;
}

/** What is to be said. */
export interface PostedComment {
  readonly body: string;
  /** The first line of the comment that is there already. */
  readonly marker: string;
  /** Nothing of ours changed: said only where something else was said before. */
  readonly quiet: boolean;
  /** Look, and change nothing. */
  readonly dryRun: boolean;
}

/** What became of it. */
export type Commented = "created" | "updated" | "unchanged" | "nothing to say";

/**
 * Keeps one comment up to date: the one of this token's owner that begins with the marker is changed in place, else one
 * is made. What somebody else begins with the marker is left alone. A dry run sends nothing but GET.
 *
 * @throws CommentError for what the API refuses
 */
export async function keepComment(place: CommentPlace, comment: PostedComment): Promise<Commented> {
  const { body, quiet, dryRun } = comment;
  const known = await ownComment(place, comment);
  if (known === undefined) {
    if (quiet) return "nothing to say";
    if (!dryRun) await call(place, "POST", listPath(place), { body });
    return "created";
  }
  if (known.body.trim() === body.trim()) return "unchanged";
  if (!dryRun) await call(place, place.platform === "github" ? "PATCH" : "PUT", onePath(place, known.id), { body });
  return "updated";
}

interface KnownComment {
  readonly id: number;
  readonly body: string;
  readonly author: CommentAuthor | undefined;
}

/** Comments on one page of an answer, and the most pages that are looked at. */
const PAGE = 100;
const MOST_PAGES = 30;

async function ownComment(place: CommentPlace, { marker, dryRun }: PostedComment): Promise<KnownComment | undefined> {
  const marked = await markedComments(place, marker);
  // Who is asked only where it matters: a platform that names no author has nobody else's comments either.
  if (marked.every(({ author }) => author === undefined)) return marked[0];
  const owner = await ownerOf(place, dryRun);
  return marked.find(({ author }) => {
    if (author === undefined) return true;
    return owner === undefined ? author.automatic : author.name === owner;
  });
}

async function markedComments(place: CommentPlace, marker: string): Promise<readonly KnownComment[]> {
  const marked: KnownComment[] = [];
  for (let page = 1; page <= MOST_PAGES; page++) {
    const found = await call(place, "GET", `${listPath(place)}?per_page=${PAGE}&page=${page}`);
    const comments = Array.isArray(found) ? (found as readonly Partial<KnownComment>[]) : [];
    for (const comment of comments) {
      const { id, body } = comment;
      if (id !== undefined && body?.startsWith(marker) === true) marked.push({ id, body, author: authorOf(comment) });
    }
    if (comments.length < PAGE) break;
  }
  return marked;
}

/**
 * Who the token belongs to; undefined where the platform does not say. A token of GitHub's own pipelines may not ask for
 * `/user`; GraphQL tells it, by POST, which a dry run does not send.
 */
async function ownerOf(place: CommentPlace, dryRun: boolean): Promise<string | undefined> {
  const owner = ownerIn(await answered(call(place, "GET", "/user")));
  if (owner !== undefined || dryRun || place.platform === "gitlab") return owner;
  // GitHub Enterprise has it beside the third version of its other API.
  const api = place.api.replace(/\/v3\/?$/, "");
  return ownerIn(await answered(call({ ...place, api }, "POST", "/graphql", { query: "{ viewer { login } }" })));
}

/** What was answered; undefined for a refusal. */
async function answered(question: Promise<unknown>): Promise<unknown> {
  try {
    return await question;
  } catch (error) {
    if (error instanceof CommentError) return undefined;
    throw error;
  }
}

function listPath({ platform, project, number }: CommentPlace): string {
  if (platform === "github")
    return `/repos/${project.split("/").map(encodeURIComponent).join("/")}/issues/${number}/comments`;
  return `/projects/${encodeURIComponent(project)}/merge_requests/${number}/notes`;
}

function onePath(place: CommentPlace, id: number): string {
  if (place.platform === "gitlab") return `${listPath(place)}/${id}`;
  return `${listPath(place).replace(/\/[0-9]+\/comments$/, "")}/comments/${id}`;
}

const PATIENCE_MILLISECONDS = 30_000;

async function call(place: CommentPlace, method: string, path: string, body?: object): Promise<unknown> {
  const { api, platform, token } = place;
  const secret = platform === "github" ? { authorization: `Bearer ${token}` } : { "private-token": token };
  const answer = await fetch(`${api.replace(/\/$/, "")}${path}`, {
    method,
    headers: { ...secret, accept: "application/json", "content-type": "application/json" },
    signal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
    redirect: "error",
    ...(body && { body: JSON.stringify(body) }),
  }).catch(() => {
    throw new CommentError(`--comment: ${platform} does not answer; check its address and the network`);
  });
  if (answer.ok) return answer.json();
  const allowed = answer.status === 401 || answer.status === 403 || answer.status === 404;
  const mend = allowed ? "give the token the right to write comments" : "try again";
  throw new CommentError(`--comment: ${platform} answers ${answer.status} to ${method} of a comment; ${mend}`);
}
