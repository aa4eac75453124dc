import { byteLength } from "../httpd/byte-length.js";
import { HEALTH_CHECK_PARAMETERS } from "../vocabulary/health-check.js";
import { shown } from "../vocabulary/shown.js";
import type { Pointer, Problem } from "../vocabulary/problem.js";
import { bytesOf } from "../httpd/bytes.js";
import { coversPrefix } from "../httpd/prefix.js";
import { compiles } from "../httpd/regex.js";
import { WORKER_PARAMETERS } from "../vocabulary/worker.js";
import type { WorkerParameters } from "../vocabulary/worker.js";
import type { HttpdVersion } from "../vocabulary/versions.js";
import { checkAccess } from "./check-access.js";
import { checkKnown, checkParameters, checkUnique } from "./check-parameters.js";
import { checkPattern, checkText } from "./check-text.js";
import type { Subject } from "./check-text.js";
import { checkUrl } from "./check-url.js";
import { clusterNamed } from "./seen-cluster.js";
import type { Mount, Server, Topology, VirtualHost } from "./topology.js";

/** The mounts of a server or virtual host, with their place. */
export interface MountPlace {
  readonly server: Server;
  readonly host: VirtualHost | undefined;
  readonly mounts: readonly Mount[];
  /** Pointer to the server or virtual host. */
  readonly at: Pointer;
  readonly owner: string;
  readonly httpd: HttpdVersion;
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

/** What is wrong with the mounts of one server or virtual host. */
export function checkMounts(topology: Topology, place: MountPlace): readonly Problem[] {
  const { mounts, at, owner } = place;
  return [
    ...checkHidden(place),
    ...mounts.flatMap((mount, index) => checkMount(topology, mount, { ...place, at: `${at}/mounts/${index}` })),
    ...checkUnique(
      mounts,
      (mount) =>
        mount.via === undefined ? `${mount.inLocation === true} ${mount.match === true} ${mount.path}` : undefined,
      ({ path }, index) => ({
        at: `${at}/mounts/${index}/path`,
        subject: `mount ${shown(path)} of ${owner}`,
        found: "the path of an earlier mount",
        allowed: "each path once",
        fix: "remove one of the two: httpd uses the first",
      }),
    ),
  ];
}

/** httpd tries the main server's mounts before those of a virtual host (measured on 2.4.71). */
function checkHidden({ server, host, mounts, at, owner }: MountPlace): readonly Problem[] {
  if (host === undefined || host.mountOrder === "given") return [];
  const shared = server.mounts.filter(
    ({ match, inLocation, via }) => match !== true && inLocation !== true && via === undefined,
  );
  return mounts.flatMap(({ path, match, inLocation, via }, index) => {
    if (match === true || inLocation === true || via !== undefined) return [];
    const hiding = shared.find((mount) => coversPrefix(mount.path, path));
    if (hiding === undefined) return [];
    const found = `hidden by mount ${shown(hiding.path)} of the main server`;
    const fix = "move that mount to the virtual hosts: httpd tries the main server's first";
    return [
      {
        at: `${at}/mounts/${index}/path`,
        subject: `mount ${shown(path)} of ${owner}`,
        found,
        allowed: "a path of its own",
        fix,
      },
    ];
  });
}

function checkMount(topology: Topology, mount: Mount, place: MountPlace): readonly Problem[] {
  const { at, owner } = place;
  const subject = `mount ${shown(mount.path)} of ${owner}`;
  const keywords = mount.keywords ?? [];
  const path = checkPath(mount, { at: `${at}/path`, subject });
  return [
    ...path,
    ...(path.length > 0 ? [] : checkTarget(topology, mount, { ...place, owner: subject })),
    ...keywords.flatMap((word, index) =>
      checkKnown(word, ["nocanon", "interpolate", "noquery"], { at: `${at}/keywords/${index}`, subject }),
    ),
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
    ...(mount.access === undefined
      ? []
      : checkAccess(mount.access, { at: `${at}/access`, subject: `access to ${subject}` })),
  ];
}

function checkPath(mount: Mount, place: Subject): readonly Problem[] {
  const { path, match } = mount;
  const problems = checkPattern(path, place, match === true ? EXPRESSION : PREFIX);
  if (problems.length > 0) return problems;
  if (match === true) return compiles(bytesOf(path)) ? [] : [{ ...place, ...BROKEN_EXPRESSION, found: shown(path) }];
  const inSection = mount.inLocation === true || mount.access !== undefined;
  return inSection && /[*[\]\\]/.test(path) ? [{ ...place, ...WILDCARD, found: shown(path) }] : [];
}

function checkTarget(topology: Topology, mount: Mount, place: MountPlace): readonly Problem[] {
  const { to } = mount;
  const { at, owner, server, host, httpd } = place;
  switch (to.kind) {
    case "exclude":
      return [];
    case "url":
      return [
        ...checkUrl(to.url, { at: `${at}/to/url`, subject: `target of ${owner}` }, httpd),
        ...checkParameters(WORKER_PARAMETERS, to.parameters, { at: `${at}/to/parameters`, owner, httpd }),
        ...checkUnchecked(to.parameters, { at: `${at}/to/parameters`, subject: owner }),
      ];
    case "cluster": {
      const target = clusterNamed(topology, to.cluster, { server, host });
      if (target === undefined) {
        const visible = topology.clusters.filter(({ scope }) => scope === undefined || scope === host?.name);
        const names = visible.map(({ name }) => name);
        return checkKnown(to.cluster, names, { at: `${at}/to/cluster`, subject: `target of ${owner}` });
      }
      return checkClusterPath(mount, to.path, place);
    }
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
function checkClusterPath(mount: Mount, path: string, { at, owner }: MountPlace): readonly Problem[] {
  const subject = `target path of ${owner}`;
  const here: Pointer = `${at}/to/path`;
  const refuse = (allowed: string, fix: string): readonly Problem[] => [
    { at: here, subject, found: shown(path), allowed, fix },
  ];
  if (byteLength(mount.path) > LONGEST_PATH) {
    const found = `${mount.path.length} characters`;
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
