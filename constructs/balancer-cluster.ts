import { Construct } from "constructs";
import type { IConstruct } from "constructs";
import { buildCluster, buildTopology } from "../core/topology/build.js";
import type { ClusterInput } from "../core/topology/build.js";
import { statusOfRole } from "../core/topology/roles.js";
import type {
  Acknowledgement,
  Cluster,
  HealthCheckExpression,
  HealthCheckTemplate,
  Member,
  PromiseDeclaration,
  RouteCookie,
} from "../core/topology/topology.js";
import type { BalancerParameters } from "../core/vocabulary/balancer.js";
import type { HealthCheckParameters } from "../core/vocabulary/health-check.js";
import type { Role } from "../core/vocabulary/status.js";
import { BalancerNode } from "./balancer-node.js";
import { findingsOf, watch } from "./findings.js";
import type { SynthFinding } from "./finding.js";
import { present, splitOptions, withNode } from "./member-options.js";
import type { MemberOptions, RoleMemberOptions } from "./member-options.js";
import {
  refuseAcknowledgement,
  refuseCluster,
  refuseExpressions,
  refuseMember,
  refusePromises,
  refuseTemplates,
} from "./refuse.js";
import { joinSynthesis } from "./synthesis.js";
import { textOf } from "./text.js";

/** Properties of a {@link BalancerCluster}: balancer parameters in httpd's words, and what httpd does not know. */
export interface BalancerClusterProps extends BalancerParameters {
  /**
   * Name in `balancer://<name>`.
   *
   * @default - the construct's id
   */
  readonly clusterName?: string;
  /**
   * Name of the virtual host the balancer is defined in.
   *
   * @default - the main server, whose balancers all virtual hosts share
   */
  readonly virtualHost?: string;
  /**
   * Cookie that httpd sets itself, for applications whose sessions carry no route.
   *
   * @default - none
   */
  readonly routeCookie?: RouteCookie;
  /**
   * Lines written inside `<Proxy>` as they are.
   *
   * @default - none
   */
  readonly extra?: readonly string[];
}

/**
 * What a cluster knows of a server that mounts it.
 *
 * @internal
 */
export interface MountingServer {
  readonly server: IConstruct;
  /** What the server finds wrong with the cluster. */
  readonly findings: () => readonly SynthFinding[];
  /** Tells the server that its description is out of date. */
  readonly clusterChanged: () => void;
}

/** One `<Proxy balancer://...>` block and the members behind it. */
export class BalancerCluster extends Construct {
  /** Name in `balancer://<name>`. */
  readonly clusterName: string;
  readonly #facts: Omit<Cluster, "members" | "scope">;
  readonly #virtualHost: string | undefined;
  #described: Cluster | undefined;
  readonly #servers: MountingServer[] = [];
  readonly #members = new Map<string, Member>();
  readonly #byRoute = new Map<string, Member>();
  readonly #promises: PromiseDeclaration[] = [];
  readonly #acknowledged: Acknowledgement[] = [];
  readonly #templates: HealthCheckTemplate[] = [];
  readonly #expressions: HealthCheckExpression[] = [];

  /** @throws ProblemError when a parameter has a value that httpd would refuse or misread */
  constructor(scope: Construct, id: string, props: BalancerClusterProps = {}) {
    super(scope, id);
    const { clusterName, virtualHost, routeCookie, extra, ...parameters } = props;
    this.clusterName = clusterName ?? id;
    this.#facts = { name: this.clusterName, parameters, ...present({ routeCookie, extra }) };
    this.#virtualHost = virtualHost;
    refuseCluster(this, this.describe());
    watch(this, () => this.#findings());
    joinSynthesis(this);
  }

  /**
   * How mounts find the cluster.
   *
   * @internal
   */
  get identity(): Pick<Cluster, "name" | "scope"> {
    return { name: this.clusterName, ...present({ scope: this.#virtualHost }) };
  }

  /** Health-check templates that members of this cluster may name. */
  get healthCheckTemplates(): readonly HealthCheckTemplate[] {
    return [...this.#templates];
  }

  /** Health-check expressions that templates and members of this cluster may name. */
  get healthCheckExpressions(): readonly HealthCheckExpression[] {
    return [...this.#expressions];
  }

  /**
   * Adds a backend that takes its share of the requests.
   *
   * Members keep the order in which they were added; httpd breaks ties by it.
   *
   * @param member - a short name for messages and scenarios, or the node, whose id is then the name
   * @throws ProblemError when a value is outside httpd's range or the name is taken
   */
  addMember(member: string | BalancerNode, options: MemberOptions = {}): this {
    if (!BalancerNode.isNode(member)) return this.#add(member, options);
    this.#add(member.node.id, withNode(options, member));
    member.joined(this);
    return this;
  }

  /** Adds a hot standby (`status=+H`): it serves only while no active member or spare of its lbset is usable. */
  addStandby(member: string | BalancerNode, options: RoleMemberOptions = {}): this {
    return this.addMember(member, inRole(options, "standby"));
  }

  /** Adds a hot spare (`status=+R`): it takes the place of one unusable active member of its lbset. */
  addSpare(member: string | BalancerNode, options: RoleMemberOptions = {}): this {
    return this.addMember(member, inRole(options, "spare"));
  }

  /**
   * Defines a template (`ProxyHCTemplate`) that members name in `hctemplate`.
   *
   * @throws ProblemError when a value is wrong or the name is taken
   */
  addHealthCheckTemplate(name: string, parameters: Omit<HealthCheckParameters, "hctemplate">): this {
    refuseTemplates(this, [...this.#templates, { name, parameters }]);
    this.#templates.push({ name, parameters });
    return this.#changed();
  }

  /**
   * Defines an expression (`ProxyHCExpr`) that members and templates name in `hcexpr`.
   *
   * @throws ProblemError when it cannot be written or the name is taken
   */
  addHealthCheckExpression(name: string, expression: string): this {
    refuseExpressions(this, [...this.#expressions, { name, expression }]);
    this.#expressions.push({ name, expression });
    return this.#changed();
  }

  /**
   * Says what must hold; it is proved at synth, see `Promises`.
   *
   * @throws ProblemError for a promise about a member that was not added, or that cannot hold by construction
   */
  promise(...promises: readonly PromiseDeclaration[]): this {
    refusePromises(this, this.describe(), promises);
    this.#promises.push(...promises);
    return this.#changed();
  }

  /**
   * Accepts a finding or a broken promise, with a reason that every report shows.
   *
   * @throws ProblemError for an id of nothing that may be found, and for no reason
   */
  acknowledge(id: string, reason: string): this {
    refuseAcknowledgement(this, { id, reason });
    this.#acknowledged.push({ id, reason });
    return this.#changed();
  }

  /**
   * Called by a server that mounts this cluster: what it finds wrong with it is told here.
   *
   * @internal
   */
  mountedBy(server: MountingServer): void {
    this.#servers.push(server);
    for (const { clusterChanged } of this.#servers) clusterChanged();
  }

  /**
   * The other servers that mount this cluster, by their paths.
   *
   * @internal
   */
  serversBeside(server: IConstruct): readonly string[] {
    return this.#servers.flatMap((other) => (other.server === server ? [] : [other.server.node.path]));
  }

  /** The immutable description that every other part works on; the same value until something is added. */
  describe(): Cluster {
    this.#described ??= buildCluster({ ...this.#alone(), ...present({ scope: this.#virtualHost }) });
    return this.#described;
  }

  /** The cluster without the virtual host it belongs to. */
  #alone(): ClusterInput {
    return {
      ...this.#facts,
      members: [...this.#members.values()],
      ...(this.#promises.length === 0 ? {} : { promises: [...this.#promises] }),
      ...(this.#acknowledged.length === 0 ? {} : { acknowledged: [...this.#acknowledged] }),
    };
  }

  /** What the servers that mount this cluster find, or what can be said of a cluster that nobody mounts. */
  #findings(): readonly SynthFinding[] {
    if (this.#servers.length > 0) {
      const found = this.#servers.flatMap((server) => server.findings());
      return found.filter(({ text }, index) => found.findIndex((other) => other.text === text) === index);
    }
    const alone = buildTopology({
      clusters: [this.#alone()],
      healthCheckTemplates: this.#templates,
      healthCheckExpressions: this.#expressions,
    });
    return [...findingsOf(alone), { level: "warning", at: "/clusters/0", text: unmounted(this.clusterName) }];
  }

  #changed(): this {
    this.#described = undefined;
    for (const server of this.#servers) server.clusterChanged();
    return this;
  }

  #add(name: string, options: MemberOptions): this {
    const { url, facts, parameters } = splitOptions(options);
    const text = textOf(this, url ?? "", `${this.node.path}/${name}/url`);
    const member: Member = { name, url: text, parameters, ...facts };
    const rivals = [this.#members.get(name), this.#byRoute.get(parameters.route ?? "")];
    refuseMember(
      this,
      this.clusterName,
      member,
      [...new Set(rivals)].filter((rival) => rival !== undefined),
    );
    this.#members.set(name, member);
    if (parameters.route !== undefined) this.#byRoute.set(parameters.route, member);
    return this.#changed();
  }
}

function unmounted(name: string): string {
  return `cluster '${name}' is mounted by no server, so no request reaches it; call mount(path, cluster)`;
}

function inRole(options: RoleMemberOptions, role: Role): MemberOptions {
  return { ...options, ...present<MemberOptions>({ status: statusOfRole(role) }) };
}
