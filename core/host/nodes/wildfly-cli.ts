import { groupAddress, nodePorts } from "../../topology/app-node.js";
import type { AppNode } from "../../topology/app-node.js";

/** What a WildFly is told beside its node. */
export interface WildFlySetup {
  /** The nodes of its replication group, itself included; empty for none. */
  readonly group: readonly AppNode[];
  /** Nodes that hold a session. */
  readonly copies: number;
}

const JGROUPS = "/subsystem=jgroups/stack=tcp/protocol";
const OUTBOUND = "/socket-binding-group=standard-sockets/remote-destination-outbound-socket-binding";
const SESSIONS = "/subsystem=distributable-web/infinispan-session-management=default";

/**
 * The script for `jboss-cli.sh --file` that makes the standalone-ha.xml of a stopped WildFly that of a node; it may be
 * run again. As measured on WildFly 39.0.1:
 *
 * - the session names the node that answered last (`affinity=local`), and not the one that owns it, which may be the
 *   hot standby;
 * - a session is on as many nodes as the group says; with WildFly's own two it is lost when both actives are gone;
 * - the nodes of the group are listed, in the place of multicast; the `tcp` stack is changed and not written anew, as
 *   the names of its protocols move between releases.
 */
export function wildflyCliScript(node: AppNode, { group, copies }: WildFlySetup): string {
  const lines = [
    "# Written by cdktf-httpd-balancer: change the description it is made from.",
    "embed-server --server-config=standalone-ha.xml --std-out=echo",
    `/socket-binding-group=standard-sockets:write-attribute(name=port-offset,value=${node.portOffset ?? 0})`,
    `/subsystem=undertow:write-attribute(name=instance-id,value=${node.name})`,
    "/subsystem=undertow/server=default-server/http-listener=default:write-attribute(name=proxy-address-forwarding,value=true)",
    ...(group.length === 0 ? [] : groupLines(group, copies)),
    "/subsystem=modcluster/proxy=default:write-attribute(name=advertise,value=false)",
    "stop-embedded-server",
  ];
  return `${lines.join("\n")}\n`;
}

function groupLines(group: readonly AppNode[], copies: number): readonly string[] {
  const names = group.map(({ name }) => `jg-${name}`);
  return [
    ...group.flatMap((other, index) => {
      const at = `${OUTBOUND}=${names[index] ?? ""}`;
      const values = `host=${groupAddress(other)},port=${nodePorts(other).replication ?? 0}`;
      return [...unless(at, `${at}:add(${values})`)];
    }),
    "/subsystem=jgroups/channel=ee:write-attribute(name=stack,value=tcp)",
    ...where(`${JGROUPS}=MPING`, `${JGROUPS}=MPING:remove`),
    ...where(`${JGROUPS}=TCPPING`, `${JGROUPS}=TCPPING:remove`),
    `${JGROUPS}=TCPPING:add(add-index=1,socket-bindings=[${names.join(",")}])`,
    `/subsystem=infinispan/cache-container=web/distributed-cache=dist:write-attribute(name=owners,value=${copies})`,
    ...unless(`${SESSIONS}/affinity=local`, `${SESSIONS}/affinity=local:add(){allow-resource-service-restart=true}`),
  ];
}

function where(address: string, command: string): readonly string[] {
  return [`if (outcome == success) of ${address}:read-resource`, command, "end-if"];
}

function unless(address: string, command: string): readonly string[] {
  return [`if (outcome != success) of ${address}:read-resource`, command, "end-if"];
}
