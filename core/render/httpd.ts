import { commentText } from "../httpd/quote.js";
import { writeListen, writeServer } from "../written/server.js";
import { writeClosedFileSystem } from "../written/file-system.js";
import { writeHardening } from "../written/hardening.js";
import { directive } from "../written/line.js";
import { printed } from "../written/piece.js";
import type { WrittenLine } from "../written/line.js";
import { neededModules } from "../topology/modules.js";
import type { NeededModule } from "../topology/modules.js";
import type { Server, Text, Topology } from "../topology/topology.js";
import { LAYOUTS } from "../vocabulary/layouts.js";
import type { Layout } from "../vocabulary/layouts.js";
import { existsIn } from "../vocabulary/versions.js";
import type { HttpdVersion } from "../vocabulary/versions.js";
import { renderTemplate } from "./engine.js";
import type { Mark, TemplateValue } from "./engine.js";

/** How a server's configuration is written. */
export interface HttpdRendering {
  /** @default - the layout the server names */
  readonly layout?: Layout;
}

/**
 * The complete httpd.conf of a server: everything httpd needs to start with it alone. Topology and server must have
 * passed `checkTopology`.
 */
export function renderHttpdConf(topology: Topology, server: Server, rendering: HttpdRendering = {}): Text {
  const layout = rendering.layout ?? LAYOUTS[server.layout];
  const modules = neededModules(topology, server, { layout, fragment: false });
  return renderTemplate("httpd.conf", (mark) => ({
    httpd: topology.httpd,
    server: server.name,
    identity: text(identityLines(layout, topology.httpd), mark),
    modules: modules.map((module) => moduleRow(module, layout, mark)),
    listen: writeListen(server).map(mark),
    logs: text(logLines(layout), mark),
    hardening: text(printed(writeHardening(server, topology.httpd, "")), mark),
    closed: text(printed(writeClosedFileSystem(topology, server, "")), mark),
    balancing: text(writeServer(topology, server, layout), mark),
  }));
}

/**
 * What balancing needs, to be included into an httpd.conf that is there already and brings MPM, ports and logs. Each
 * module is loaded only where it is not loaded yet.
 */
export function renderFragment(topology: Topology, server: Server, rendering: HttpdRendering = {}): Text {
  const layout = rendering.layout ?? LAYOUTS[server.layout];
  const modules = neededModules(topology, server, { layout, fragment: true });
  return renderTemplate("balancer.conf", (mark) => ({
    httpd: topology.httpd,
    server: server.name,
    modules: modules.map((module) => moduleRow(module, layout, mark)),
    balancing: text(writeServer(topology, server, layout), mark),
  }));
}

/** Lines that are always there, as one text: for thousands of them a loop in the template would take longest. */
function text(lines: readonly WrittenLine[], mark: Mark): string {
  return lines.map(mark).join("\n");
}

/** The LoadModule line of a module in a layout. */
export function loadModuleLine(name: string, layout: Layout): WrittenLine {
  return directive("LoadModule", `${name}_module`, `${layout.moduleFolder}/mod_${name}.so`);
}

function moduleRow({ name, reason }: NeededModule, layout: Layout, mark: Mark): TemplateValue {
  return {
    identifier: `${name}_module`,
    reason: commentText(reason).slice(2),
    line: mark(loadModuleLine(name, layout)),
  };
}

function identityLines(layout: Layout, httpd: HttpdVersion): readonly WrittenLine[] {
  return [
    directive("ServerRoot", layout.serverRoot),
    ...(existsIn(httpd, "2.4.2") ? [directive("DefaultRuntimeDir", layout.runtimeFolder)] : []),
    directive("PidFile", layout.pidFile),
    directive("User", layout.user),
    directive("Group", layout.group),
  ];
}

function logLines(layout: Layout): readonly WrittenLine[] {
  return [
    directive("ErrorLog", layout.errorLog),
    directive("LogFormat", '%h %l %u %t "%r" %>s %b', "common"),
    directive("CustomLog", layout.accessLog, "common"),
  ];
}
