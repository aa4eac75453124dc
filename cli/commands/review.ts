import { reviewOf } from "../../core/review/review.js";
import type { ReviewOptions, ReviewPair } from "../../core/review/review.js";
import type { ReviewReport } from "../../core/review/report.js";
import { foundIn, REVIEW_TEXTS } from "../../core/review/found.js";
import { MARKER, markdownReview } from "../../core/review/formats/markdown.js";
import { SearchBudget, withBudget } from "../budget.js";
import type { Command, Options } from "../command.js";
import { withConfOptions } from "../conf-options.js";
import { formatOf, printFound, withFormats } from "../format.js";
import { comparesReleases, withReleases } from "../releases.js";
import { EXIT, UnusableError } from "../io.js";
import type { Io } from "../io.js";
import { CA_OPTION, USER_OPTION } from "../live-balancers.js";
import { reviewFormats } from "../review-formats.js";
import { plannedInputs, twoInputs } from "../review-sources.js";
import type { ReviewSources } from "../review-sources.js";
import { ProblemError, problemText } from "../../core/vocabulary/problem.js";

/** `httpd-balancer review`: exit 1 for what a change breaks, as `--fail-on` says. */
export const command: Command = {
  configure: (command) =>
    withFormats(
      withReleases(withBudget(withConfOptions(command)))
        .argument("[base]", "an httpd.conf, a folder with one, or a spec: before the change")
        .argument("[head]", "the same after the change"),
      "print the report as one JSON document",
    )
      .option("--git <range>", "compare two commits, BASE..HEAD: specs and configurations are found by content")
      .option("--plan <file>", "compare the configurations in a plan, as 'terraform show -json' prints it")
      .option(
        "--manager <url>",
        "what runs there counts as the base: what a reload, or the change, does to live values",
      )
      .option("--user <name>", USER_OPTION)
      .option("--ca <file>", CA_OPTION)
      .option(
        "--comment <platform>",
        "keep one comment up to date: github or gitlab, by the variables of its pipelines",
      )
      .option("--comment-on <number>", "the pull or merge request (default: the one the pipeline runs for)")
      .option("--dry-run", "with --comment: look for the comment that is there, and write none")
      .option("--fail-on <what>", `what ends with exit status 1: ${Object.keys(POLICIES).join(", ")}`, "broken,errors"),
  async run([base, head], options, io) {
    const policies = policiesOf(String(options["failOn"]));
    const format = formatOf(options);
    const { isOver, started } = new SearchBudget(options, io);
    const { pairs, ...known } = await sourcesOf(wordOf(base), wordOf(head), options, io);
    const report = reviewed(pairs, { isOver, started, ...known });
    const own = reviewFormats(report);
    const meant = pairs.flatMap(({ base: old, head: young }) => [old?.meant ?? [], young?.meant ?? []].flat());
    printFound(format, { command: "review", rules: REVIEW_TEXTS, reports: () => [foundIn(report)], meant, own }, io);
    await commented(report, options, io);
    return policies.some((policy) => POLICIES[policy](report)) ? EXIT.findings : EXIT.clean;
  },
};

/** What became of the comment is said on stderr, so that stdout stays the report. */
async function commented(report: ReviewReport, options: Options, io: Io): Promise<void> {
  const { comment, commentOn, dryRun } = options;
  if (comment === undefined) return;
  const { commentPlace } = await import("../comment-place.js");
  const { CommentError, keepComment } = await import("../../live/post-comment.js");
  const place = commentPlace(String(comment), commentOn === undefined ? undefined : String(commentOn), process.env);
  try {
    const body = markdownReview(report);
    const quiet = report.inputs.length === 0 && report.notes.length === 0;
    const done = await keepComment(place, { body, marker: MARKER, quiet, dryRun: dryRun === true });
    io.stderr(`comment on ${place.platform}: ${done}${dryRun === true ? " (dry run, nothing is written)" : ""}\n`);
  } catch (error) {
    if (error instanceof CommentError) throw new UnusableError(error.message);
    throw error;
  }
}

/** What a pipeline may stop at. */
const POLICIES = {
  broken: ({ clusters }: ReviewReport) =>
    clusters.some(({ promises: { broken, results } }) =>
      broken.some((id) => results.some((result) => result.id === id && result.acknowledged === undefined)),
    ),
  errors: ({ findings }: ReviewReport) => findings.new.some(({ severity }) => severity === "error"),
  warnings: ({ findings }: ReviewReport) => findings.new.some(({ severity }) => severity === "warning"),
  traffic: ({ clusters, paths, unmodelled }: ReviewReport) =>
    paths.length > 0 ||
    unmodelled !== undefined ||
    clusters.some((cluster) => cluster.affectsTraffic || cluster.unmodelled !== undefined),
  changed: ({ changed }: ReviewReport) => changed,
  nothing: () => false,
} as const;

type Policy = keyof typeof POLICIES;

function policiesOf(text: string): readonly Policy[] {
  const known = Object.keys(POLICIES) as readonly Policy[];
  return text.split(",").map((word) => {
    const policy = known.find((each) => each === word);
    if (policy !== undefined) return policy;
    throw new UnusableError(`--fail-on: found '${word}', allowed is ${known.join(", ")}; correct it`);
  });
}

function wordOf(operand: string | readonly string[] | undefined): string | undefined {
  return typeof operand === "string" ? operand : undefined;
}

/** A promise that cannot be read is a head that cannot be. */
function reviewed(pairs: readonly ReviewPair[], options: ReviewOptions): ReviewReport {
  try {
    return reviewOf(pairs, options);
  } catch (error) {
    if (error instanceof ProblemError) throw new UnusableError(error.problems.map(problemText).join("; "));
    throw error;
  }
}

async function sourcesOf(
  base: string | undefined,
  head: string | undefined,
  options: Options,
  io: Io,
): Promise<ReviewSources> {
  const { git, plan } = options;
  const named = base !== undefined || head !== undefined;
  const ways = [named, git !== undefined, plan !== undefined].filter((given) => given).length;
  if (ways > 1) throw new UnusableError("review: found several of BASE HEAD, --git and --plan; give one of them");
  if (git !== undefined) {
    const { gitInputs } = await import("../git-sources.js");
    return gitInputs(String(git), options, io);
  }
  if (plan !== undefined) return plannedInputs(String(plan), options, io);
  const { manager } = options;
  const young = head ?? (comparesReleases(options) || manager !== undefined ? base : undefined);
  if (base !== undefined && young !== undefined) {
    const sources = twoInputs(base, young, options, io);
    if (manager === undefined) return sources;
    const { liveSources } = await import("../live-sources.js");
    return liveSources(sources, String(manager), options, io);
  }
  throw new UnusableError("review: found no two inputs; name BASE and HEAD, or --git BASE..HEAD, or --plan FILE");
}
