import { shown } from "../vocabulary/kind.js";
import type { Pointer, Problem } from "../vocabulary/problem.js";
import { WORKER_PARAMETERS } from "../vocabulary/worker.js";
import type { HttpdVersion } from "../vocabulary/versions.js";
import { checkAccess } from "./check-access.js";
import { checkKnown, checkParameters, checkUnique } from "./check-parameters.js";
import { checkPattern, checkText } from "./check-text.js";
import { checkUrl } from "./check-url.js";
import { clusterNamed } from "./mounts.js";
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

/** What is wrong with the mounts of one server or virtual host. */
export function checkMounts(topology: Topology, place: MountPlace): readonly Problem[] {
  const { mounts, at, owner } = place;
  return [
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

function checkMount(topology: Topology, mount: Mount, place: MountPlace): readonly Problem[] {
  const { at, owner } = place;
  const subject = `mount ${shown(mount.path)} of ${owner}`;
  const keywords = mount.keywords ?? [];
  return [
    ...checkPattern(mount.path, { at: `${at}/path`, subject }, mount.match === true ? EXPRESSION : PREFIX),
    ...checkTarget(topology, mount, { ...place, owner: subject }),
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

/** httpd glues target and remainder together: `balancer://c` and `foo` would become the balancer `cfoo`. */
function checkClusterPath(mount: Mount, path: string, { at, owner }: MountPlace): readonly Problem[] {
  const subject = `target path of ${owner}`;
  const here: Pointer = `${at}/to/path`;
  const refuse = (allowed: string, fix: string): readonly Problem[] => [
    { at: here, subject, found: shown(path), allowed, fix },
  ];
  if (new TextEncoder().encode(mount.path).length > LONGEST_PATH) {
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
