import { Construct } from "constructs";
import type {
  BackendTls,
  FrontTls,
  Manager,
  Mount,
  MountTarget,
  ServerScope,
  VirtualHost,
} from "../core/topology/topology.js";
import type { ServerSettings } from "../core/vocabulary/settings.js";
import type { WorkerParameters } from "../core/vocabulary/worker.js";
import type { BalancerCluster } from "./balancer-cluster.js";
import { present } from "./member-options.js";
import { refuseMount } from "./refuse.js";
import { textOf } from "./text.js";

/** What main server and virtual hosts have in common: directives in httpd's words, and what they stand for. */
export interface HttpdScopeProps extends ServerSettings {
  /** Host name the scope answers to. */
  readonly serverName?: string;
  /** Further host names. */
  readonly serverAliases?: readonly string[];
  /**
   * `given` keeps mounts in the order of the calls, where an earlier one may hide a later one.
   *
   * @default - an order in which none hides another
   */
  readonly mountOrder?: "given";
  /**
   * Certificate for clients.
   *
   * @default - no TLS
   */
  readonly tls?: FrontTls;
  /**
   * How backends with TLS are verified.
   *
   * @default - against the system's authorities
   */
  readonly backendTls?: BackendTls;
  /**
   * A balancer-manager.
   *
   * @default - none
   */
  readonly manager?: Manager;
  /**
   * Lines written into the scope as they are.
   *
   * @default - none
   */
  readonly extra?: readonly string[];
}

/** How a path is mounted, besides where it leads. */
export type MountOptions = Omit<Mount, "path" | "to">;

/** How a path is mounted on a cluster. */
export interface ClusterMountOptions extends MountOptions {
  /**
   * Path behind the balancer: `/app` in `balancer://mycluster/app`.
   *
   * @default - the mounted path itself
   */
  readonly backendPath?: string;
}

/** A main server or a virtual host: the place where paths are mounted. */
export abstract class HttpdScope extends Construct {
  readonly #facts: Omit<ServerScope, "mounts">;
  readonly #mounts: Mount[] = [];
  readonly #clusters = new Set<BalancerCluster>();

  protected constructor(scope: Construct, id: string, props: HttpdScopeProps) {
    super(scope, id);
    this.#facts = scopeFacts(props);
  }

  /** Clusters mounted here, in the order of their first mount. */
  get clusters(): readonly BalancerCluster[] {
    return [...this.#clusters];
  }

  /**
   * Sends requests of a path to a cluster (ProxyPass and ProxyPassReverse).
   *
   * The order of mounts does not matter: longer paths and exclusions are written first.
   *
   * @throws ProblemError when a value is wrong or the path is mounted already
   */
  mount(path: string, cluster: BalancerCluster, options: ClusterMountOptions = {}): this {
    const { backendPath, ...mount } = options;
    const to: MountTarget = { kind: "cluster", cluster: cluster.clusterName, path: backendPath ?? path };
    return this.#add({ path, to, ...mount }, cluster);
  }

  /** Sends requests of a path to a single URL, without a balancer. */
  mountUrl(path: string, url: string, options: MountOptions & { readonly parameters?: WorkerParameters } = {}): this {
    const { parameters, ...mount } = options;
    const text = textOf(this, url, `${this.node.path}${path}`);
    return this.#add({ path, to: { kind: "url", url: text, parameters: parameters ?? {} }, ...mount });
  }

  /** Defines a cluster's balancer although no mount leads to it: lines of `extra` may name it. */
  define(cluster: BalancerCluster): this {
    this.#clusters.add(cluster);
    this.changed(cluster);
    return this;
  }

  /** Takes a path out of the mounts around it: httpd serves it itself. */
  exclude(path: string, options: Pick<MountOptions, "match" | "inLocation"> = {}): this {
    const to: MountTarget = { kind: "exclude" };
    return this.#add({ path, to, ...options });
  }

  /** The immutable description of what was said so far. */
  protected describeScope(): ServerScope {
    return { ...this.#facts, mounts: [...this.#mounts] };
  }

  /** The virtual host this is; undefined for the main server. */
  protected abstract get host(): VirtualHost | undefined;

  /** Called after every change; `cluster` is one that is mounted from now on. */
  protected abstract changed(cluster?: BalancerCluster): void;

  #add(mount: Mount, cluster?: BalancerCluster): this {
    refuseMount(this, mount, { before: this.#mounts, cluster: cluster?.identity, host: this.host });
    this.#mounts.push(mount);
    const known = cluster === undefined || this.#clusters.has(cluster);
    if (!known) this.#clusters.add(cluster);
    this.changed(known ? undefined : cluster);
    return this;
  }
}

function scopeFacts(props: HttpdScopeProps): Omit<ServerScope, "mounts"> {
  const { serverName, serverAliases, mountOrder, tls, backendTls, manager, extra, ...settings } = props;
  return { settings, ...present({ serverName, serverAliases, mountOrder, tls, backendTls, manager, extra }) };
}
