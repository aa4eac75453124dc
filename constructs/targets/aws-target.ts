/**
 * The entry `cdktf-httpd-balancer/aws`: machines of Amazon's cloud.
 *
 * @packageDocumentation
 */
import { checkCloudInit, checkInstallable } from "../../core/host/forms/cloud-init.js";
import { nodePlan } from "../../core/host/nodes/node-plan.js";
import type { HostPlan } from "../../core/host/plan.js";
import { nodeHost } from "../../core/topology/app-node.js";
import type { Topology } from "../../core/topology/topology.js";
import { ProblemError } from "../../core/vocabulary/problem.js";
import type { Problem } from "../../core/vocabulary/problem.js";
import { shown } from "../../core/vocabulary/shown.js";
import { TerraformOutput } from "../cdktf.js";
import { following } from "../following.js";
import type { DeployTarget, Placement, Site } from "../target.js";
import { fixedAddress, loadBalancer } from "./aws/entry.js";
import { rootDevices } from "./aws/image.js";
import { makeFronts } from "./aws/machines.js";
import { makeNode } from "./aws/nodes.js";
import { awsOptionProblems } from "./aws/options.js";
import type { AwsTargetOptions } from "./aws/options.js";
import { awsPlacement, unmeasuredProblems } from "./aws/placement.js";
import { reachOf, reachProblems } from "./aws/reach.js";
import type { Group, AllowedReach, Reaching } from "./aws/reach.js";
import { awsResources } from "./aws/resources.js";
import { securityGroups } from "./aws/security.js";
import { store } from "./aws/storage.js";
import { watchProvider } from "./aws/watch-provider.js";
import { sitePlan, watchPlan } from "./planned.js";

export { AwsNetwork } from "./aws/network.js";
export { AwsBucket } from "./aws/options.js";
export type { AwsNetworkOptions, AwsZone, ExistingAwsNetwork, ExistingAwsZone } from "./aws/network-shape.js";
export type { AwsNode, AwsTargetOptions } from "./aws/options.js";

/** What the rules between machines are made from, and all of them. */
interface Planned extends Reaching {
  readonly reach: readonly AllowedReach[];
}

/**
 * Machines of Amazon's cloud: fronts over the zones of a network behind a network load balancer, or one with a fixed address;
 * application nodes beside them where they are named. Security groups let through what the description needs and nothing else.
 * Fronts fetch their configuration, test it and load it by the same steps as over SSH, so that a changed weight replaces no
 * machine.
 */
export class AwsTarget implements DeployTarget {
  readonly #options: AwsTargetOptions;

  private constructor(options: AwsTargetOptions) {
    this.#options = options;
  }

  /** @throws ProblemError when a value is wrong */
  static of(options: AwsTargetOptions): AwsTarget {
    const problems = awsOptionProblems(options);
    if (problems.length > 0) throw new ProblemError(problems);
    return new AwsTarget(options);
  }

  /** Zones of fronts and of addresses in the network, and what was measured of the sizes of nodes. */
  get placement(): Placement {
    return awsPlacement(this.#options);
  }

  /** Network, groups, store, machines, and what clients connect to. */
  deploy(site: Site): void {
    const { scope, name: server } = site;
    const { nodes = {}, entry, network, installs = true, tags = {} } = this.#options;
    const front = sitePlan(site, { secrets: "environment" });
    const planned = following(site.describe, (topology) => this.#planned(topology, front()));
    watchPlan(site, front, (plan) => this.#problems(site.describe(), plan));
    watchProvider(scope);
    const aws = awsResources(scope, server, tags);
    const placed = network.place(aws, installs);
    const plan = (): HostPlan | undefined => planned()?.front;
    const groups = securityGroups({
      aws,
      server,
      vpc: placed.vpc,
      storePrefix: placed.storePrefix,
      groups: groupsOf(this.#options),
      reach: () => planned()?.reach ?? [],
    });
    const machines = {
      aws,
      scope,
      server,
      options: this.#options,
      network: placed,
      groups,
      rootDevice: rootDevices(scope),
    };
    const fronts = makeFronts(machines, plan, store({ aws, scope, server, options: this.#options, plan }));
    for (const [address, node] of Object.entries(nodes))
      makeNode(machines, address, node, () => planned()?.nodes.get(address));
    const behind = { aws, server, network: placed, fronts, plan };
    const value =
      entry === "address"
        ? fixedAddress(behind).attribute("public_ip")
        : loadBalancer(behind, groups.get("entry")).attribute("dns_name");
    new TerraformOutput(scope, "connect-to", { value, description: `What clients of ${server} connect to` });
  }

  /** Undefined while something keeps the plan from being carried out. */
  #planned(topology: Topology, front: HostPlan | undefined): Planned | undefined {
    if (front === undefined || this.#problems(topology, front).length > 0) return undefined;
    const reaching = this.#reaching(topology, front);
    return { ...reaching, reach: reachOf(reaching) };
  }

  #reaching(topology: Topology, front: HostPlan): Reaching {
    const { nodes = {}, network } = this.#options;
    const described = new Map((topology.nodes ?? []).map((node) => [nodeHost(node), node]));
    const plans = Object.keys(nodes).map((address) => {
      const node = described.get(address);
      return [address, node === undefined ? undefined : nodePlan(topology, node)] as const;
    });
    return { front, nodes: new Map(plans), options: this.#options, ownStoreWay: network.made };
  }

  #problems(topology: Topology, front: HostPlan): readonly Problem[] {
    const { installs = true, secrets } = this.#options;
    const { name, variables = [] } = front;
    return [
      ...(installs ? checkInstallable(front) : []),
      ...reachProblems(this.#reaching(topology, front)),
      ...[...this.#reaching(topology, front).nodes.values()].flatMap(nodeDataProblems),
      ...unmeasuredProblems(topology, this.#options),
      ...(secrets === undefined ? variables : []).map((variable): Problem => ({
        at: "",
        subject: `${variable.what} of server ${shown(name)}`,
        found: `nowhere to read ${variable.name} from`,
        allowed: "a path of the parameter store",
        fix: `give AwsTarget secrets: "/${name}", and put a SecureString /${name}/${variable.name} there`,
      })),
    ];
  }
}

/** A node that its own user data brings up has to fit into that; another one has none. */
function nodeDataProblems(plan: HostPlan | undefined): readonly Problem[] {
  return plan === undefined || checkInstallable(plan).length > 0 ? [] : checkCloudInit(plan);
}

function groupsOf({ entry, nodes = {} }: AwsTargetOptions): readonly Group[] {
  return [
    ...(entry === "address" ? [] : ["entry" as const]),
    "fronts",
    ...(Object.keys(nodes).length > 0 ? ["nodes" as const] : []),
  ];
}
