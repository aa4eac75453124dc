import { renderHttpdConf } from "../render/httpd.js";
import { renderProblems } from "../render/render.js";
import type { OutputFile } from "../render/files.js";
import type { Rendered } from "../render/render.js";
import type { Server, ServerScope, Topology } from "../topology/topology.js";
import { LAYOUTS } from "../vocabulary/layouts.js";
import type { Layout } from "../vocabulary/layouts.js";
import type { Problem } from "../vocabulary/problem.js";
import { carryWorkers } from "./carry.js";
import type { CarriedWorkers } from "./carry.js";
import { jkGlobals, jkMounts } from "./jk-conf.js";
import { addressProblems } from "./jk-member.js";
import { lossText } from "./losses.js";
import type { JkLoss } from "./losses.js";
import { writeProperties } from "./write-properties.js";

/** Settings of a server that speak to mod_proxy; those of processes and connections stay. */
const PROXY_SETTING = /^(proxy|balancer)/;

/**
 * The same clusters for mod_jk: `workers.properties`, and an httpd.conf with JkMount lines for each server, in a folder of
 * its name where there are several. What mod_jk has nothing for is named in `notes` and at the head of the workers.
 */
export function renderModJk(topology: Topology, layout?: Layout): Rendered {
  const problems = [...renderProblems(topology), ...addresses(topology)];
  if (problems.length > 0) return { ok: false, problems };
  const carried = carryWorkers(topology);
  const written = topology.servers.map((server) => ({ server, ...writeServer(topology, server, carried, layout) }));
  const losses = [...carried.losses, ...written.flatMap((one) => one.losses)];
  const workers = writeProperties(carried.workers, losses);
  const folders = topology.servers.length > 1;
  const files = written.flatMap(({ server, conf }): readonly OutputFile[] => {
    const folder = folders ? `${server.name}/` : "";
    return [
      { path: `${folder}httpd.conf`, text: conf },
      { path: `${folder}workers.properties`, text: workers },
    ];
  });
  return { ok: true, files, notes: losses.map(lossText) };
}

function addresses({ clusters }: Topology): readonly Problem[] {
  return clusters.flatMap(({ members }, cluster) =>
    members.flatMap((member, index) => addressProblems(member, `/clusters/${cluster}/members/${index}`)),
  );
}

function writeServer(
  topology: Topology,
  server: Server,
  carried: CarriedWorkers,
  layout: Layout = LAYOUTS[server.layout],
): { readonly conf: OutputFile["text"]; readonly losses: readonly JkLoss[] } {
  const main = jkMounts(topology, server, carried);
  const hosts = server.virtualHosts.map((host) => ({ host, ...jkMounts(topology, host, carried) }));
  const globals = jkGlobals(layout, carried.workers.maintain);
  const bare: Server = {
    ...withoutProxy(server, [...globals, ...main.lines]),
    virtualHosts: hosts.map(({ host, lines }) => withoutProxy(host, lines)),
  };
  const described: Topology = {
    httpd: topology.httpd,
    clusters: [],
    servers: [bare],
    healthCheckTemplates: [],
    healthCheckExpressions: [],
  };
  return {
    conf: renderHttpdConf(described, bare, { layout }),
    losses: [
      ...[server, ...server.virtualHosts].flatMap(scopeLosses),
      ...main.losses,
      ...hosts.flatMap(({ losses }) => losses),
    ],
  };
}

/** A scope with lines of mod_jk in the place of mod_proxy's. */
function withoutProxy<Scope extends ServerScope>(scope: Scope, lines: readonly string[]): Scope {
  const settings = Object.fromEntries(Object.entries(scope.settings).filter(([word]) => !PROXY_SETTING.test(word)));
  const kept = Object.fromEntries(Object.entries(scope).filter(([key]) => !OF_PROXY.includes(key))) as Scope;
  return { ...kept, settings, mounts: [], extra: [...(scope.extra ?? []), ...lines] };
}

/** Keys of a scope that only mod_proxy carries out. */
const OF_PROXY: readonly string[] = ["manager", "backendTls"] satisfies readonly (keyof ServerScope)[];

function scopeLosses({ settings, backendTls }: ServerScope): readonly JkLoss[] {
  const words = Object.keys(settings).filter((word) => PROXY_SETTING.test(word));
  return [
    ...words.map((word): JkLoss => ({ what: word, instead: "mod_jk has nothing like it" })),
    ...(backendTls === undefined ? [] : [{ what: "TLS to backends", instead: "AJP is not encrypted" }]),
  ];
}
