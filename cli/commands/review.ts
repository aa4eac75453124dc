import { confSide, specSide } from "../../core/review/side.js";
import type { SideReading } from "../../core/review/side.js";
import { review } from "../../core/review/review.js";
import type { ReviewOptions, ReviewPair } from "../../core/review/review.js";
import type { ReviewReport } from "../../core/review/report.js";
import { foundIn, REVIEW_TEXTS } from "../../core/review/found.js";
import { markdownReview } from "../../core/review/formats/markdown.js";
import { textReview } from "../../core/review/formats/text.js";
import type { Command, Options } from "../command.js";
import { withConfOptions } from "../conf-options.js";
import { formatOf, printFound, withFormats } from "../format.js";
import { EXIT, UnusableError } from "../io.js";
import type { Io } from "../io.js";
import { openInput } from "../open-input.js";

/** `httpd-balancer review`: exit 1 for what a change breaks, as `--fail-on` says. */
export const command: Command = {
  configure: (command) =>
    withFormats(
      withConfOptions(command)
        .argument("[base]", "an httpd.conf, a folder with one, or a spec: before the change")
        .argument("[head]", "the same after the change"),
      "print the report as one JSON document",
    )
      .option("--fail-on <what>", `what ends with exit status 1: ${Object.keys(POLICIES).join(", ")}`, "broken,errors")
      .option("--budget <seconds>", "time after which searches end and say how far they came", "60"),
  run([base, head], options, io) {
    const policies = policiesOf(String(options["failOn"]));
    const format = formatOf(options);
    const { pairs, notes } = twoInputs(base, head, options, io);
    const report = review(pairs, { ...effortOf(options, io), notes });
    const own = {
      text: () => textReview(report),
      json: () => `${JSON.stringify(report, undefined, 2)}\n`,
      markdown: () => markdownReview(report),
    };
    printFound(format, { command: "review", rules: REVIEW_TEXTS, reports: () => [foundIn(report)], own }, io);
    return policies.some((policy) => POLICIES[policy](report)) ? EXIT.findings : EXIT.clean;
  },
};

/** What a pipeline may stop at. */
const POLICIES = {
  broken: ({ clusters }: ReviewReport) =>
    clusters.some(({ promises: { broken, results } }) =>
      broken.some((id) => results.some((result) => result.id === id && result.acknowledged === undefined)),
    ),
  errors: ({ findings }: ReviewReport) => findings.new.some(({ severity }) => severity === "error"),
  warnings: ({ findings }: ReviewReport) => findings.new.some(({ severity }) => severity === "warning"),
  traffic: ({ clusters, paths }: ReviewReport) =>
    paths.length > 0 || clusters.some(({ affectsTraffic }) => affectsTraffic),
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

interface Sources {
  readonly pairs: readonly ReviewPair[];
  readonly notes: readonly string[];
}

function twoInputs(base: unknown, head: unknown, options: Options, io: Io): Sources {
  if (typeof base !== "string" || typeof head !== "string") {
    throw new UnusableError("review: found no two inputs; name BASE and HEAD, or --git BASE..HEAD, or --plan FILE");
  }
  const young = sideOf(head, options, io);
  if (!young.ok) throw new UnusableError(young.sentence);
  const old = sideOf(base, options, io);
  if (old.ok) return { pairs: [{ name: young.side.path, base: old.side, head: young.side }], notes: [] };
  const note = `the base cannot be read, so that this is about the head alone: ${old.sentence}`;
  return { pairs: [{ name: young.side.path, head: young.side }], notes: [note] };
}

function sideOf(path: string, options: Options, io: Io): SideReading {
  const opened = openInput(path, io, options);
  return opened.kind === "spec" ? specSide(opened.text, opened.path) : confSide(opened.run);
}

function effortOf(options: Options, io: Io): ReviewOptions {
  const budget = String(options["budget"]);
  if (!/^[0-9]{1,6}(\.[0-9]+)?$/.test(budget) || Number(budget) === 0) {
    throw new UnusableError(`--budget: found '${budget}'; write a number of seconds above 0`);
  }
  const deadline = performance.now() + 1_000 * Number(budget);
  const showsProgress = io.colour;
  return {
    isOver: () => performance.now() > deadline,
    ...(showsProgress && {
      progress: (done: number, of: number) => {
        if (of >= 20 && done % 10 === 0) io.stderr(`... ${done} of ${of} clusters\n`);
      },
    }),
  };
}
