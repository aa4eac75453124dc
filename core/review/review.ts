import type { CheckOptions } from "../promises/check.js";
import { canonicalJson } from "../topology/canonical.js";
import { sha256 } from "../topology/sha256.js";
import type { Cluster, Topology } from "../topology/topology.js";
import { reviewCluster, sameCluster, surroundingsOf } from "./cluster-review.js";
import type { ClusterSide } from "./cluster-review.js";
import { compareFiles } from "./file-diff.js";
import { compareFindings, reviewedFinding } from "./findings.js";
import type { FindingsReview } from "./findings.js";
import { pairClusters } from "./match.js";
import type { Pair } from "./match.js";
import { clusterMeaning, meaningOf } from "./meaning.js";
import { pathChanges } from "./paths.js";
import type { Effort } from "./promises.js";
import { MEASURED_VERSION } from "../vocabulary/versions.js";
import type { ClusterReview, ResourceReview, ReviewReport } from "./report.js";
import { serverChanges } from "./server-changes.js";
import { asConf } from "./side.js";
import type { ReviewedText, ReviewSide } from "./side.js";
import { unmodelledBeside } from "./unmodelled.js";
import { upgradeOf } from "./upgrade.js";
import { riskOf, summaryOf } from "./summary.js";

/** One input before and after. */
export interface ReviewPair {
  /** What it is called in the report. */
  readonly name: string;
  /** Absent where it was not there, or could not be read. */
  readonly base?: ReviewSide;
  /** Absent where it is removed. */
  readonly head?: ReviewSide;
}

/** What a review knows beyond its inputs. */
export interface ReviewOptions extends Pick<CheckOptions, "isOver"> {
  readonly resources?: ResourceReview;
  /** What a reader has to know: a base that could not be read. */
  readonly notes?: readonly string[];
  /** Told of each cluster before it is looked at, how many came before, and how many there are. */
  readonly started?: (cluster: string, done: number, total: number) => void;
}

/** What changes do to traffic: base and head of every input, as one report. */
export function reviewOf(pairs: readonly ReviewPair[], options: ReviewOptions = {}): ReviewReport {
  const compared = pairs.map((pair) => compareSides(sharing(pair)));
  const clusters = reviewClusters(compared, options);
  const findings = pairs.map(({ base, head }) => compareFindings(base?.findings ?? [], head?.findings ?? []));
  const files = compared.flatMap((one) => one.files);
  const upgrades = pairs.flatMap((pair, index) => upgradeOf(pair.name, pair, findings[index] ?? NOTHING_FOUND) ?? []);
  const parts = {
    changed: compared.some(({ isChanged }) => isChanged),
    clusters,
    paths: compared.flatMap(({ paths }) => paths),
    changes: compared.flatMap(({ changes }) => changes),
    unmodelled: compared.flatMap(({ unmodelled }) => unmodelled),
    upgrades,
  };
  const young = findings.flatMap((found) => found.new).map(reviewedFinding);
  const summarised = { ...parts, findings: young, respelled: files.length > 0 };
  return {
    summary: summaryOf(summarised),
    risk: riskOf(summarised),
    changed: parts.changed,
    inputs: compared.map(inputOf),
    clusters,
    paths: parts.paths,
    changes: parts.changes,
    ...(parts.unmodelled.length > 0 && { unmodelled: parts.unmodelled }),
    findings: {
      new: young,
      fixed: findings.flatMap(({ fixed }) => fixed).map(reviewedFinding),
      standing: findings.reduce((sum, { standing }) => sum + standing, 0),
    },
    modules: {
      added: pairs.flatMap(({ base, head }) => without(head?.modules, base?.modules)),
      removed: pairs.flatMap(({ base, head }) => without(base?.modules, head?.modules)),
    },
    files,
    ...(upgrades.length > 0 && { upgrades }),
    ...(options.resources && { resources: options.resources }),
    notes: [...(options.notes ?? []), ...compared.flatMap(({ notes }) => notes)],
    hash: hashOf(compared.map(({ identity }) => identity)),
  };
}

function inputOf({ pair: { name, base, head }, isChanged, sum }: Compared): ReviewReport["inputs"][number] {
  const httpd = { before: base?.topology.httpd ?? null, after: head?.topology.httpd ?? null };
  return { name, base: base?.path ?? null, head: head?.path ?? null, changed: isChanged, sum, httpd };
}

function reviewClusters(compared: readonly Compared[], options: ReviewOptions): readonly ClusterReview[] {
  const jobs = compared.flatMap(({ pair, changed }) => changed.map((cluster) => ({ input: pair.name, cluster })));
  const decided: Effort["decided"] = new Map();
  return jobs.map(({ input, cluster }, index) => {
    options.started?.((cluster.after ?? cluster.before)?.cluster.name ?? "", index, jobs.length);
    return reviewCluster(input, cluster, { ...options, decided });
  });
}

/** Where nothing but clusters differs, both sides have the same servers: what is found about them is found once. */
function sharing(pair: ReviewPair): ReviewPair {
  const { base, head } = pair;
  if (base === undefined || head === undefined) return pair;
  const [old, young] = [base.topology, head.topology].map((topology) => JSON.stringify({ ...topology, clusters: [] }));
  if (old !== young) return pair;
  return { ...pair, head: { ...head, topology: { ...head.topology, servers: base.topology.servers } } };
}

const NOTHING_FOUND: FindingsReview = { new: [], fixed: [], standing: 0 };

interface Compared extends Pick<ReviewReport, "paths" | "changes" | "files" | "notes"> {
  readonly pair: ReviewPair;
  readonly unmodelled: readonly string[];
  readonly isChanged: boolean;
  /** Everything that was compared, by which equal changes are equal. */
  readonly identity: object;
  /** SHA-256 of the configuration of the head. */
  readonly sum: string | null;
  readonly changed: readonly Pair<ClusterSide>[];
}

function compareSides(pair: ReviewPair): Compared {
  const { base, head } = pair;
  const mixed = base !== undefined && head !== undefined && base.kind !== head.kind;
  const texts = new MeaningTexts();
  const [old, young] = [comparedSide(base, mixed, texts), comparedSide(head, mixed, texts)];
  const identity = identityOf(old, young);
  const isChanged = identity.before.length + identity.after.length > 0;
  const pairs = isChanged ? pairClusters(base?.topology ?? EMPTY, head?.topology ?? EMPTY) : [];
  const sides = pairs.map((each) => ({
    ...(each.before && old && { before: clusterSide(old, each.before) }),
    ...(each.after && young && { after: clusterSide(young, each.after) }),
  }));
  const configuration = head?.configuration() ?? [];
  return {
    pair,
    isChanged,
    identity,
    sum: isChanged ? sumOf(configuration, head) : null,
    changed: sides.filter((each) => isChangedCluster(each, old, young)),
    ...(old && young ? besideClusters(old, young, pairs) : NOTHING_BESIDE),
    files: mixed ? [] : compareFiles(base?.configuration() ?? [], configuration),
    notes: mixed ? [`${pair.name}: a spec and an httpd.conf are compared by what they mean, not line by line`] : [],
  };
}

/** The sum of a single file; of one with holes that Terraform fills nobody knows it yet. */
function sumOf(files: readonly ReviewedText[], side: ReviewSide | undefined): string | null {
  const [file, ...others] = files;
  if (file === undefined || others.length > 0 || side === undefined) return null;
  const open = side.topology.clusters.some(({ members }) => members.some(({ url }) => typeof url !== "string"));
  return open ? null : sha256(new TextEncoder().encode(file.text));
}

/** A side as it is compared. */
interface ComparedSide {
  readonly side: ReviewSide;
  readonly topology: Topology;
  /** Its meaning without clusters, and that as text. */
  readonly rest: Topology;
  readonly restText: string;
  /** The meaning of each cluster as text. */
  readonly texts: ReadonlyMap<Cluster, string>;
}

/** Meanings as texts; clusters that are described alike have theirs written once. */
class MeaningTexts {
  readonly #written = new Map<string, string>();

  of(cluster: Cluster): string {
    const described = JSON.stringify(cluster);
    const text = this.#written.get(described) ?? canonicalJson(clusterMeaning(cluster));
    this.#written.set(described, text);
    return text;
  }
}

function comparedSide(side: ReviewSide | undefined, mixed: boolean, meanings: MeaningTexts): ComparedSide | undefined {
  if (side === undefined) return undefined;
  const topology = mixed ? asConf(side) : side.topology;
  const rest = meaningOf({ ...topology, clusters: [] });
  const texts = new Map(topology.clusters.map((cluster) => [cluster, meanings.of(cluster)]));
  return { side, topology, rest, restText: canonicalJson(rest), texts };
}

interface Identity {
  readonly common: readonly string[];
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** What both sides mean, and what only one of them does; the order of clusters has no meaning. */
function identityOf(old: ComparedSide | undefined, young: ComparedSide | undefined): Identity {
  const [before, after] = [old, young].map((side) =>
    side === undefined ? [] : [side.restText, ...[...side.texts.values()].sort()],
  );
  const [had, has] = [new Set(before), new Set(after)];
  return {
    common: (before ?? []).filter((text) => has.has(text)),
    before: (before ?? []).filter((text) => !has.has(text)),
    after: (after ?? []).filter((text) => !had.has(text)),
  };
}

function besideClusters(
  before: ComparedSide,
  after: ComparedSide,
  pairs: readonly Pair<Cluster>[],
): Pick<Compared, "paths" | "changes" | "unmodelled"> {
  if (before.restText === after.restText) return NOTHING_BESIDE;
  const renames = pairs.flatMap(({ before: was, after: is }) =>
    was && is && was.name !== is.name ? [[was.name.toLowerCase(), is.name] as const] : [],
  );
  return {
    paths: pathChanges(before.topology, after.topology, new Map(renames)),
    changes: serverChanges(before.rest, after.rest),
    unmodelled: unmodelledBeside(before.rest, after.rest),
  };
}

const NOTHING_BESIDE = { paths: [], changes: [], unmodelled: [] } as const;

const EMPTY: Topology = {
  httpd: MEASURED_VERSION,
  clusters: [],
  servers: [],
  healthCheckTemplates: [],
  healthCheckExpressions: [],
};

function clusterSide({ side, topology: read }: ComparedSide, cluster: Cluster): ClusterSide {
  const { topology } = side;
  return { topology, cluster, compared: { topology: read, cluster: sameCluster(topology, read, cluster) } };
}

/** Where everything beside clusters is the same, so are the surroundings of each. */
function isChangedCluster(
  { before, after }: Pair<ClusterSide>,
  old: ComparedSide | undefined,
  young: ComparedSide | undefined,
): boolean {
  if (before === undefined || after === undefined || old === undefined || young === undefined) return true;
  if (old.texts.get(before.compared.cluster) !== young.texts.get(after.compared.cluster)) return true;
  return old.restText !== young.restText && surroundingsOf(before.compared) !== surroundingsOf(after.compared);
}

/** Nothing is said where one side says nothing. */
function without(names: readonly string[] | undefined, others: readonly string[] | undefined): readonly string[] {
  if (names === undefined || others === undefined) return [];
  const known = new Set(others);
  return names.filter((name) => !known.has(name));
}

function hashOf(value: unknown): string {
  return sha256(new TextEncoder().encode(canonicalJson(value)));
}
