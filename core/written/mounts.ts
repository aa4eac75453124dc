import { WORKER_PARAMETERS } from "../vocabulary/worker.js";
import type { Pointer } from "../vocabulary/problem.js";
import { orderMounts } from "../topology/mount-order.js";
import type { Mount, ServerScope, Text } from "../topology/topology.js";
import { managerExclusion } from "../topology/manager.js";
import { directive } from "./line.js";
import type { WrittenLine } from "./line.js";
import { aside, met } from "./piece.js";
import type { Piece } from "./piece.js";
import { writeParameters } from "./cluster.js";

/** The ProxyPass and ProxyPassReverse lines of a server or virtual host, in the order httpd needs. */
export function writeMounts(scope: ServerScope, at: Pointer): readonly Piece[] {
  const written = writtenMounts(scope, at);
  const exclusions = managerExclusion(scope).map((mount) => ({ mount, at: `${at}/manager` as const }));
  const outside = [...exclusions, ...written.filter(({ mount }) => mount.inLocation !== true)];
  const pointers = new Map(outside.map((one): [Mount, Pointer] => [one.mount, one.at]));
  const mounts = outside.map(({ mount }) => mount);
  const plain = scope.mountOrder === "given" ? mounts : orderMounts(mounts);
  return [
    ...plain.map((mount) => writePass(mount, [mount.path], pointers.get(mount) ?? at)),
    aside(() =>
      distinct([
        ...plain.flatMap(writeReverses),
        ...written.flatMap(({ mount }) => (mount.inLocation === true ? outerReverses(mount) : [])),
        ...written.flatMap(({ mount }) => (mount.inLocation === true ? [] : writeCookies(mount))),
      ]),
    ),
  ];
}

/** Mounts that are no line of `extra`, each with its place. */
export function writtenMounts(
  { mounts }: ServerScope,
  at: Pointer,
): readonly { readonly mount: Mount; readonly at: Pointer }[] {
  return mounts.flatMap((mount, index) =>
    mount.via === undefined ? [{ mount, at: `${at}/mounts/${index}` as const }] : [],
  );
}

/** The line that proxies; without a path inside of a section. */
export function writePass(mount: Mount, path: readonly string[], at: Pointer): Piece {
  return met(mount.match === true ? "ProxyPassMatch" : "ProxyPass", [...path, ...targetWords(mount)], at);
}

/** What a section says about answers on their way back: a Location can only map its own path. */
export function writeOwnReverses(mount: Mount): readonly WrittenLine[] {
  const own = reversesOf(mount).filter(({ path }) => path === mount.path);
  return [...own.map(({ url }) => directive("ProxyPassReverse", url)), ...writeCookies(mount)];
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

function writeReverses(mount: Mount): readonly WrittenLine[] {
  return reversesOf(mount).map(({ path, url }) => directive("ProxyPassReverse", path, url));
}

function outerReverses(mount: Mount): readonly WrittenLine[] {
  const others = reversesOf(mount).filter(({ path }) => path !== mount.path);
  return others.map(({ path, url }) => directive("ProxyPassReverse", path, url));
}

function writeCookies({ cookieDomains = [], cookiePaths = [] }: Mount): readonly WrittenLine[] {
  return [
    ...cookieDomains.map((domain) => directive("ProxyPassReverseCookieDomain", domain.internal, domain.public)),
    ...cookiePaths.map((path) => directive("ProxyPassReverseCookiePath", path.internal, path.public)),
  ];
}

function distinct(lines: readonly WrittenLine[]): readonly WrittenLine[] {
  return [...new Map(lines.map((line) => [JSON.stringify(line), line])).values()];
}
