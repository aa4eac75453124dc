import type { Topology } from "../topology/topology.js";
import { pointerSteps } from "../vocabulary/problem.js";
import type { Pointer, Problem } from "../vocabulary/problem.js";
import { shown } from "../vocabulary/shown.js";
import { OLDEST_VERSION, compareVersions, parseVersion } from "../vocabulary/versions.js";
import { checkAppNodes } from "./app-nodes.js";
import { checkCluster } from "./cluster.js";
import { checkHealthChecks } from "./health-checks.js";
import { checkMounted } from "./mounted.js";
import { checkKnown, checkOwnNames, checkUnique } from "./names.js";
import { checkServer } from "./server.js";

/**
 * Everything that keeps a description from being written as an httpd.conf that does what it says: values httpd
 * refuses, cuts or misreads, names that are twice or nowhere, clusters that can never serve. Empty when it is fine.
 *
 * What httpd reads from somebody else's httpd.conf may well have problems here; only what is rendered must not.
 */
export function checkTopology(topology: Topology): readonly Problem[] {
  const known = CHECKED.get(topology);
  if (known !== undefined) return known;
  const problems = allProblems(topology);
  if (Object.isFrozen(topology)) CHECKED.set(topology, problems);
  return problems;
}

/** A frozen topology never changes, so that it is checked once however many readers ask. */
const CHECKED = new WeakMap<Topology, readonly Problem[]>();

function allProblems(topology: Topology): readonly Problem[] {
  const nodes = checkAppNodes(topology);
  const others = ownProblems(topology);
  return nodes.length === 0 ? others : [...nodes, ...others.filter(({ at }) => !isNodeUrl(topology, at))];
}

/** The URL of a member that is a node follows from the node: what is wrong with it is told there. */
function isNodeUrl({ clusters, nodes = [] }: Topology, at: Pointer): boolean {
  const [, cluster, , member, key] = pointerSteps(at);
  const name = clusters[Number(cluster)]?.members[Number(member)]?.name;
  return key === "url" && nodes.some((node) => node.name === name);
}

function ownProblems(topology: Topology): readonly Problem[] {
  const { httpd } = topology;
  return [
    ...checkVersion(httpd),
    ...topology.clusters.flatMap((cluster, index) => checkCluster(cluster, { at: `/clusters/${index}`, httpd })),
    ...checkClusterNames(topology),
    ...checkHealthChecks(topology),
    ...topology.servers.flatMap((server, index) => [
      ...checkServer(server, { at: `/servers/${index}`, httpd }),
      ...checkMounted(topology, server, `/servers/${index}`),
    ]),
    ...checkOwnNames(topology.servers, (index) => `/servers/${index}/name`, "server"),
  ];
}

function checkVersion(httpd: string): readonly Problem[] {
  const version = parseVersion(httpd);
  if (version !== undefined && compareVersions(version, OLDEST_VERSION) >= 0) return [];
  const allowed = `a version from ${OLDEST_VERSION} on, with three numbers`;
  return [{ at: "/httpd", subject: "httpd", found: shown(httpd), allowed, fix: "write it like 2.4.71" }];
}

function checkClusterNames({ clusters, servers }: Topology): readonly Problem[] {
  const hosts = servers.flatMap(({ virtualHosts }) => virtualHosts.map(({ name }) => name));
  return [
    ...clusters.flatMap(({ scope, name }, index) =>
      scope === undefined
        ? []
        : checkKnown(scope, hosts, { at: `/clusters/${index}/scope`, subject: `scope of cluster ${shown(name)}` }),
    ),
    ...checkUnique(
      clusters,
      ({ name, scope }) => `${scope ?? ""} ${name.toLowerCase()}`,
      ({ name }, index) => ({
        at: `/clusters/${index}/name`,
        subject: `name of cluster ${shown(name)}`,
        found: "the name of an earlier one",
        allowed: "a name of its own",
        fix: "rename one of the two: httpd would add up their members",
      }),
    ),
    ...hiddenScopes(clusters),
  ];
}

/** A virtual host's balancer that bears the name of one of the main server's gets none of its own members. */
function hiddenScopes(clusters: Topology["clusters"]): readonly Problem[] {
  const main = new Set(clusters.filter(({ scope }) => scope === undefined).map(({ name }) => name.toLowerCase()));
  return clusters.flatMap(({ name, scope }, index) =>
    scope === undefined || !main.has(name.toLowerCase())
      ? []
      : [
          {
            at: `/clusters/${index}/name` as const,
            subject: `name of cluster ${shown(name)} of virtual host ${shown(scope)}`,
            found: "the name of a cluster of the main server",
            allowed: "a name of its own",
            fix: "rename one of the two: httpd would ignore the members of the virtual host's",
          },
        ],
  );
}
