import type { HostPlan } from "../../../core/host/plan.js";
import type { ProviderResource } from "../provider-resource.js";
import { openPorts } from "./reach.js";
import type { PlacedNetwork } from "./network-shape.js";
import { after, expression } from "./resources.js";
import type { AwsResources } from "./resources.js";

/** What clients connect to, and what is behind it. */
export interface EntrySite {
  readonly aws: AwsResources;
  readonly server: string;
  readonly network: PlacedNetwork;
  readonly fronts: readonly ProviderResource[];
  /** Asked for at synth; undefined while the description has problems. */
  readonly plan: () => HostPlan | undefined;
}

/** A fixed address of the first front. */
export function fixedAddress({ aws, network, fronts }: EntrySite): ProviderResource {
  const address = aws.tagged("address", "eip", () => ({ domain: "vpc" }), { dependsOn: after(...network.ways) });
  aws.make("address-of", "eip_association", () => ({
    allocation_id: address.attribute("id"),
    instance_id: fronts[0]?.attribute("id"),
  }));
  return address;
}

/**
 * A network load balancer over all zones: it passes connections on as they are, so that httpd sees the client's address and
 * speaks TLS itself. A front gets connections while it serves through a member, and not while its port is open.
 */
export function loadBalancer(site: EntrySite, security: string | undefined): ProviderResource {
  const { aws, server, network } = site;
  const balancer = aws.tagged("entry", "lb", () => ({
    name_prefix: shortPrefix(server),
    load_balancer_type: "network",
    subnets: network.zones.map(({ publicSubnet }) => publicSubnet),
    security_groups: [security],
    enable_cross_zone_load_balancing: true,
  }));
  listen(site, balancer);
  return balancer;
}

/** What the load balancer listens on, and the fronts behind each port. */
function listen(site: EntrySite, balancer: ProviderResource): void {
  const { aws, server, network, plan } = site;
  const each = (): Readonly<Record<string, unknown>> =>
    Object.fromEntries(portsOf(site).map((port) => [String(port), { port }]));
  const targets = aws.tagged(
    "targets",
    "lb_target_group",
    () => ({
      name_prefix: shortPrefix(server),
      port: expression("each.value.port"),
      protocol: "TCP",
      vpc_id: network.vpc,
      deregistration_delay: plan()?.drain?.limit,
      health_check: [healthCheck(plan())],
    }),
    { each, lifecycle: { createBeforeDestroy: true } },
  );
  const group = (key: string): string => expression(`${targets.dependable.fqn}[${key}].arn`);
  aws.tagged(
    "listeners",
    "lb_listener",
    () => ({
      load_balancer_arn: balancer.attribute("arn"),
      port: expression("each.value.port"),
      protocol: "TCP",
      default_action: [{ type: "forward", target_group_arn: group("each.key") }],
    }),
    { each },
  );
  aws.make(
    "behind",
    "lb_target_group_attachment",
    () => ({ target_group_arn: group("each.value.port"), target_id: expression("each.value.id") }),
    { each: () => frontsByPort(site) },
  );
}

/** None while the description has problems. */
function portsOf({ plan }: EntrySite): readonly number[] {
  const now = plan();
  return now === undefined ? [] : openPorts(now);
}

function frontsByPort(site: EntrySite): Readonly<Record<string, unknown>> {
  const entries = portsOf(site).flatMap((port) =>
    site.fronts.map((front, index) => [
      `front-${index + 1} ${port}`,
      { port: String(port), id: front.attribute("id") },
    ]),
  );
  return Object.fromEntries(entries) as Readonly<Record<string, unknown>>;
}

function healthCheck(plan: HostPlan | undefined) {
  if (plan === undefined) return {};
  const { health } = plan;
  return {
    protocol: "HTTP",
    port: String(health.port),
    path: health.path,
    matcher: `200-${health.failsFrom - 1}`,
    interval: 10,
    timeout: 6,
    healthy_threshold: 2,
    unhealthy_threshold: 2,
  };
}

/** Names of load balancers may have six characters before what AWS adds: letters, digits and `-`. */
function shortPrefix(server: string): string {
  return `${server.replace(/[^A-Za-z0-9]/g, "").slice(0, 5)}-`;
}
