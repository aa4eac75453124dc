import type { HttpdVersion } from "../vocabulary/versions.js";
import type { Pointer } from "../vocabulary/problem.js";
import { orderLocations } from "../topology/mount-order.js";
import type { Manager, ServerScope } from "../topology/topology.js";
import { managerPath } from "../topology/manager.js";
import { aside, met, metSection } from "./piece.js";
import type { Piece } from "./piece.js";
import { writeAccess } from "./access.js";
import { writeOwnReverses, writePass, writtenMounts } from "./mounts.js";

interface Block {
  readonly path: string;
  readonly match: boolean;
  readonly at: Pointer;
  readonly body: readonly Piece[];
}

/** The Location blocks of a server or virtual host: mounts in them, access rules and balancer-manager. */
export function writeLocations(scope: ServerScope, httpd: HttpdVersion, at: Pointer): readonly Piece[] {
  const mounts = writtenMounts(scope, at);
  const covered = mounts.some(({ mount }) => mount.inLocation === true);
  const blocks: readonly Block[] = [
    ...mounts.flatMap(({ mount, at: place }): readonly Block[] => {
      const { path, match, access, inLocation } = mount;
      const body = [
        ...(inLocation === true ? [writePass(mount, [], place), aside(() => writeOwnReverses(mount))] : []),
        ...(access === undefined ? [] : writeAccess(access, httpd, `${place}/access`)),
      ];
      return body.length === 0 ? [] : [{ path, match: match === true, at: place, body }];
    }),
    ...(scope.manager === undefined ? [] : [managerBlock(scope.manager, { covered, httpd, at: `${at}/manager` })]),
  ];
  const expressions = blocks.filter(({ match }) => match);
  const prefixes = blocks.filter(({ match }) => !match);
  const ordered = scope.mountOrder === "given" ? blocks : [...orderLocations(prefixes), ...expressions];
  return ordered.map(({ path, match, at: place, body }) =>
    metSection(match ? "LocationMatch" : "Location", [path], place, body),
  );
}

interface ManagerPlace {
  /** True when a mount in a section could cover it. */
  readonly covered: boolean;
  readonly httpd: HttpdVersion;
  readonly at: Pointer;
}

function managerBlock(manager: Manager, { covered, httpd, at }: ManagerPlace): Block {
  const body = [
    ...(covered ? [met("ProxyPass", ["!"], at)] : []),
    met("SetHandler", ["balancer-manager"], at),
    ...writeAccess(manager.access, httpd, `${at}/access`),
  ];
  return { path: managerPath(manager), match: false, at, body };
}
