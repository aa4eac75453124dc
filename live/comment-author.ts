import { recordOf } from "../core/vocabulary/json.js";

/** Who wrote a comment, as GitHub and GitLab tell it. */
export interface CommentAuthor {
  /** Login of GitHub, user name of GitLab; empty where the account is gone. */
  readonly name: string;
  /** True for the account of an app or of a project's token, which no person writes with. */
  readonly automatic: boolean;
}

/** Accounts of tokens on GitLab: `project_42_bot_ab12`, `ci-bot`. */
const AUTOMATIC = /(?:^|[_-])bot(?:[_-]|$)/i;

/** The author of a comment of either platform; undefined where the platform names none. */
export function authorOf(comment: unknown): CommentAuthor | undefined {
  const { user, author = user } = recordOf(comment);
  if (author === undefined) return undefined;
  const { login, username = login, type } = recordOf(author);
  const name = typeof username === "string" ? username : "";
  return { name, automatic: type === "Bot" || name.endsWith("[bot]") || AUTOMATIC.test(name) };
}

/** The name that an answer about the owner of a token gives: of `/user`, or of GraphQL's viewer. */
export function ownerIn(answer: unknown): string | undefined {
  const { data, login, username = login } = recordOf(answer);
  const name = username ?? recordOf(recordOf(data)["viewer"])["login"];
  return typeof name === "string" && name !== "" ? name : undefined;
}
