import { accessStatus } from "./access.js";
import type { DirConf } from "./dir-conf.js";
import { setEnvironment } from "./environment.js";
import { fixedUp } from "./fixups.js";
import { handled, refusedTrace } from "./handler.js";
import type { Host } from "./host.js";
import type { Going } from "./request.js";
import type { RouteStep } from "./step.js";
import { translated } from "./translate.js";
import { walked, walkedAnew, walkedIfs } from "./walk.js";

/**
 * `ap_process_request_internal` of server/request.c: sections, translation of the path, sections again, access, fixups,
 * handler.
 */
export function processed(going: Going, host: Host): RouteStep {
  const before = sectionsFor(host.base, host, going);
  going.merged = { conf: before, placed: false };
  const end = translated(going, host, before);
  if (end !== undefined) {
    for (const at of before.unread ?? []) going.doubt.of(at);
    return { ...end, conf: before };
  }
  const within = going.proxied ? walkedAnew(host.base, host.proxies, going) : walkedFiles(host, going);
  const conf = sectionsFor(within, host, going);
  going.merged = { conf, placed: true };
  if (going.method === "TRACE" && !going.proxied) {
    return { kind: "answer", status: refusedTrace(going, host) ?? 200, by: going.by, conf };
  }
  for (const at of conf.unread ?? []) going.doubt.of(at);
  if (conf.environment !== undefined) setEnvironment(conf.environment, going);
  const status = askedAgain(conf, before, going, host) ? accessStatus(conf, going, host.loaded) : undefined;
  if (status !== undefined) return { kind: "answer", status, by: placesOf(conf), conf };
  const handler = conf.handler?.value;
  if (handler !== undefined && handler.toLowerCase() !== "none") going.handler = handler;
  const fixed = fixedUp(going, conf, host.loaded);
  return fixed === undefined ? handled(going, conf, host) : { ...fixed, conf };
}

/** `ap_directory_walk`, then `ap_file_walk`. */
function walkedFiles({ base, folders, files }: Host, going: Going): DirConf {
  return walked(walked(base, folders, going), files, going);
}

/** `walk_location_and_if`. */
function sectionsFor(base: DirConf, { locations }: Host, going: Going): DirConf {
  const conf = walked(base, locations, going);
  return conf.ifs === undefined ? conf : walkedIfs(conf, conf.ifs, going);
}

/**
 * Whether access is asked: httpd does not where what holds is what held before an internal redirect, even if that was
 * refused. It sees so by results it kept; a module that asks about each path makes it keep fewer.
 */
function askedAgain(conf: DirConf, before: DirConf, going: Going, host: Host): boolean {
  const { previous, doubt } = going;
  if (previous?.conf !== conf || (!previous.placed && before !== conf)) return true;
  // What is kept of `<If>` is kept for one list of them, and not every merge makes the same list.
  const [conditional] = conf.ifs ?? [];
  if (conditional !== undefined) return doubt.guess(conditional.at);
  if (host.asksPaths === undefined || conf === host.base) return false;
  return doubt.guess(host.asksPaths);
}

/** The lines that say who may go on. */
function placesOf({ authorization, access22 }: DirConf): RouteStep["by"] {
  const lines = (authorization?.requirements ?? []).flatMap((one) => (one.kind === "line" ? [one.at] : []));
  return [...new Set([...lines, ...(access22?.denys ?? []).map(({ at }) => at)])];
}
