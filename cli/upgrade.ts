import { reviewOf } from "../core/review/review.js";
import type { ReviewReport } from "../core/review/report.js";
import { confSideFor, specSideFor } from "../core/review/side.js";
import type { ReviewSide } from "../core/review/side.js";
import { foundIn, REVIEW_TEXTS } from "../core/review/found.js";
import { LAYOUTS } from "../core/vocabulary/layouts.js";
import type { MeantHttpd } from "../core/vocabulary/meant-httpd.js";
import { SearchBudget } from "./budget.js";
import type { Options } from "./command.js";
import { askedHttpd } from "./conf-options.js";
import { formatOf, printFound } from "./format.js";
import { loadInput } from "./input.js";
import { EXIT, RejectedError } from "./io.js";
import type { ExitStatus, Io } from "./io.js";
import { openInput } from "./open-input.js";
import type { OpenedInput } from "./open-input.js";
import { reviewFormats } from "./review-formats.js";

/** Two releases of httpd that are compared. */
interface Releases {
  readonly from: MeantHttpd;
  readonly to: MeantHttpd;
}

/**
 * Says what an upgrade of httpd from one release to another does to an input: lines that are refused, behaviour, shares,
 * promises and findings. Ends with 1 for what stops the new httpd and for promises that it breaks.
 */
export function explainUpgrade(path: string, options: Options, io: Io): ExitStatus {
  const format = formatOf(options["html"] === true ? { ...options, format: "html" } : options);
  const opened = openInput(path, io, options);
  const { from, to } = releasesOf(options, path, io);
  const [base, head] = [sideFor(opened, from), sideFor(opened, to)];
  // Refused whichever release is meant: said as every command says it.
  if (base === undefined || head === undefined) {
    loadInput(path, io, options);
    throw new RejectedError(`${path}: cannot be read`);
  }
  const { isOver, started } = new SearchBudget(options, io);
  const report = reviewOf([{ name: opened.path, base, head }], { isOver, started });
  const own = reviewFormats(report, upgradeJson(report, { from, to }));
  const reports = () => [foundIn(report)];
  printFound(format, { command: "explain", rules: REVIEW_TEXTS, reports, meant: [from, to], own }, io);
  const broken = report.clusters.some(({ promises }) => promises.broken.length > 0);
  const stopped = report.findings.new.some(({ severity }) => severity === "error");
  return broken || stopped ? EXIT.findings : EXIT.clean;
}

function releasesOf(options: Options, path: string, io: Io): Releases {
  const to = askedHttpd(options["to"], "--to") ?? { version: LAYOUTS.debian.httpd, by: "default" };
  const from = askedHttpd(options["from"], "--from") ?? loadInput(path, io, options).meant;
  return { from, to };
}

function sideFor(opened: OpenedInput, meant: MeantHttpd): ReviewSide | undefined {
  return opened.kind === "conf" ? confSideFor(opened.run, meant) : specSideFor(opened.text, opened.path, meant);
}

/** The report, with what of it is about the releases at its top. */
function upgradeJson(report: ReviewReport, { from, to }: Releases): object {
  const { upgrades: [upgrade] = [], ...rest } = report;
  const { refused = [], accepted = [], behaviours = [] } = upgrade ?? {};
  return { from: from.version, to: to.version, httpd: to.version, refused, accepted, behaviours, ...rest };
}
