import { accessStatus } from "./access.js";
import { walked } from "./compile.js";
import type { DirConf } from "./dir-conf.js";
import { setEnvironment } from "./environment.js";
import { fixedUp } from "./fixups.js";
import { handled } from "./handler.js";
import type { Host } from "./host.js";
import type { Going } from "./request.js";
import type { Step } from "./step.js";
import { translated } from "./translate.js";

/**
 * `ap_process_request_internal` of server/request.c: sections, translation of the path, sections again, access, fixups,
 * handler.
 */
export function processed(going: Going, host: Host): Step {
  const before = sectionsFor(host.base, host, going);
  const end = translated(going, host, before);
  if (end !== undefined) return { ...end, conf: before };
  const walk = going.proxied ? host.proxies : host.folders;
  const conf = sectionsFor(walked(host.base, walk, going), host, going);
  for (const at of conf.unread ?? []) going.doubt.of(at);
  if (conf.environment !== undefined) setEnvironment(conf.environment, going);
  const status = accessStatus(conf, going);
  if (status !== undefined) return { kind: "answer", status, by: placesOf(conf), conf };
  const handler = conf.handler?.value;
  if (handler !== undefined && handler.toLowerCase() !== "none") going.handler = handler;
  const fixed = fixedUp(going, conf);
  return fixed === undefined ? handled(going, conf) : { ...fixed, conf };
}

/** `walk_location_and_if`. */
function sectionsFor(base: DirConf, { locations }: Host, going: Going): DirConf {
  const conf = walked(base, locations, going);
  return conf.ifs === undefined ? conf : walked(conf, conf.ifs, going);
}

/** The lines that say who may go on. */
function placesOf({ authorization, access22 }: DirConf): Step["by"] {
  const lines = (authorization?.requirements ?? []).flatMap((one) => (one.kind === "line" ? [one.at] : []));
  return [...new Set([...lines, ...(access22?.denys ?? []).map(({ at }) => at)])];
}
