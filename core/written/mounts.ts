import { WORKER_PARAMETERS } from "../vocabulary/worker.js";
import type { HttpdVersion } from "../vocabulary/versions.js";
import { orderLocations, orderMounts } from "../topology/mount-order.js";
import type { Manager, Mount, ServerScope, Text } from "../topology/topology.js";
import { managerExclusion, managerPath } from "../topology/manager.js";
import { directive, section } from "./line.js";
import type { Line } from "./line.js";
import { writeAccess } from "./access.js";
import { writeParameters } from "./cluster.js";

/** The ProxyPass and ProxyPassReverse lines of a server or virtual host, in the order httpd needs. */
export function writeMounts(scope: ServerScope): readonly Line[] {
  const written = scope.mounts.filter(({ via }) => via === undefined);
  const outside = [...managerExclusion(scope), ...written.filter(({ inLocation }) => inLocation !== true)];
  const plain = scope.mountOrder === "given" ? outside : orderMounts(outside);
  const reverse = [
    ...plain.flatMap(writeReverses),
    ...written.flatMap((mount) => (mount.inLocation === true ? outerReverses(mount) : [])),
    ...written.flatMap((mount) => (mount.inLocation === true ? [] : writeCookies(mount))),
  ];
  return [...plain.map(writePass), ...distinct(reverse)];
}

function writePass(mount: Mount): Line {
  return directive(mount.match === true ? "ProxyPassMatch" : "ProxyPass", mount.path, ...targetWords(mount));
}

function targetWords({ to, keywords = [] }: Mount): readonly Text[] {
  switch (to.kind) {
    case "exclude":
      return ["!"];
    case "url":
      return [to.url, ...writeParameters(WORKER_PARAMETERS, to.parameters), ...keywords];
    case "cluster":
      return [`balancer://${to.cluster}${to.path}`, ...keywords];
  }
}

function reversesOf(mount: Mount): readonly { readonly path: string; readonly url: Text }[] {
  const { path, match, to, reverse } = mount;
  if (reverse !== undefined) return reverse;
  if (match === true || to.kind === "exclude") return [];
  return [{ path, url: to.kind === "url" ? to.url : `balancer://${to.cluster}${to.path}` }];
}

function writeReverses(mount: Mount): readonly Line[] {
  return reversesOf(mount).map(({ path, url }) => directive("ProxyPassReverse", path, url));
}

/** A Location can only map its own path back. */
function outerReverses(mount: Mount): readonly Line[] {
  const others = reversesOf(mount).filter(({ path }) => path !== mount.path);
  return others.map(({ path, url }) => directive("ProxyPassReverse", path, url));
}

function writeCookies({ cookieDomains = [], cookiePaths = [] }: Mount): readonly Line[] {
  return [
    ...cookieDomains.map((domain) => directive("ProxyPassReverseCookieDomain", domain.internal, domain.public)),
    ...cookiePaths.map((path) => directive("ProxyPassReverseCookiePath", path.internal, path.public)),
  ];
}

interface Block {
  readonly path: string;
  readonly match: boolean;
  readonly body: readonly Line[];
}

/** The Location blocks of a server or virtual host: mounts in them, access rules and balancer-manager. */
export function writeLocations(scope: ServerScope, httpd: HttpdVersion): readonly Line[] {
  const mounts = scope.mounts.filter(({ via }) => via === undefined);
  const blocks: readonly Block[] = [
    ...mounts.flatMap((mount) => {
      const body = [...locationMount(mount), ...(mount.access === undefined ? [] : writeAccess(mount.access, httpd))];
      return body.length === 0 ? [] : [{ path: mount.path, match: mount.match === true, body }];
    }),
    ...(scope.manager === undefined ? [] : [managerBlock(scope.manager, mounts, httpd)]),
  ];
  const expressions = blocks.filter(({ match }) => match);
  const prefixes = blocks.filter(({ match }) => !match);
  const ordered = scope.mountOrder === "given" ? blocks : [...orderLocations(prefixes), ...expressions];
  return ordered.flatMap(({ path, match, body }) => section(match ? "LocationMatch" : "Location", [path], body));
}

function locationMount(mount: Mount): readonly Line[] {
  if (mount.inLocation !== true) return [];
  const own = reversesOf(mount).filter(({ path }) => path === mount.path);
  return [
    directive(mount.match === true ? "ProxyPassMatch" : "ProxyPass", ...targetWords(mount)),
    ...own.map(({ url }) => directive("ProxyPassReverse", url)),
    ...writeCookies(mount),
  ];
}

function managerBlock(manager: Manager, mounts: readonly Mount[], httpd: HttpdVersion): Block {
  const covered = mounts.some(({ inLocation }) => inLocation === true);
  const body = [
    ...(covered ? [directive("ProxyPass", "!")] : []),
    directive("SetHandler", "balancer-manager"),
    ...writeAccess(manager.access, httpd),
  ];
  return { path: managerPath(manager), match: false, body };
}

function distinct(lines: readonly Line[]): readonly Line[] {
  return [...new Map(lines.map((line) => [JSON.stringify(line), line])).values()];
}
