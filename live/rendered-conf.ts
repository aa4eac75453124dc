import { NO_FILES } from "../core/conf/run/reader.js";
import type { ExpandOptions } from "../core/conf/run/expand.js";
import { fromUnicode } from "../core/httpd/bytes.js";
import { fillText } from "../core/render/files.js";
import { renderHttpdConf } from "../core/render/httpd.js";
import type { Topology } from "../core/topology/topology.js";
import { LAYOUTS } from "../core/vocabulary/layouts.js";
import type { ModuleName } from "../core/vocabulary/modules.js";
import { UnreadyError } from "./program.js";

/** How a description is made ready. */
export interface RenderedOptions {
  /** What the file is called in reports. @default "httpd.conf" */
  readonly path?: string;
  /** Modules that it does not need, but live changes may: without its module an lbmethod cannot be set. @default - none */
  readonly modules?: readonly ModuleName[];
}

/**
 * The httpd.conf that a description is rendered as, ready to be played: the user's own file of a spec. Holes are named
 * as `urlText` names them.
 *
 * @throws UnreadyError when the description has no server
 */
export function renderedConf(topology: Topology, options: RenderedOptions = {}): ExpandOptions {
  const { path = "httpd.conf", modules = [] } = options;
  const [server] = topology.servers;
  if (server === undefined) throw new UnreadyError("the input describes no server; mount a cluster to rehearse it");
  const text = fillText(renderHttpdConf(topology, server), ({ deferred }) => `<${deferred}>`);
  const more = modules.map(
    (name) => `LoadModule ${name}_module ${LAYOUTS[server.layout].moduleFolder}/mod_${name}.so\n`,
  );
  return { path, text: fromUnicode(text) + more.join(""), reader: NO_FILES, version: topology.httpd };
}
