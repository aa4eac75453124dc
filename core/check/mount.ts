import { byteLength } from "../httpd/byte-length.js";
import { fromUnicode } from "../httpd/bytes.js";
import { compiles } from "../httpd/regex.js";
import type { Mount } from "../topology/topology.js";
import { HEALTH_CHECK_PARAMETERS } from "../vocabulary/health-check.js";
import type { Pointer, Problem } from "../vocabulary/problem.js";
import { shown } from "../vocabulary/shown.js";
import { WORKER_PARAMETERS } from "../vocabulary/worker.js";
import type { WorkerParameters } from "../vocabulary/worker.js";
import { checkAccess } from "./access.js";
import { checkKnown } from "./names.js";
import { checkParameters } from "./parameters.js";
import type { OwnerPlace, Subject } from "./place.js";
import { checkPattern, checkText } from "./text.js";
import { checkUrl } from "./url.js";

/** Where a mount stands, and what it may lead to. */
export interface MountContext extends OwnerPlace {
  /** Names of the clusters that are seen from there; a cluster that is not among them is refused. */
  readonly sees: (cluster: string) => boolean;
  /** Names for the list of what would be allowed. */
  readonly clusters: () => readonly string[];
}

/** Longest front path of a mount to a balancer, bytes (measured on httpd 2.4.71). */
const LONGEST_PATH = 63;

const PREFIX = {
  pattern: /^\/[^?#]*$/,
  allowed: "a path that begins with '/', without '?' and '#'",
  fix: "write it like /app",
};
const EXPRESSION = { pattern: /^[^~]|^~./, allowed: "a regular expression", fix: "write it like ^/app/(.*)$" };
const WORD = { pattern: /^[^\s"'\\]+$/, allowed: "a word without blanks and quotes", fix: "percent-encode it" };
const BROKEN_EXPRESSION = {
  allowed: "a regular expression that can be compiled",
  fix: "close its brackets and escape single signs with a backslash",
};
const WILDCARD = {
  allowed: "a path without '*', '[', ']' and backslash in a Location",
  fix: "use match: <Location> takes these signs for wildcards, and access rules would not hold",
};

/** What is wrong with one mount on its own. */
export function checkMount(mount: Mount, context: MountContext): readonly Problem[] {
  const { at } = context;
  const subject = `mount ${shown(mount.path)} of ${context.owner}`;
  const path = checkPath(mount, { at: `${at}/path`, subject });
  return [
    ...path,
    ...(path.length > 0 ? [] : checkTarget(mount, { ...context, owner: subject })),
    ...(mount.keywords ?? []).flatMap((word, index) =>
      checkKnown(word, ["nocanon", "interpolate", "noquery"], { at: `${at}/keywords/${index}`, subject }),
    ),
    ...checkMappings(mount, { at, subject }),
    ...(mount.access === undefined
      ? []
      : checkAccess(mount.access, { at: `${at}/access`, subject: `access to ${subject}` })),
  ];
}

/** What is written back of answers: Location headers and cookies. */
function checkMappings(mount: Mount, { at, subject }: Subject): readonly Problem[] {
  return [
    ...(mount.reverse ?? []).flatMap((reverse, index) => [
      ...checkText(reverse.path, { at: `${at}/reverse/${index}/path`, subject: `reverse of ${subject}` }),
      ...checkPattern(reverse.url, { at: `${at}/reverse/${index}/url`, subject: `reverse of ${subject}` }, WORD),
    ]),
    ...(["cookieDomains", "cookiePaths"] as const).flatMap((list) =>
      (mount[list] ?? []).flatMap((mapping, index) => [
        ...checkPattern(mapping.internal, { at: `${at}/${list}/${index}/internal`, subject }, WORD),
        ...checkPattern(mapping.public, { at: `${at}/${list}/${index}/public`, subject }, WORD),
      ]),
    ),
  ];
}

function checkPath(mount: Mount, place: Subject): readonly Problem[] {
  const { path, match } = mount;
  const problems = checkPattern(path, place, match === true ? EXPRESSION : PREFIX);
  if (problems.length > 0) return problems;
  if (match === true)
    return compiles(fromUnicode(path)) ? [] : [{ ...place, ...BROKEN_EXPRESSION, found: shown(path) }];
  const inSection = mount.inLocation === true || mount.access !== undefined;
  return inSection && /[*[\]\\]/.test(path) ? [{ ...place, ...WILDCARD, found: shown(path) }] : [];
}

function checkTarget(mount: Mount, context: MountContext): readonly Problem[] {
  const { to } = mount;
  const { at, owner, httpd } = context;
  switch (to.kind) {
    case "exclude":
      return [];
    case "url":
      return [
        ...checkUrl(to.url, { at: `${at}/to/url`, subject: `target of ${owner}` }, httpd),
        ...checkParameters(WORKER_PARAMETERS, to.parameters, { at: `${at}/to/parameters`, owner, httpd }),
        ...checkUnchecked(to.parameters, { at: `${at}/to/parameters`, subject: owner }),
      ];
    case "cluster":
      if (context.sees(to.cluster)) return checkClusterPath(mount, to.path, context);
      return checkKnown(to.cluster, context.clusters(), { at: `${at}/to/cluster`, subject: `target of ${owner}` });
  }
}

/** mod_proxy_hcheck walks through balancers only (`hc_watchdog_callback`, modules/proxy/mod_proxy_hcheck.c). */
function checkUnchecked(parameters: WorkerParameters, { at, subject }: Subject): readonly Problem[] {
  const words = Object.keys(parameters).filter((word) => Object.hasOwn(HEALTH_CHECK_PARAMETERS, word));
  return words.map((word) => ({
    at: `${at}/${word}`,
    subject: `${word} of ${subject}`,
    found: "a mount without a cluster",
    allowed: "a member of a cluster",
    fix: "make a cluster with this URL as its member: httpd checks nobody else's health",
  }));
}

/** httpd glues target and remainder together: `balancer://c` and `foo` would become the balancer `cfoo`. */
function checkClusterPath(mount: Mount, path: string, { at, owner }: MountContext): readonly Problem[] {
  const subject = `target path of ${owner}`;
  const here: Pointer = `${at}/to/path`;
  const refuse = (allowed: string, fix: string): readonly Problem[] => [
    { at: here, subject, found: shown(path), allowed, fix },
  ];
  const length = byteLength(mount.path);
  if (length > LONGEST_PATH) {
    const found = `${length} bytes`;
    const allowed = `at most ${LONGEST_PATH} bytes`;
    return [{ at: `${at}/path`, subject: owner, found, allowed, fix: "shorten the path of the mount" }];
  }
  if (path === "") {
    if (mount.match === true || !mount.path.endsWith("/")) return [];
    return refuse("a path that ends in '/'", "write '/': httpd would glue the rest of the path to the balancer's name");
  }
  const safe = checkPattern(path, { at: here, subject }, WORD);
  if (safe.length > 0) return safe;
  if (mount.match === true) {
    return /^[/$]/.test(path) ? [] : refuse("a path that begins with '/' or '$'", "put '/' in front");
  }
  if (!path.startsWith("/")) return refuse("a path that begins with '/'", "put '/' in front");
  if (mount.path.endsWith("/") === path.endsWith("/")) return [];
  const fix = "end both or none in '/': httpd glues the rest of the path to it";
  return refuse(`a path that ends like ${shown(mount.path)}`, fix);
}
