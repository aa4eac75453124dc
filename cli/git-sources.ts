import { basename } from "node:path";
import type { ReviewPair } from "../core/review/review.js";
import type { ReviewSide, SideReading } from "../core/review/side.js";
import { changedPaths, filesOf, GitError, pathsWith, rangeOf } from "../live/git.js";
import type { CommitFiles } from "../live/git.js";
import type { Options } from "./command.js";
import { gitIo } from "./git-io.js";
import { UnusableError } from "./io.js";
import type { Io } from "./io.js";
import { pairOf, sideOf } from "./review-sources.js";
import type { ReviewSources } from "./review-sources.js";

/** Lines that a configuration of balancers, an include of one, or a spec has. */
const CONTENT =
  "balancer://|^[[:space:]]*(BalancerMember|Include|IncludeOptional)[[:space:]]|[\"']?clusters[\"']?[[:space:]]*:";

/** What differs between two commits of the repository that this process is in: specs and configurations, found by content. */
export function gitInputs(range: string, options: Options, io: Io, folder = "."): ReviewSources {
  try {
    const { base, head } = rangeOf(range, folder);
    const changes = changedPaths({ base, head }, folder);
    const renamed = new Map(
      changes.flatMap(({ before, after }) => (before && after ? [[after, before] as const] : [])),
    );
    const touched = {
      before: new Set(changes.flatMap(({ before }) => before ?? [])),
      after: new Set(changes.flatMap(({ after }) => after ?? [])),
    };
    const at = (commit: string, paths: ReadonlySet<string>): Commit =>
      commitOf(filesOf(commit, folder), pathsWith(CONTENT, commit, folder), paths, { options, io });
    return sourcesOf(at(base, touched.before), at(head, touched.after), renamed);
  } catch (error) {
    if (error instanceof GitError) throw new UnusableError(error.message);
    throw error;
  }
}

/** The inputs of one commit: those that changed, and how any file of it is read. */
interface Commit {
  readonly files: CommitFiles;
  readonly changed: ReadonlyMap<string, SideReading>;
  /** Files that others include. */
  readonly parts: ReadonlySet<string>;
  readonly open: (path: string) => SideReading;
}

interface Reading {
  readonly reading: SideReading;
  readonly read: ReadonlySet<string>;
}

function commitOf(
  files: CommitFiles,
  candidates: readonly string[],
  touched: ReadonlySet<string>,
  { options, io }: { readonly options: Options; readonly io: Io },
): Commit {
  const open = (path: string): Reading => {
    const inCommit = gitIo(io, files);
    return { reading: opened(path, options, inCommit.io), read: inCommit.read };
  };
  const isOurs = (path: string): boolean =>
    isNamed(path) && isContent(path, new TextDecoder().decode(files.read(path)));
  const found = candidates
    .filter((path) => files.paths.has(path) && isOurs(path))
    .map((path) => ({ path, ...open(path) }));
  const parts = new Set(found.flatMap(({ path, read }) => [...read].filter((name) => name !== path)));
  const roots = found.filter(({ path, read }) => !parts.has(path) && [...read].some((name) => touched.has(name)));
  return {
    files,
    changed: new Map(roots.map(({ path, reading }) => [path, reading])),
    parts,
    open: (path) => open(path).reading,
  };
}

function opened(path: string, options: Options, io: Io): SideReading {
  try {
    return sideOf(path, options, io);
  } catch (error) {
    if (error instanceof UnusableError) return { ok: false, sentence: error.message };
    throw error;
  }
}

/** Programs and documents quote configurations; they are none. */
function isNamed(path: string): boolean {
  return !/\.(?:md|rst|adoc|html?|[cm]?[jt]sx?|py|rb|go|java|sh|log|patch|diff|lock|tf)$/i.test(basename(path));
}

function isContent(path: string, text: string): boolean {
  if (/\.(?:ya?ml|json)$/i.test(path)) {
    return (
      /^\s*["']?clusters["']?\s*:/m.test(text) && /["']?members["']?\s*:/.test(text) && /["']?url["']?\s*:/.test(text)
    );
  }
  return /^[ \t]*(?:<Proxy[ \t]|BalancerMember[ \t]|ProxyPass|Include(?:Optional)?[ \t])/im.test(text);
}

function sourcesOf(base: Commit, head: Commit, renamed: ReadonlyMap<string, string>): ReviewSources {
  const taken = new Set<string>();
  const sources: ReviewSources[] = [];
  const alone: { readonly path: string; readonly side: ReviewSide }[] = [];
  for (const [path, reading] of head.changed) {
    const former = renamed.get(path) ?? path;
    if (!reading.ok) {
      if (/\.(?:conf|ya?ml|json)$/i.test(path)) throw new UnusableError(reading.sentence);
      sources.push({ pairs: [], notes: [`${path} is not read: ${reading.sentence}`] });
      continue;
    }
    if (!base.files.paths.has(former)) {
      alone.push({ path, side: reading.side });
      continue;
    }
    taken.add(former);
    sources.push(pairOf(path, base.changed.get(former) ?? base.open(former), reading.side));
  }
  const names = new Map([...renamed].map(([after, before]) => [before, after]));
  const gone = [...base.changed].flatMap(([path, reading]) => {
    const now = names.get(path) ?? path;
    if (!reading.ok || taken.has(path) || head.parts.has(now)) return [];
    const left = leftOf(now, head);
    if (left === undefined) return [{ path, side: reading.side }];
    sources.push(pairOf(now, reading, left));
    return [];
  });
  const pairs = [...sources.flatMap((source) => source.pairs), ...movedPairs(gone, alone)].filter(hasClusters);
  return { pairs, notes: sources.flatMap(({ notes }) => notes) };
}

/**
 * What is left of a file that was one of ours and does not look like one any more; undefined where it is gone, or tells of
 * something else. Throws an UnusableError for one that cannot be read.
 */
function leftOf(path: string, head: Commit): ReviewSide | undefined {
  if (!head.files.paths.has(path)) return undefined;
  const reading = head.open(path);
  if (reading.ok) return reading.side;
  const isSpec = /\.(?:ya?ml|json)$/i.test(path);
  if (isSpec && !/\bclusters\b/.test(new TextDecoder().decode(head.files.read(path)))) return undefined;
  throw new UnusableError(reading.sentence);
}

type Named = { readonly path: string; readonly side: ReviewSide };

/** A new file takes the place of one that is gone where they have a balancer in common: an httpd.conf becomes a spec. */
function movedPairs(gone: readonly Named[], alone: readonly Named[]): readonly ReviewPair[] {
  const left = [...gone];
  const pairs = alone.map(({ path, side }): ReviewPair => {
    const names = new Set(side.topology.clusters.map(({ name }) => name.toLowerCase()));
    const at = left.findIndex((old) => old.side.topology.clusters.some(({ name }) => names.has(name.toLowerCase())));
    const [old] = at < 0 ? [] : left.splice(at, 1);
    return { name: path, ...(old && { base: old.side }), head: side };
  });
  return [...pairs, ...left.map(({ path, side }): ReviewPair => ({ name: path, base: side }))];
}

/** A configuration without balancers is none of ours. */
function hasClusters({ base, head }: ReviewPair): boolean {
  return [base, head].some((side) => (side?.topology.clusters.length ?? 0) > 0);
}
