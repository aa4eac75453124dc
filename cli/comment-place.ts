import type { CommentPlace } from "../live/post-comment.js";
import { UnusableError } from "./io.js";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where the comment of a pipeline goes, from the variables that GitHub Actions and GitLab CI set.
 *
 * @throws UnusableError for a platform that is none, and for a variable that is missing
 */
export function commentPlace(platform: string, number: string | undefined, environment: Environment): CommentPlace {
  if (platform !== "github" && platform !== "gitlab") {
    throw new UnusableError(`--comment: found '${platform}', allowed is github or gitlab; correct it`);
  }
  const need = (name: string): string => {
    const value = environment[name];
    if (value !== undefined && value !== "") return value;
    throw new UnusableError(`--comment ${platform}: ${name} is not set; run it in a pipeline, or set it`);
  };
  if (platform === "github") {
    const api = environment["GITHUB_API_URL"] ?? "https://api.github.com";
    const at = number ?? /^refs\/pull\/([0-9]+)\//.exec(environment["GITHUB_REF"] ?? "")?.[1];
    return { platform, api, project: need("GITHUB_REPOSITORY"), number: numberOf(at), token: need("GITHUB_TOKEN") };
  }
  const at = number ?? environment["CI_MERGE_REQUEST_IID"];
  return {
    platform,
    api: need("CI_API_V4_URL"),
    project: need("CI_PROJECT_ID"),
    number: numberOf(at),
    token: need("GITLAB_TOKEN"),
  };
}

function numberOf(text: string | undefined): number {
  if (text !== undefined && /^[0-9]{1,9}$/.test(text)) return Number(text);
  throw new UnusableError(
    `--comment-on: found ${text === undefined ? "nothing" : `'${text}'`}; write the number of the pull request`,
  );
}
