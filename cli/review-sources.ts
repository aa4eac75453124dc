import type { ReviewPair } from "../core/review/review.js";
import type { ResourceReview } from "../core/review/report.js";
import { confSide, specSide } from "../core/review/side.js";
import type { ReviewSide, SideReading } from "../core/review/side.js";
import { fromUnicode } from "../core/httpd/bytes.js";
import { declaredLayout } from "../core/conf/run/modules/declared-layout.js";
import { usualHttpd } from "../core/vocabulary/meant-httpd.js";
import { NO_FILES } from "../core/conf/run/reader.js";
import type { Options } from "./command.js";
import { confOptionsOf } from "./conf-options.js";
import { UnusableError } from "./io.js";
import type { Io } from "./io.js";
import { openInput } from "./open-input.js";

/** What `review` compares. */
export interface ReviewSources {
  readonly pairs: readonly ReviewPair[];
  readonly notes: readonly string[];
  readonly resources?: ResourceReview;
}

/** Two inputs that are named, each for the httpd of `--from` and `--to` where those are given. */
export function twoInputs(base: string, head: string, options: Options, io: Io): ReviewSources {
  const { httpd, from = httpd, to = httpd } = options;
  const young = sideOf(head, { ...options, httpd: to }, io);
  if (!young.ok) throw new UnusableError(young.sentence);
  const old = sideOf(base, { ...options, httpd: from }, io);
  const sources = pairOf(young.side.path, old, young.side);
  const sides = old.ok ? [old.side, young.side] : [young.side];
  if (sides.some(({ topology }) => topology.clusters.length > 0)) return sources;
  return { ...sources, notes: [...sources.notes, "no balancer is read here: this says nothing about other traffic"] };
}

/** A base that cannot be read leaves the head alone, which is said. */
export function pairOf(name: string, base: SideReading | undefined, head: ReviewSide): ReviewSources {
  if (base === undefined) return { pairs: [{ name, head }], notes: [] };
  if (base.ok) return { pairs: [{ name, base: base.side, head }], notes: [] };
  const note = `the base cannot be read, so that this is about the head alone: ${base.sentence}`;
  return { pairs: [{ name, head }], notes: [note] };
}

/** Opens one side by the one door of all commands; throws an UnusableError for what is not there. */
export function sideOf(path: string, options: Options, io: Io): SideReading {
  const opened = openInput(path, io, options);
  if (opened.kind === "spec") return specSide(opened.text, opened.path, opened.asked);
  return confSide(opened.run, opened.meant);
}

/** The configurations that a plan of Terraform changes, and what it does to resources. */
export async function plannedInputs(path: string, options: Options, io: Io): Promise<ReviewSources> {
  const { PlanError, readPlan } = await import("../live/plan.js");
  try {
    const { texts, unknown, ...resources } = readPlan(new TextDecoder().decode(io.readBytes(path)), path);
    const { flags, environment, asked } = confOptionsOf(options, io);
    const side = (name: string, text: string, sensitive: boolean): SideReading => {
      const meant = asked ?? usualHttpd([declaredLayout(text)]);
      const { version } = meant;
      const run = { path: name, text: fromUnicode(text), reader: NO_FILES, version, flags, environment };
      const reading = confSide(run, meant);
      return reading.ok && sensitive ? { ok: true, side: { ...reading.side, configuration: () => [] } } : reading;
    };
    const sources = texts.map(({ name, before, after, sensitive }): ReviewSources => {
      const old = before === undefined ? undefined : side(name, before, sensitive);
      if (after === undefined) return { pairs: old?.ok === true ? [{ name, base: old.side }] : [], notes: [] };
      const young = side(name, after, sensitive);
      if (young.ok) return pairOf(name, old, young.side);
      if (isWhole(after)) throw new UnusableError(young.sentence);
      return { pairs: [], notes: [`${name} holds lines of httpd that are not read: ${young.sentence}`] };
    });
    const waiting = unknown.map((name) => `${name} is known only once the plan is applied`);
    return {
      pairs: sources.flatMap(({ pairs }) => pairs),
      notes: [...sources.flatMap(({ notes }) => notes), ...waiting],
      resources,
    };
  } catch (error) {
    if (error instanceof PlanError) throw new UnusableError(error.message);
    throw error;
  }
}

/** A configuration by itself, and not lines of one in something else: it begins with a comment, a section or a directive. */
function isWhole(text: string): boolean {
  return /^\s*(?:#(?!cloud-config|!)|<[A-Z]|[A-Z][A-Za-z]+[ \t])/.test(text);
}
