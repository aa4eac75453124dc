import { entriesOf, listOf } from "../shape/collections.js";
import { shorthand } from "../shape/either.js";
import { pointerTo, subjectAt } from "../shape/json-place.js";
import type { JsonPlace } from "../shape/json-place.js";
import { flag, text, words } from "../shape/plain.js";
import { record } from "../shape/record.js";
import { defined, judgedShape } from "../shape/shape.js";
import type { Shape, ValueOf } from "../shape/shape.js";
import type { CookieMapping, Mount, MountTarget } from "../topology/topology.js";
import { recordOf } from "../vocabulary/json.js";
import type { JsonValue } from "../vocabulary/json.js";
import { pointerStep } from "../vocabulary/problem.js";
import type { Problem } from "../vocabulary/problem.js";
import { shown } from "../vocabulary/shown.js";
import { WORKER_PARAMETERS } from "../vocabulary/worker.js";
import { ACCESS_SHAPE } from "./access.js";
import { literalText } from "./literal-text.js";

const COOKIE_MAP: Shape<readonly CookieMapping[]> = entriesOf(text(), {
  allowed: "a mapping of internal to public names",
  join: (internal, name): CookieMapping => ({ internal, public: name }),
  split: (mapping) => [mapping.internal, mapping.public],
});

const REVERSE = record(
  {
    path: { doc: "Public path.", shape: text(), required: true },
    url: { doc: "What responses say.", shape: text(), required: true },
  },
  { doc: "One line." },
);

const KEYS = record(
  {
    to: {
      doc: "A cluster (the path is kept), balancer://cluster/path, a URL, or '!' to exclude the path.",
      shape: literalText(),
      required: true,
    },
    parameters: { table: WORKER_PARAMETERS },
    match: { doc: "The path is a regular expression.", shape: flag() },
    inLocation: { doc: "Written as <Location>.", shape: flag() },
    via: { doc: "The lines of extra that make this mount.", shape: words(["rewrite", "handler"]) },
    keywords: { doc: "Words after the target.", shape: listOf(words(["nocanon", "interpolate", "noquery"])) },
    reverse: { doc: "ProxyPassReverse lines instead of the one for the path.", shape: listOf(REVERSE) },
    cookieDomains: { doc: "Internal to public name.", shape: COOKIE_MAP },
    cookiePaths: { doc: "Internal to public name.", shape: COOKIE_MAP },
    access: { doc: "Who may use the path. Default: everybody.", shape: ACCESS_SHAPE },
  },
  { doc: "Where requests of a path go: a cluster, balancer://cluster/path, a URL, or '!' for nowhere." },
);

/** What a spec says about a path. */
type PathKeys = ValueOf<typeof KEYS>;

/** A mount, by the keys it has. */
const MOUNT: Shape<PathKeys> = defined(
  "mount",
  judgedShape(shorthand(KEYS, "to", "a target, or a mapping with it"), misplaced),
);

/** Mounts by path. */
export const MOUNTS: Shape<readonly Mount[]> = entriesOf(MOUNT, {
  noun: "mount",
  allowed: "a mapping of paths to targets",
  join: (path, { to, parameters, ...mount }): Mount => ({
    path,
    to: targetOf(to as string, { parameters, path, match: mount.match === true }),
    ...mount,
  }),
  split: ({ path, to, ...mount }) => [
    path,
    { to: targetText(to, { path, match: mount.match === true }), parameters: parametersOf(to), ...mount },
  ],
  path: (steps) => (steps[0] === "to" && steps[1] === "parameters" ? steps.slice(1) : steps),
});

/** Parameters of a worker beside a target that is none: they would be written nowhere. */
function misplaced(json: JsonValue, place: JsonPlace): readonly Problem[] {
  const given = recordOf(json);
  const { to } = given;
  if (typeof to === "string" && isUrl(to)) return [];
  const known = Object.keys(given).filter((word) => Object.hasOwn(WORKER_PARAMETERS, word));
  return known.map((word) => ({
    at: `${pointerTo(place)}${pointerStep(word)}`,
    subject: `${word} of ${subjectAt(place)}`,
    found: `a mount on ${shown(to)}`,
    allowed: "a mount on a URL, or a member of a cluster",
    fix: "move it to the members of the cluster",
  }));
}

/** True for what a mount leads to without a cluster. */
function isUrl(to: string): boolean {
  return /^unix:|:\/\//.test(to) && !to.startsWith("balancer://");
}

/** What is asked of the mount around a target. */
interface AroundTarget {
  readonly path: string;
  readonly match: boolean;
}

/** A bare cluster name keeps the path: `/app` leads to `balancer://cluster/app`. */
function targetOf(to: string, { path, match, parameters }: AroundTarget & Pick<PathKeys, "parameters">): MountTarget {
  if (to === "!") return { kind: "exclude" };
  const balancer = /^balancer:\/\/([^/$]*)(.*)$/s.exec(to);
  if (balancer !== null) return { kind: "cluster", cluster: balancer[1] ?? "", path: balancer[2] ?? "" };
  if (isUrl(to)) return { kind: "url", url: to, parameters };
  return { kind: "cluster", cluster: to, path: match ? "" : path };
}

function targetText(to: MountTarget, { path, match }: AroundTarget): PathKeys["to"] {
  if (to.kind === "exclude") return "!";
  if (to.kind === "url") return to.url;
  return to.path === (match ? "" : path) ? to.cluster : `balancer://${to.cluster}${to.path}`;
}

function parametersOf(to: MountTarget): PathKeys["parameters"] {
  return to.kind === "url" ? to.parameters : {};
}
