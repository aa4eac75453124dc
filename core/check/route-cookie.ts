import type { Cluster, RouteCookie } from "../topology/topology.js";
import type { Pointer, Problem } from "../vocabulary/problem.js";
import { shown } from "../vocabulary/shown.js";
import { checkPattern } from "./text.js";

const NAME = {
  pattern: /^[A-Za-z0-9_-]{1,63}$/,
  allowed: "1 to 63 letters, digits, '_' and '-'",
  fix: "use a plain name such as ROUTEID",
};
const PATH = {
  pattern: /^\/[A-Za-z0-9_./~-]*$/,
  allowed: "'/' and then letters, digits and '_.-~/'",
  fix: "use the path of the mount",
};

/** The cookie that httpd sets itself, to which the cluster then has to stick. */
export function checkRouteCookie(cluster: Cluster, cookie: RouteCookie, at: Pointer): readonly Problem[] {
  const { stickysession } = cluster.parameters;
  const subject = `routeCookie of cluster ${shown(cluster.name)}`;
  const path = { at: `${at}/routeCookie/path`, subject: `path of ${subject}` } as const;
  const values = [
    ...checkPattern(cookie.name, { at: `${at}/routeCookie/name`, subject }, NAME),
    ...(cookie.path === undefined ? [] : checkPattern(cookie.path, path, PATH)),
  ];
  if ((stickysession ?? "").split("|")[0] === cookie.name) return values;
  return [
    ...values,
    {
      at: `${at}/parameters/stickysession`,
      subject: `stickysession of cluster ${shown(cluster.name)}`,
      found: shown(stickysession),
      allowed: `${shown(cookie.name)}, the cookie that httpd sets`,
      fix: "leave stickysession out, or name that cookie first in it",
    },
  ];
}
