import { roleOfStatus } from "../topology/roles.js";
import { callStatement, flatSource } from "./source-text.js";
import type { Code, SourceValue } from "./source-text.js";
import { usualHttpd } from "../vocabulary/meant-httpd.js";
import { isDuration } from "../vocabulary/duration.js";
import { without } from "../vocabulary/without.js";
import type {
  Access,
  BackendTls,
  Cluster,
  Member,
  Mount,
  Server,
  ServerScope,
  Topology,
  VirtualHost,
} from "../topology/topology.js";

/** Name of the package the generated source imports. */
const PACKAGE = "cdktf-httpd-balancer";

/** Widest line, as in `source-text.ts`. */
const WIDTH = 120;

/**
 * TypeScript source of a stack that describes this topology with the library's constructs: compiles under `strict`,
 * laid out as prettier does with a width of 120. Text known only at apply becomes `undefined`-free literals only;
 * a topology with holes throws a RangeError.
 *
 * @param origin - where the topology was read, for the comment of the class
 */
export function typescriptStack(topology: Topology, origin: string): string {
  const writer = new StackWriter(topology);
  const body = writer.statements();
  const names = [...writer.imports].sort(compare);
  return [
    `import { TerraformStack } from "cdktf";`,
    `import type { Construct } from "constructs";`,
    importLine(names),
    "",
    `/** Adopted from ${origin.replaceAll("*/", "* /")}. */`,
    "export class AdoptedStack extends TerraformStack {",
    "  constructor(scope: Construct, id: string) {",
    "    super(scope, id);",
    ...body,
    "  }",
    "}",
    "",
  ].join("\n");
}

function importLine(names: readonly string[]): string {
  const flat = `import { ${names.join(", ")} } from "${PACKAGE}";`;
  if (flat.length <= WIDTH) return flat;
  return `import {\n${names.map((name) => `  ${name},\n`).join("")}} from "${PACKAGE}";`;
}

/** Collects statements and the names they need. */
class StackWriter {
  readonly imports = new Set<string>(["BalancerCluster", "HttpdServer", "LocalTarget"]);
  readonly #topology: Topology;
  readonly #variables = new Map<Cluster, string>();
  readonly #taken = new Set(["scope", "id", "this", "constructor"]);

  constructor(topology: Topology) {
    this.#topology = topology;
  }

  statements(): readonly string[] {
    const { clusters, servers } = this.#topology;
    const ofClusters = clusters.map((cluster, index) => this.#cluster(cluster, index === 0));
    const ofServers = servers.map((server) => this.#server(server));
    return [...ofClusters, ...ofServers].flatMap((lines) => ["", ...lines]);
  }

  #cluster(cluster: Cluster, first: boolean): readonly string[] {
    const { name, scope, parameters, members, promises = [], acknowledged = [], ...others } = cluster;
    const id = this.#id(scope === undefined ? name : `${name} of ${scope}`);
    const variable = this.#variable(name, "cluster");
    this.#variables.set(cluster, variable);
    const props = {
      clusterName: id === name ? undefined : name,
      virtualHost: scope,
      ...this.#values(parameters),
      ...this.#values(others),
    };
    const head = `const ${variable} = new BalancerCluster`;
    return [
      callStatement(head, [{ code: "this" }, id, ...unlessEmpty(props)], 4),
      ...this.#healthChecks(cluster, variable, first),
      ...members.map((member) => this.#member(member, variable)),
      ...promises.map((promise) => callStatement(`${variable}.promise`, [this.#values(promise)], 4)),
      ...acknowledged.map(({ id: rule, reason }) => callStatement(`${variable}.acknowledge`, [rule, reason], 4)),
    ];
  }

  /** An id beside those of servers, and beside the one that cdktf gives the backend of a stack. */
  #id(wanted: string): string {
    const others = ["backend", ...this.#topology.servers.map(({ name }) => name)];
    return others.includes(wanted) ? `${wanted} cluster` : wanted;
  }

  /** Templates and expressions stand with the first cluster: they are shared by all. */
  #healthChecks(_cluster: Cluster, variable: string, first: boolean): readonly string[] {
    if (!first) return [];
    const { healthCheckTemplates: templates, healthCheckExpressions: expressions } = this.#topology;
    return [
      ...expressions.map(({ name, expression }) =>
        callStatement(`${variable}.addHealthCheckExpression`, [name, expression], 4),
      ),
      ...templates.map(({ name, parameters }) =>
        callStatement(`${variable}.addHealthCheckTemplate`, [name, this.#values(parameters)], 4),
      ),
    ];
  }

  #member({ name, url, parameters, ...others }: Member, variable: string): string {
    const role = roleOfStatus(parameters.status);
    const method = role === "standby" ? "addStandby" : role === "spare" ? "addSpare" : "addMember";
    const status = method === "addMember" ? parameters.status?.toUpperCase() : undefined; // As constructs type it.
    const options = {
      url: literal(url),
      ...this.#values({ ...parameters, status }),
      ...this.#values(others),
    };
    return callStatement(`${variable}.${method}`, [name, options], 4);
  }

  #server(server: Server): readonly string[] {
    const { name, layout, listen, virtualHosts, acknowledged = [], ...scope } = without(server, "modules");
    const variable = this.#variable(name, "server");
    this.imports.add("HttpdLayout");
    const ports = listen.map(({ address, port }) => (address === undefined ? port : { address, port }));
    const { httpd } = this.#topology;
    const props = {
      layout: { code: `HttpdLayout.${layout}()` },
      ...(httpd !== usualHttpd([layout]).version && { httpd }),
      listen: ports,
      ...this.#scope(scope),
    };
    return [
      callStatement(`const ${variable} = new HttpdServer`, [{ code: "this" }, name, props], 4),
      ...this.#unmounted(server).map((cluster) => callStatement(`${variable}.define`, [cluster], 4)),
      ...this.#mounts(server, variable),
      ...acknowledged.map(({ id, reason }) => callStatement(`${variable}.acknowledge`, [id, reason], 4)),
      ...virtualHosts.flatMap((host) => ["", ...this.#virtualHost(host, variable, server)]),
      "",
      `    ${variable}.deployTo(LocalTarget.of({ directory: "run" }));`,
    ];
  }

  #virtualHost(host: VirtualHost, server: string, owner: Server): readonly string[] {
    const variable = this.#variable(host.name, "host");
    const { name, ...scope } = host;
    const props = this.#scope(scope);
    const used = host.mounts.length > 0;
    const head = used ? `const ${variable} = ${server}.addVirtualHost` : `${server}.addVirtualHost`;
    return [callStatement(head, [name, props], 4), ...this.#mounts(host, variable, owner)];
  }

  /** Names and addresses first, then what is set; mounts are calls, and what stood in front is in the lines of `extra`. */
  #scope(
    scope: ServerScope & Partial<Pick<VirtualHost, "addresses">>,
  ): Readonly<Record<string, SourceValue | undefined>> {
    const { addresses, serverName, serverAliases, settings, backendTls, manager, extra, ...all } = scope;
    const others = without(all, "mounts", "front");
    return {
      ...this.#values({ addresses, serverName, serverAliases }),
      ...this.#values(settings),
      ...this.#values(others),
      backendTls: backendTls === undefined ? undefined : this.#backendTls(backendTls),
      manager: manager === undefined ? undefined : { ...this.#values(manager), access: this.#access(manager.access) },
      ...this.#values({ extra }),
    };
  }

  #mounts(scope: ServerScope, variable: string, host?: Server): readonly string[] {
    return scope.mounts.map((mount) => this.#mount(mount, variable, host === undefined ? undefined : scope));
  }

  #mount(mount: Mount, variable: string, host: ServerScope | undefined): string {
    const { path, to, access, ...others } = mount;
    const options = { ...this.#values(others), access: access === undefined ? undefined : this.#access(access) };
    switch (to.kind) {
      case "exclude":
        return callStatement(
          `${variable}.exclude`,
          [path, ...unlessEmpty({ match: mount.match, inLocation: mount.inLocation })],
          4,
        );
      case "url": {
        const parameters = this.#values(to.parameters);
        const given = Object.keys(parameters).length === 0 ? undefined : parameters;
        return callStatement(
          `${variable}.mountUrl`,
          [path, literal(to.url), ...unlessEmpty({ ...options, parameters: given })],
          4,
        );
      }
      case "cluster": {
        const backendPath = to.path === path ? undefined : to.path;
        const cluster: Code = { code: this.#variableOf(to.cluster, host) };
        return callStatement(`${variable}.mount`, [path, cluster, ...unlessEmpty({ backendPath, ...options })], 4);
      }
    }
  }

  /** Clusters that only lines of `extra` lead to. */
  #unmounted({ mounts, virtualHosts }: Server): readonly Code[] {
    const used = [...mounts, ...virtualHosts.flatMap((host) => host.mounts)];
    const names = new Set(used.flatMap(({ to }) => (to.kind === "cluster" ? [to.cluster.toLowerCase()] : [])));
    const clusters = this.#topology.clusters.filter(({ name }) => !names.has(name.toLowerCase()));
    return clusters.map((cluster) => ({ code: this.#variables.get(cluster) ?? "undefined" }));
  }

  /** The variable of a cluster as a scope sees it: its own, else the main server's. */
  #variableOf(name: string, host: ServerScope | undefined): string {
    const wanted = name.toLowerCase();
    const named = this.#topology.clusters.filter((cluster) => cluster.name.toLowerCase() === wanted);
    const own = host === undefined ? undefined : named.find(({ scope }) => scope === (host as VirtualHost).name);
    const cluster = named.find(({ scope }) => scope === undefined) ?? own ?? named[0];
    return cluster === undefined ? "undefined" : (this.#variables.get(cluster) ?? "undefined");
  }

  #values(values: object): Readonly<Record<string, SourceValue | undefined>> {
    const rows = Object.entries(values as Readonly<Record<string, unknown>>).map(([word, value]) => [
      word,
      this.#value(value),
    ]);
    return Object.fromEntries(rows) as Readonly<Record<string, SourceValue | undefined>>;
  }

  #value(value: unknown): SourceValue | undefined {
    if (isDuration(value)) {
      const unit = value.milliseconds % 1_000 === 0 ? "seconds" : "millis";
      this.imports.add(unit);
      return { code: `${unit}(${unit === "seconds" ? value.milliseconds / 1_000 : value.milliseconds})` };
    }
    return value as SourceValue | undefined;
  }

  #access(access: Access): Code {
    this.imports.add("Access");
    switch (access.kind) {
      case "local":
      case "denied":
        return { code: `Access.${access.kind}()` };
      case "all":
        return { code: `Access.all(${flatSource({ reason: access.reason })})` };
      case "addresses":
        return { code: `Access.addresses(${access.addresses.map(flatSource).join(", ")})` };
    }
  }

  #backendTls({ verify, ...others }: BackendTls): Code {
    this.imports.add("BackendTls");
    const files = { ...others, protocols: others.protocols === undefined ? undefined : [...others.protocols] };
    if (verify.kind === "off")
      return { code: `BackendTls.unverified(${flatSource({ reason: verify.reason, ...files })})` };
    return { code: `BackendTls.verified(${unlessEmpty(files).map(flatSource).join("")})` };
  }

  /** A name for a variable: the words of a name in camel case, unique in the constructor. */
  #variable(name: string, fallback: string): string {
    const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
    const joined = words
      .map((word, index) => (index === 0 ? word.toLowerCase() : word.slice(0, 1).toUpperCase() + word.slice(1)))
      .join("");
    const wanted = /^[a-z]/.test(joined) && !RESERVED.has(joined) ? joined : `${fallback}${joined}`;
    let variable = wanted;
    for (let number = 2; this.#taken.has(variable); number++) variable = `${wanted}${number}`;
    this.#taken.add(variable);
    return variable;
  }
}

const RESERVED: ReadonlySet<string> = new Set(
  (
    "arguments await break case catch class const continue debugger default delete do else enum eval export extends " +
    "false finally for function if implements import in instanceof interface let new null package private protected " +
    "public return static super switch this throw true try typeof undefined var void while with yield seconds millis"
  ).split(" "),
);

function unlessEmpty(
  props: Readonly<Record<string, SourceValue | undefined>>,
): readonly Readonly<Record<string, SourceValue | undefined>>[] {
  return Object.values(props).every((value) => value === undefined) ? [] : [props];
}

function literal(text: Member["url"]): string {
  if (typeof text === "string") return text;
  throw new RangeError("text that is known only at apply cannot be written as a literal");
}

function compare(left: string, right: string): number {
  const [a, b] = [left.toLowerCase(), right.toLowerCase()];
  if (a === b) return left < right ? -1 : 1;
  return a < b ? -1 : 1;
}
