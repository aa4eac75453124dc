import { BALANCER_PARAMETERS } from "../vocabulary/balancer.js";
import type { Layout } from "../vocabulary/layouts.js";
import { LB_METHODS, isLbMethodName } from "../vocabulary/lbmethods.js";
import { MODULES, isModuleName, moduleNamed } from "../vocabulary/modules.js";
import type { ModuleName } from "../vocabulary/modules.js";
import type { ParameterTable } from "../vocabulary/parameter.js";
import { SERVER_SETTINGS } from "../vocabulary/settings.js";
import { modulesOfScheme } from "../vocabulary/schemes.js";
import type { SchemeName } from "../vocabulary/schemes.js";
import { compareVersions } from "../vocabulary/versions.js";
import type { HttpdVersion } from "../vocabulary/versions.js";
import { hardeningOf } from "./hardening.js";
import { modulesOfLine } from "./line-modules.js";
import { oncePerServer } from "./once-per-server.js";
import type { Access, Cluster, Server, ServerScope, Topology } from "./topology.js";
import { clustersOf, isHealthChecked, schemesOfClusters, schemesOfMounts, scopesOf } from "./usage.js";

/** A module a configuration needs, and why. */
export interface NeededModule {
  /** Without `_module`. */
  readonly name: string;
  /** One sentence for the line above LoadModule. */
  readonly reason: string;
}

/** For which kind of file and installation modules are counted. */
export interface ModuleTarget {
  readonly layout: Layout;
  /** True when the file is included into a server that brings its own MPM, user and access log. */
  readonly fragment: boolean;
}

/**
 * The modules a server's configuration needs, each once with its first reason, in an order httpd can load them in;
 * those compiled into the layout's httpd are left out.
 */
export function neededModules(topology: Topology, server: Server, target: ModuleTarget): readonly NeededModule[] {
  const wanted = target.fragment ? wantedByFragment(topology, server) : wantedByWhole(topology, server);
  const builtIn: ReadonlySet<string> = new Set([...target.layout.builtIn, ...notYetApart(topology.httpd)]);
  const others = [...wanted.keys()].filter((name) => !isModuleName(name)).sort();
  return [...MODULE_NAMES, ...others].flatMap((name) => {
    const reason = wanted.get(name);
    return reason === undefined || builtIn.has(name) ? [] : [{ name, reason }];
  });
}

/** Reasons by module; whatever the installation brings. */
type WantedModules = ReadonlyMap<string, string>;

const wantedByFragment = oncePerServer((topology, server): WantedModules => closed(ownNeeds(topology, server)));

const wantedByWhole = oncePerServer((topology, server): WantedModules =>
  closed([...foundation(topology.httpd), ...ownNeeds(topology, server), ...hardeningNeeds(server, topology.httpd)]),
);

function ownNeeds(topology: Topology, server: Server): readonly NeededModule[] {
  return [
    ...clustersOf(topology, server).flatMap((cluster) => clusterNeeds(cluster)),
    ...schemeNeeds(topology, server),
    ...scopesOf(server).flatMap(({ scope }) => scopeNeeds(scope, topology.httpd)),
  ];
}

/** With what these need in turn; of several reasons the first counts. */
function closed(list: readonly NeededModule[]): WantedModules {
  const wanted = new Map<string, string>();
  const add = ({ name, reason }: NeededModule): void => {
    if (wanted.has(name)) return;
    wanted.set(name, reason);
    for (const needed of moduleNamed(name).needs) add(need(needed, `${name} needs it`));
  };
  list.forEach(add);
  return wanted;
}

/** In the order httpd can load them. */
const MODULE_NAMES: readonly ModuleName[] = Object.keys(MODULES).filter(isModuleName);

/** Part of the core or of mod_proxy_balancer before 2.4, without a module of their own (2.2's manual; not run). */
const APART_SINCE_2_4: readonly ModuleName[] = [
  "mpm_event",
  "authz_core",
  "unixd",
  "slotmem_shm",
  "lbmethod_byrequests",
  "lbmethod_bytraffic",
  "lbmethod_bybusyness",
];

function notYetApart(httpd: HttpdVersion): readonly ModuleName[] {
  return compareVersions(httpd, "2.4.0") < 0 ? APART_SINCE_2_4 : [];
}

function need(name: string, why = ""): NeededModule {
  const { doc } = moduleNamed(name);
  return { name, reason: why === "" ? doc : `${why}: ${doc}` };
}

function foundation(httpd: HttpdVersion): readonly NeededModule[] {
  return [need("mpm_event"), ...accessNeeds({ kind: "denied" }, httpd), need("unixd"), need("log_config")];
}

function hardeningNeeds(server: Server, httpd: HttpdVersion): readonly NeededModule[] {
  return hardeningOf(server, httpd, "server").flatMap(({ entry: { directive, module }, off }) =>
    module === undefined || off !== undefined ? [] : [need(module, directive)],
  );
}

function clusterNeeds(cluster: Cluster): readonly NeededModule[] {
  const who = `cluster '${cluster.name}'`;
  const method = cluster.parameters.lbmethod ?? BALANCER_PARAMETERS.lbmethod.default;
  const entry = isLbMethodName(method) ? LB_METHODS[method] : undefined;
  return [
    need("proxy_balancer", who),
    ...(entry === undefined ? [] : [entry.module, ...entry.needs].map((name) => need(name, who))),
    ...(isHealthChecked(cluster) ? [need("proxy_hcheck", who)] : []),
    ...(cluster.routeCookie === undefined ? [] : [need("headers", `route cookie of ${who}`)]),
    ...(cluster.extra ?? []).flatMap((text) => lineNeeds(text, `extra of ${who}`)),
  ];
}

function schemeNeeds(topology: Topology, server: Server): readonly NeededModule[] {
  const spoken = [
    ...schemesOfClusters(clustersOf(topology, server)),
    ...scopesOf(server).flatMap(({ scope }) => schemesOfMounts(scope)),
  ];
  const first = new Map<SchemeName, string>();
  for (const { scheme, by } of spoken) if (!first.has(scheme)) first.set(scheme, by());
  return [...first].flatMap(([scheme, by]) => modulesOfScheme(scheme, topology.httpd).map((name) => need(name, by)));
}

function scopeNeeds(scope: ServerScope, httpd: HttpdVersion): readonly NeededModule[] {
  const access = scope.mounts.flatMap((mount) => (mount.access === undefined ? [] : [mount.access]));
  return [
    ...(scope.mounts.length > 0 || Object.keys(scope.settings).some(isOfProxy) ? [need("proxy")] : []),
    ...(scope.settings.proxyhctpsize === undefined ? [] : [need("proxy_hcheck", "ProxyHCTPsize")]),
    ...(scope.tls === undefined ? [] : [need("ssl", "TLS to clients")]),
    ...(scope.backendTls === undefined ? [] : [need("ssl", "TLS to backends")]),
    ...(scope.manager === undefined ? [] : [need("proxy_balancer", "balancer-manager")]),
    ...[...access, ...(scope.manager === undefined ? [] : [scope.manager.access])].flatMap((rule) =>
      accessNeeds(rule, httpd),
    ),
    ...(scope.extra ?? []).flatMap((text) => lineNeeds(text, "extra lines")),
  ];
}

/** True for settings that mod_proxy knows and the core does not. */
function isOfProxy(setting: string): boolean {
  const parameter = (SERVER_SETTINGS as ParameterTable)[setting];
  return /^(?:Proxy|Balancer)/.test(parameter?.directive ?? "");
}

function accessNeeds(access: Access, httpd: HttpdVersion): readonly NeededModule[] {
  if (compareVersions(httpd, "2.4.0") < 0)
    return [{ name: "authz_host", reason: "access rules: Order, Allow and Deny" }];
  const byHost = access.kind === "local" || access.kind === "addresses";
  return [need("authz_core"), ...(byHost ? [need("authz_host", "access rules")] : [])];
}

function lineNeeds(text: string, who: string): readonly NeededModule[] {
  return modulesOfLine(text).map((name) => need(name, who));
}
