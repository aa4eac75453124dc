import { Construct } from "constructs";
import { buildTopology } from "../core/topology/build.js";
import type { Acknowledgement, Fronts, Listen, Server, Topology, VirtualHost } from "../core/topology/topology.js";
import type { HardeningChoices } from "../core/vocabulary/hardening.js";
import { usualHttpd } from "../core/vocabulary/meant-httpd.js";
import type { HttpdVersion } from "../core/vocabulary/versions.js";
import type { BalancerCluster } from "./balancer-cluster.js";
import { findingsOf, watch } from "./findings.js";
import { problemFinding } from "./finding.js";
import type { SynthFinding } from "./finding.js";
import { HttpdLayout } from "./httpd-layout.js";
import { HttpdScope } from "./httpd-scope.js";
import type { HttpdScopeProps } from "./httpd-scope.js";
import { HttpdVirtualHost } from "./httpd-virtual-host.js";
import type { HttpdVirtualHostProps } from "./httpd-virtual-host.js";
import { placedCluster, placedFronts } from "./placed.js";
import { refuseAcknowledgement, refuseServer } from "./refuse.js";
import { SiteFile } from "./site-file.js";
import type { DeployTarget } from "./target.js";

/** Properties of a {@link HttpdServer}. */
export interface HttpdServerProps extends HttpdScopeProps {
  /**
   * Ports, or addresses with ports, that httpd listens on.
   *
   * @default [80]
   */
  readonly listen?: readonly (number | Listen)[];
  /**
   * How the installation is laid out.
   *
   * @default HttpdLayout.debian()
   */
  readonly layout?: HttpdLayout;
  /**
   * Version of httpd the configuration is for.
   *
   * @default - the one that the layout installs: "2.4.71", of `rhel` "2.4.62"
   */
  readonly httpd?: HttpdVersion;
  /**
   * Directives that close what httpd leaves open and are left out here, each with its reason:
   * `{ traceenable: { off: "the probe of the network team sends TRACE" } }`.
   *
   * @default - all of them are written
   */
  readonly hardening?: HardeningChoices;
  /**
   * How many httpd run this configuration, in which zones, and how many requests per second one of them can serve, as
   * measured: `{ capacity: 400 }`. The promise `capacity` counts with them.
   *
   * @default - number and zones as its targets know them; no load is too much for a front
   */
  readonly fronts?: Fronts;
}

/** One httpd: where it listens, what it mounts, and where it is deployed. */
export class HttpdServer extends HttpdScope {
  readonly layout: HttpdLayout;
  readonly #httpd: HttpdVersion;
  readonly #hardening: HardeningChoices | undefined;
  readonly #fronts: Fronts | undefined;
  readonly #targets: DeployTarget[] = [];
  readonly #listen: readonly Listen[];
  readonly #hosts: HttpdVirtualHost[] = [];
  readonly #acknowledged: Acknowledgement[] = [];
  readonly #mounted = new Set<BalancerCluster>();
  #described: Described | undefined;
  #configuration: SiteFile | undefined;

  /** @throws ProblemError when a value is wrong */
  constructor(scope: Construct, id: string, props: HttpdServerProps = {}) {
    const { listen, layout, httpd, hardening, fronts, ...facts } = props;
    super(scope, id, facts);
    this.layout = layout ?? HttpdLayout.debian();
    this.#httpd = httpd ?? usualHttpd([this.layout.name]).version;
    this.#hardening = hardening;
    this.#fronts = fronts;
    this.#listen = (listen ?? [80]).map((place) => (typeof place === "number" ? { port: place } : place));
    refuseServer(this, this.#server(fronts), this.#httpd);
    watch(this, () => this.#findings());
  }

  /** Clusters mounted in the main server and in virtual hosts, in the order of their first mount. */
  override get clusters(): readonly BalancerCluster[] {
    return [...new Set([...super.clusters, ...this.#hosts.flatMap(({ clusters }) => clusters)])];
  }

  /** Adds a `<VirtualHost>`; paths are mounted on what is returned. */
  addVirtualHost(name: string, props: HttpdVirtualHostProps): HttpdVirtualHost {
    const host = new HttpdVirtualHost(this, name, props, (cluster) => {
      this.changed(cluster);
    });
    this.#hosts.push(host);
    this.changed();
    return host;
  }

  /**
   * Accepts a finding about this server, with a reason that every report shows.
   *
   * @throws ProblemError for an id of nothing that may be found, and for no reason
   */
  acknowledge(id: string, reason: string): this {
    refuseAcknowledgement(this, { id, reason });
    this.#acknowledged.push({ id, reason });
    this.changed();
    return this;
  }

  /** Has the configuration brought somewhere. A server may be deployed to several targets. */
  deployTo(target: DeployTarget): this {
    const configuration = (this.#configuration ??= new SiteFile(this, "httpd.conf", () => this.describe()));
    this.#targets.push(target);
    this.changed();
    const deployments = this.#targets.length;
    target.deploy({
      scope: new Construct(this, deployments === 1 ? "deployment" : `deployment${deployments}`),
      name: this.node.id,
      layout: this.layout,
      files: [configuration],
      configuration,
      describe: () => this.describe(),
      plan: () => configuration.plan(),
    });
    return this;
  }

  /**
   * The immutable description of this server and its clusters, with what its targets know of places; the same value until
   * something changes.
   */
  describe(): Topology {
    return this.#describe().topology;
  }

  protected override get host(): VirtualHost | undefined {
    return undefined;
  }

  protected override changed(cluster?: BalancerCluster): void {
    this.#described = undefined;
    if (cluster === undefined || this.#mounted.has(cluster)) return;
    this.#mounted.add(cluster);
    cluster.mountedBy({
      server: this,
      findings: () => this.#findingsAbout(cluster),
      clusterChanged: () => {
        this.#described = undefined;
      },
    });
  }

  #server(fronts: Fronts | undefined): Server {
    return {
      name: this.node.id,
      layout: this.layout.name,
      listen: this.#listen,
      ...this.describeScope(),
      virtualHosts: this.#hosts.map((host) => host.describe()),
      ...(this.#hardening === undefined ? {} : { hardening: this.#hardening }),
      ...(fronts === undefined ? {} : { fronts }),
      ...(this.#acknowledged.length === 0 ? {} : { acknowledged: [...this.#acknowledged] }),
    };
  }

  #describe(): Described {
    this.#described ??= this.#newlyDescribed();
    return this.#described;
  }

  #newlyDescribed(): Described {
    const { clusters } = this;
    const placements = this.#targets.map(({ placement }) => placement);
    const known = placements.filter((placement) => placement !== undefined);
    const fronts = placedFronts(this.#fronts, this.node.id, placements);
    const placed = clusters.map((cluster, index) => placedCluster(cluster.describe(), `/clusters/${index}`, known));
    const topology = buildTopology({
      httpd: this.#httpd,
      clusters: placed.map(({ value }) => value),
      servers: [this.#server(fronts.value)],
      healthCheckTemplates: unique(clusters.flatMap(({ healthCheckTemplates }) => healthCheckTemplates)),
      healthCheckExpressions: unique(clusters.flatMap(({ healthCheckExpressions }) => healthCheckExpressions)),
    });
    const misplaced = [fronts, ...placed].flatMap(({ problems }) => problems.map(problemFinding));
    const beside = clusters.map((cluster) => cluster.serversBeside(this));
    const places = new Map(clusters.map((cluster, index) => [cluster, `/clusters/${index}/`]));
    return { topology, places, found: () => [...misplaced, ...findingsOf(topology, beside)] };
  }

  /** What is wrong here; what is wrong with a cluster is told by the cluster. */
  #findings(): readonly SynthFinding[] {
    const { topology, found } = this.#describe();
    const own = found().filter(({ at }) => !at.startsWith("/clusters/"));
    const scopes = topology.servers.flatMap((server) => [server, ...server.virtualHosts]);
    const mounted = topology.clusters.length > 0 || scopes.some(({ mounts }) => mounts.length > 0);
    return [
      ...own,
      ...(mounted ? [] : [NOTHING_MOUNTED]),
      ...(this.#targets.length > 0 ? [] : [deployedNowhere(topology)]),
    ];
  }

  #findingsAbout(cluster: BalancerCluster): readonly SynthFinding[] {
    const { found, places } = this.#describe();
    const place = places.get(cluster);
    return place === undefined ? [] : found().filter(({ at }) => `${at}/`.startsWith(place));
  }
}

/** A description, what is found wrong with it, and where each cluster stands in it. */
interface Described {
  readonly topology: Topology;
  readonly found: () => readonly SynthFinding[];
  readonly places: ReadonlyMap<BalancerCluster, string>;
}

const NOTHING_MOUNTED: SynthFinding = {
  level: "error",
  at: "/servers/0/mounts",
  text: "mounts: found none, allowed is at least one; call mount(path, cluster)",
};

function deployedNowhere({ servers }: Topology): SynthFinding {
  const name = servers[0]?.name ?? "";
  return { level: "warning", at: "/servers/0", text: `server '${name}' is deployed nowhere; call deployTo(target)` };
}

/** Definitions that several clusters share are written once. */
function unique<T>(items: readonly T[]): readonly T[] {
  const texts = new Set<string>();
  return items.filter((item) => {
    const text = JSON.stringify(item);
    return !texts.has(text) && texts.add(text).has(text);
  });
}
