import { orderLocations, orderMounts } from "../topology/mount-order.js";
import type { Access, Cluster, Mount, ServerScope, Text } from "../topology/topology.js";
import type { Pointer } from "../vocabulary/problem.js";
import { fromUnicode } from "../httpd/bytes.js";
import { managerExclusion, managerPath } from "../topology/manager.js";
import { extraLines } from "./extra-lines.js";
import type { Line } from "./line.js";

/**
 * The lines of a scope that no httpd.conf was read for: what its mounts, access, manager and settings are written as,
 * and its extra lines, in the order in which they are written.
 *
 * @param clusters - those of the scope, each with its index in the topology
 */
export function describedFront(
  scope: ServerScope,
  at: Pointer,
  clusters: readonly (readonly [Cluster, number])[],
): readonly Line[] {
  const { mounts, settings, tls, extra = [], mountOrder } = scope;
  const written = mounts.filter(({ via }) => via === undefined);
  const pointers = new Map(mounts.map((mount, index): [Mount, Pointer] => [mount, `${at}/mounts/${index}`]));
  const place = (mount: Mount): Pointer => pointers.get(mount) ?? `${at}/manager`;
  const outside = [...managerExclusion(scope), ...written.filter(({ inLocation }) => inLocation !== true)];
  const plain = mountOrder === "given" ? outside : orderMounts(outside);
  const proxies = clusters.flatMap(([{ name, extra: inner = [] }, index]) =>
    inner.length === 0
      ? []
      : [lineOf("Proxy", [`balancer://${name}`], `/clusters/${index}`, extraLines(inner, `/clusters/${index}/extra`))],
  );
  return [
    ...(tls === undefined ? [] : [lineOf("SSLEngine", ["on"], `${at}/tls`)]),
    ...(settings.proxyerroroverride === true
      ? [lineOf("ProxyErrorOverride", ["On"], `${at}/settings/proxyerroroverride`)]
      : []),
    ...proxies,
    ...plain.map((mount) => passLine(mount, place(mount), [mount.path])),
    ...locations(scope, written, at, place),
    ...extraLines(extra, `${at}/extra`),
  ];
}

function locations(
  scope: ServerScope,
  written: readonly Mount[],
  at: Pointer,
  place: (mount: Mount) => Pointer,
): readonly Line[] {
  const { manager, mountOrder } = scope;
  const blocks = written.flatMap((mount) => {
    const pointer = place(mount);
    const pass = mount.inLocation === true ? [passLine(mount, pointer, [])] : [];
    const body = [...pass, ...(mount.access === undefined ? [] : [accessLine(mount.access, `${pointer}/access`)])];
    return body.length === 0 ? [] : [{ path: mount.path, match: mount.match === true, pointer, body }];
  });
  if (manager !== undefined) {
    const covered = written.some(({ inLocation }) => inLocation === true);
    const body = [
      ...(covered ? [lineOf("ProxyPass", ["!"], `${at}/manager`)] : []),
      lineOf("SetHandler", ["balancer-manager"], `${at}/manager`),
      accessLine(manager.access, `${at}/manager/access`),
    ];
    blocks.push({ path: managerPath(manager), match: false, pointer: `${at}/manager`, body });
  }
  const expressions = blocks.filter(({ match }) => match);
  const prefixes = blocks.filter(({ match }) => !match);
  const ordered = mountOrder === "given" ? blocks : [...orderLocations(prefixes), ...expressions];
  return ordered.map(({ path, match, pointer, body }) =>
    lineOf(match ? "LocationMatch" : "Location", [path], pointer, body),
  );
}

function passLine({ match, to, keywords = [] }: Mount, at: Pointer, path: readonly string[]): Line {
  return lineOf(match === true ? "ProxyPassMatch" : "ProxyPass", [...path, targetOf(to), ...keywords], at);
}

function targetOf(to: Mount["to"]): string {
  if (to.kind === "exclude") return "!";
  return to.kind === "cluster" ? `balancer://${to.cluster}${to.path}` : literal(to.url);
}

function literal(text: Text): string {
  return typeof text === "string" ? text : text.map((part) => (typeof part === "string" ? part : "")).join("");
}

function accessLine(access: Access, at: Pointer): Line {
  switch (access.kind) {
    case "local":
      return lineOf("Require", ["local"], at);
    case "all":
      return lineOf("Require", ["all", "granted"], at);
    case "denied":
      return lineOf("Require", ["all", "denied"], at);
    case "addresses":
      return lineOf("Require", ["ip", ...access.addresses], at);
  }
}

function lineOf(name: string, words: readonly string[], at: Pointer, children?: readonly Line[]): Line {
  const bytes = words.map(fromUnicode);
  const own = { name: name.toLowerCase(), text: bytes.join(" "), words: bytes, at };
  return children === undefined ? own : { ...own, children };
}
