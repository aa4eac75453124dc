import type { Manager, ServerScope } from "../topology/topology.js";
import type { Problem } from "../vocabulary/problem.js";
import { SERVER_SETTINGS } from "../vocabulary/settings.js";
import { checkAccess } from "./access.js";
import { checkLines } from "./lines.js";
import { checkParameters } from "./parameters.js";
import type { OwnerPlace } from "./place.js";
import { checkServerAlias, checkServerName } from "./server-name.js";
import { checkPattern } from "./text.js";
import { checkBackendTls, checkFrontTls } from "./tls.js";

const MANAGER_PATH = {
  pattern: /^\/[A-Za-z0-9_./~-]*$/,
  allowed: "'/' and then letters, digits and '_.-~/'",
  fix: "write it like /balancer-manager",
};

/** What is wrong with the values of a server or virtual host, mounts apart. */
export function checkScope(scope: ServerScope, place: OwnerPlace): readonly Problem[] {
  const { at, owner } = place;
  return [
    ...(scope.serverName === undefined
      ? []
      : checkServerName(scope.serverName, { at: `${at}/serverName`, subject: `serverName of ${owner}` })),
    ...(scope.serverAliases ?? []).flatMap((name, index) =>
      checkServerAlias(name, { at: `${at}/serverAliases/${index}`, subject: `serverAliases of ${owner}` }),
    ),
    ...checkParameters(SERVER_SETTINGS, scope.settings, { ...place, at: `${at}/settings` }),
    ...(scope.tls === undefined ? [] : checkFrontTls(scope.tls, { at: `${at}/tls`, subject: `tls of ${owner}` })),
    ...(scope.backendTls === undefined
      ? []
      : checkBackendTls(scope.backendTls, { at: `${at}/backendTls`, subject: `backendTls of ${owner}` })),
    ...(scope.manager === undefined ? [] : checkManager(scope.manager, place)),
    ...checkLines(scope.extra ?? [], { at: `${at}/extra`, subject: `extra of ${owner}` }),
  ];
}

function checkManager({ path = "/", access }: Manager, { at, owner }: OwnerPlace): readonly Problem[] {
  const place = { at: `${at}/manager/path`, subject: `manager path of ${owner}` } as const;
  return [
    ...checkPattern(path, place, MANAGER_PATH),
    ...checkAccess(access, { at: `${at}/manager/access`, subject: `access to balancer-manager of ${owner}` }),
  ];
}
