import { coversPrefix } from "../httpd/prefix.js";
import type { Mount, VirtualHost } from "../topology/topology.js";
import type { Problem } from "../vocabulary/problem.js";
import { shown } from "../vocabulary/shown.js";
import { checkMount } from "./mount.js";
import type { MountContext } from "./mount.js";
import { checkUnique } from "./names.js";
import type { Subject } from "./place.js";

/** What is wrong with the mounts of one server or virtual host; `at` and `owner` are those of the scope. */
export function checkMounts(mounts: readonly Mount[], context: MountContext): readonly Problem[] {
  const { at, owner } = context;
  return [
    ...mounts.flatMap((mount, index) => checkMount(mount, { ...context, at: `${at}/mounts/${index}` })),
    ...checkUnique(mounts, mountKey, (mount, index) =>
      mountedTwice(mount, { at: `${at}/mounts/${index}`, subject: owner }),
    ),
  ];
}

/** What two mounts of one scope must not share: httpd takes the first. Undefined for rewrite rules and handlers. */
export function mountKey({ path, match, inLocation, via }: Mount): string | undefined {
  return via === undefined ? `${inLocation === true} ${match === true} ${path}` : undefined;
}

/** Says that an earlier mount has the path of this one. */
export function mountedTwice({ path }: Mount, { at, subject }: Subject): Problem {
  return {
    at: `${at}/path`,
    subject: `mount ${shown(path)} of ${subject}`,
    found: "the path of an earlier mount",
    allowed: "each path once",
    fix: "remove one of the two: httpd uses the first",
  };
}

/** httpd tries the main server's mounts before those of a virtual host (measured on 2.4.71). */
export function checkHidden(
  shared: readonly Mount[],
  { mounts, mountOrder }: VirtualHost,
  { at, subject }: Subject,
): readonly Problem[] {
  if (mountOrder === "given") return [];
  const plain = shared.filter(isPlainPrefix);
  return mounts.flatMap((mount, index) => {
    const hiding = isPlainPrefix(mount) ? plain.find(({ path }) => coversPrefix(path, mount.path)) : undefined;
    if (hiding === undefined) return [];
    return [
      {
        at: `${at}/mounts/${index}/path` as const,
        subject: `mount ${shown(mount.path)} of ${subject}`,
        found: `hidden by mount ${shown(hiding.path)} of the main server`,
        allowed: "a path of its own",
        fix: "move that mount to the virtual hosts: httpd tries the main server's first",
      },
    ];
  });
}

function isPlainPrefix({ match, inLocation, via }: Mount): boolean {
  return match !== true && inLocation !== true && via === undefined;
}
