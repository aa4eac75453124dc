import { BALANCER_PARAMETERS } from "../vocabulary/balancer.js";
import { HEALTH_CHECK_PARAMETERS } from "../vocabulary/health-check.js";
import { shown } from "../vocabulary/shown.js";
import type { Pointer, Problem } from "../vocabulary/problem.js";
import { WORKER_PARAMETERS } from "../vocabulary/worker.js";
import type { HttpdVersion } from "../vocabulary/versions.js";
import { checkKnown, checkParameters, checkUnique } from "./check-parameters.js";
import { checkLines, checkPattern, checkText } from "./check-text.js";
import { checkUrl, workerIdentity } from "./check-url.js";
import { roleOf } from "./roles.js";
import type { Cluster, HealthCheckExpression, HealthCheckTemplate, Member, RouteCookie, Topology } from "./topology.js";

/** Where something stands, and for which httpd it is. */
export interface CheckPlace {
  readonly at: Pointer;
  readonly httpd: HttpdVersion;
}

const BALANCER_NAME = {
  pattern: /^[a-z0-9]([a-z0-9._-]{0,82}[a-z0-9])?$/,
  allowed: "1 to 84 lower-case letters, digits, '.', '_' and '-', with a letter or digit at both ends",
  fix: "rename it: httpd lower-cases the name and cuts it at a slash",
};

/** What is wrong with one member on its own. */
export function checkMember(member: Member, { at, httpd }: CheckPlace): readonly Problem[] {
  const owner = `member ${shown(member.name)}`;
  const capacity = member.capacity;
  const capacityWrong = capacity !== undefined && !(Number.isFinite(capacity) && capacity > 0);
  return [
    ...checkText(member.name, { at: `${at}/name`, subject: "name of a member" }),
    ...checkUrl(member.url, { at: `${at}/url`, subject: `url of ${owner}` }, httpd),
    ...checkParameters(WORKER_PARAMETERS, member.parameters, { at: `${at}/parameters`, owner, httpd }),
    ...(["zone", "replicationGroup"] as const).flatMap((word) =>
      member[word] === undefined
        ? []
        : checkText(member[word], { at: `${at}/${word}`, subject: `${word} of ${owner}` }),
    ),
    ...(capacityWrong
      ? [
          {
            at: `${at}/capacity` as const,
            subject: `capacity of ${owner}`,
            found: shown(capacity),
            allowed: "a number of requests per second above 0",
            fix: "measure it, or leave it out",
          },
        ]
      : []),
  ];
}

/** What is wrong with one cluster and its members, without a look at servers and templates. */
export function checkCluster(cluster: Cluster, place: CheckPlace): readonly Problem[] {
  const { at, httpd } = place;
  const owner = `cluster ${shown(cluster.name)}`;
  return [
    ...checkPattern(cluster.name, { at: `${at}/name`, subject: "name of a cluster" }, BALANCER_NAME),
    ...checkParameters(BALANCER_PARAMETERS, cluster.parameters, { at: `${at}/parameters`, owner, httpd }),
    ...cluster.members.flatMap((member, index) => checkMember(member, { at: `${at}/members/${index}`, httpd })),
    ...checkDuplicates(cluster, at),
    ...checkRoles(cluster, at),
    ...(cluster.routeCookie === undefined ? [] : checkRouteCookie(cluster, cluster.routeCookie, at)),
    ...checkLines(cluster.extra ?? [], { at: `${at}/extra`, subject: `extra of ${owner}` }),
  ];
}

/** A name, URL or route that a cluster has twice. */
function checkDuplicates({ name, members }: Cluster, at: Pointer): readonly Problem[] {
  const twice = (what: string, key: string, pointer: string, fix: string) => {
    return (member: Member, index: number, first: number): Problem => ({
      at: `${at}/members/${index}/${pointer}`,
      subject: `${what} of member ${shown(member.name)} in cluster ${shown(name)}`,
      found: `the same ${key} as member ${shown(members[first]?.name)}`,
      allowed: `a ${key} of its own`,
      fix,
    });
  };
  return [
    ...checkUnique(members, (member) => member.name, twice("name", "name", "name", "rename one of the two")),
    ...checkUnique(
      members,
      ({ parameters }) => parameters.route,
      twice("route", "route", "parameters/route", "give each member the route its server puts into sessions"),
    ),
    ...checkShared(members, at),
  ];
}

/**
 * Members that httpd silently merges into an earlier one: the earlier name is a prefix of the later URL
 * (`ap_proxy_get_worker_ex`, modules/proxy/proxy_util.c; measured on httpd 2.4.71).
 */
function checkShared(members: readonly Member[], at: Pointer): readonly Problem[] {
  const paths = new Map<string, { readonly path: string; readonly name: string }[]>();
  return members.flatMap(({ url, name }, index) => {
    const identity = workerIdentity(url);
    if (identity === undefined) return [];
    const earlier = paths.get(identity.authority) ?? [];
    const shared = earlier.find(({ path }) => identity.path.startsWith(path));
    paths.set(identity.authority, [...earlier, { path: identity.path, name }]);
    if (shared === undefined) return [];
    return [
      {
        at: `${at}/members/${index}/url` as const,
        subject: `url of member ${shown(name)}`,
        found: `${shown(url)}, which httpd takes for member ${shown(shared.name)}`,
        allowed: "a URL that does not begin with the one of an earlier member",
        fix: "remove one of the two, put the longer URL first, or give them different host names",
      },
    ];
  });
}

/** Clusters in which no request can ever be served as described. */
function checkRoles({ name, members, parameters }: Cluster, at: Pointer): readonly Problem[] {
  const refuse = (found: string, fix: string): readonly Problem[] => [
    {
      at: `${at}/members`,
      subject: `members of cluster ${shown(name)}`,
      found,
      allowed: "at least one active member",
      fix,
    },
  ];
  if (members.length === 0) {
    return parameters.growth === undefined ? refuse("none", "add a member, or set growth to add them at run time") : [];
  }
  const roles = new Set(members.map(roleOf));
  if (roles.has("active")) return [];
  if (roles.has("drained") && roles.has("spare")) return [];
  const list = [...roles].join(", ");
  return refuse(`only ${list} members`, "make one of them active: spares and standbys stand in for actives");
}

function checkRouteCookie({ name, parameters }: Cluster, cookie: RouteCookie, at: Pointer): readonly Problem[] {
  const subject = `routeCookie of cluster ${shown(name)}`;
  const [sticky] = (parameters.stickysession ?? "").split("|");
  return [
    ...checkPattern(
      cookie.name,
      { at: `${at}/routeCookie/name`, subject },
      {
        pattern: /^[A-Za-z0-9_-]{1,63}$/,
        allowed: "1 to 63 letters, digits, '_' and '-'",
        fix: "use a plain name such as ROUTEID",
      },
    ),
    ...(cookie.path === undefined
      ? []
      : checkPattern(
          cookie.path,
          { at: `${at}/routeCookie/path`, subject: `path of ${subject}` },
          {
            pattern: /^\/[A-Za-z0-9_./~-]*$/,
            allowed: "'/' and then letters, digits and '_.-~/'",
            fix: "use the path of the mount",
          },
        )),
    ...(sticky === cookie.name
      ? []
      : [
          {
            at: `${at}/parameters/stickysession` as const,
            subject: `stickysession of cluster ${shown(name)}`,
            found: shown(parameters.stickysession),
            allowed: `${shown(cookie.name)}, the cookie that httpd sets`,
            fix: "leave stickysession out, or name that cookie first in it",
          },
        ]),
  ];
}

/** Health-check templates and expressions, and the references of members to them. */
export function checkHealthChecks(topology: Topology): readonly Problem[] {
  const { healthCheckTemplates: templates, healthCheckExpressions: expressions, httpd } = topology;
  const templateNames = templates.map(({ name }) => name.toLowerCase());
  const expressionNames = expressions.map(({ name }) => name.toLowerCase());
  const references = (owner: string, at: Pointer, given: { hctemplate?: string; hcexpr?: string }) => [
    ...reference(given.hctemplate, templateNames, { at: `${at}/hctemplate`, subject: `hctemplate of ${owner}` }),
    ...reference(given.hcexpr, expressionNames, { at: `${at}/hcexpr`, subject: `hcexpr of ${owner}` }),
  ];
  return [
    ...templates.flatMap((template, index) => checkTemplate(template, { at: `/healthCheckTemplates/${index}`, httpd })),
    ...expressions.flatMap((expression, index) => checkExpression(expression, `/healthCheckExpressions/${index}`)),
    ...twiceNamed(templates, "/healthCheckTemplates"),
    ...twiceNamed(expressions, "/healthCheckExpressions"),
    ...templates.flatMap(({ name, parameters }, index) =>
      references(`health-check template ${shown(name)}`, `/healthCheckTemplates/${index}/parameters`, parameters),
    ),
    ...topology.clusters.flatMap(({ members }, cluster) =>
      members.flatMap(({ name, parameters }, index) =>
        references(`member ${shown(name)}`, `/clusters/${cluster}/members/${index}/parameters`, parameters),
      ),
    ),
  ];
}

function reference(
  name: string | undefined,
  known: readonly string[],
  place: { readonly at: Pointer; readonly subject: string },
): readonly Problem[] {
  return name === undefined ? [] : checkKnown(name.toLowerCase(), known, place);
}

/** Longest name of a ProxyHCExpr that httpd takes; templates have no limit of their own. */
const LONGEST = { expression: 15, template: 63 } as const;

const definedName = (longest: number) => ({
  pattern: new RegExp(`^[A-Za-z0-9_.-]{1,${longest}}$`),
  allowed: `1 to ${longest} letters, digits, '_', '.' and '-'`,
  fix: "rename it",
});

function checkTemplate({ name, parameters }: HealthCheckTemplate, place: CheckPlace): readonly Problem[] {
  const owner = `health-check template ${shown(name)}`;
  const { at, httpd } = place;
  const own = Object.fromEntries(Object.entries(HEALTH_CHECK_PARAMETERS).filter(([word]) => word !== "hctemplate"));
  return [
    ...checkPattern(
      name,
      { at: `${at}/name`, subject: "name of a health-check template" },
      definedName(LONGEST.template),
    ),
    ...checkParameters(own, parameters, { at: `${at}/parameters`, owner, httpd }),
  ];
}

function checkExpression({ name, expression }: HealthCheckExpression, at: Pointer): readonly Problem[] {
  return [
    ...checkPattern(
      name,
      { at: `${at}/name`, subject: "name of a health-check expression" },
      definedName(LONGEST.expression),
    ),
    ...checkText(expression, { at: `${at}/expression`, subject: `health-check expression ${shown(name)}` }),
  ];
}

function twiceNamed(items: readonly { readonly name: string }[], at: Pointer): readonly Problem[] {
  return checkUnique(
    items,
    ({ name }) => name.toLowerCase(),
    ({ name }, index) => ({
      at: `${at}/${index}/name`,
      subject: `name ${shown(name)}`,
      found: "the name of an earlier one (httpd ignores case)",
      allowed: "a name of its own",
      fix: "rename one of the two",
    }),
  );
}
