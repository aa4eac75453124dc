import type { Server } from "../topology/topology.js";
import { LAYOUTS } from "../vocabulary/layouts.js";
import type { Problem } from "../vocabulary/problem.js";
import { shown } from "../vocabulary/shown.js";
import { checkFronts } from "./fronts.js";
import { checkHardening } from "./hardening.js";
import { checkListen } from "./listen.js";
import { checkKnown, checkOwnNames } from "./names.js";
import type { CheckPlace } from "./place.js";
import { checkScope } from "./scope.js";
import { checkPattern } from "./text.js";
import { checkVirtualHost } from "./virtual-host.js";

const NAME = {
  pattern: /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/,
  allowed: "1 to 63 letters, digits, '.', '_' and '-'",
  fix: "rename it: the name becomes a folder",
};

/** What is wrong with the values of one server and its virtual hosts, mounts apart. */
export function checkServer(server: Server, { at, httpd }: CheckPlace): readonly Problem[] {
  const owner = `server ${shown(server.name)}`;
  const aliases: Problem = {
    at: `${at}/serverAliases`,
    subject: `serverAliases of ${owner}`,
    found: "the main server",
    allowed: "a virtual host",
    fix: "move them to a virtual host: httpd takes ServerAlias only there",
  };
  return [
    ...checkPattern(server.name, { at: `${at}/name`, subject: "name of a server" }, NAME),
    ...checkKnown(server.layout, Object.keys(LAYOUTS), { at: `${at}/layout`, subject: `layout of ${owner}` }),
    ...(server.serverAliases === undefined ? [] : [aliases]),
    ...checkHardening(server.hardening ?? {}, { at: `${at}/hardening`, subject: `hardening of ${owner}` }),
    ...checkFronts(server.fronts ?? {}, { at: `${at}/fronts`, subject: `fronts of ${owner}` }),
    ...checkListen(server.listen, { at: `${at}/listen`, subject: `listen of ${owner}` }),
    ...checkScope(server, { at, owner, httpd }),
    ...server.virtualHosts.flatMap((host, index) =>
      checkVirtualHost(host, { at: `${at}/virtualHosts/${index}`, httpd }),
    ),
    ...checkOwnNames(server.virtualHosts, (index) => `${at}/virtualHosts/${index}/name`, "virtual host"),
  ];
}
