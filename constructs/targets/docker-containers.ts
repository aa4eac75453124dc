import { posix } from "node:path";
import type { Container } from "../../core/host/forms/container.js";
import { CONTAINER_LIMITS, ownedBy } from "../../core/host/forms/container-limits.js";
import type { HostPlan } from "../../core/host/plan.js";
import type { Arguments } from "./provider-resource.js";

/** An application node as a container. */
export interface DockerNode {
  readonly image: string;
  /** @default - what the image starts */
  readonly command?: readonly string[];
  /** @default - none */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A front as its plan has it, and as a container carries that out. */
export interface BuiltFront {
  readonly plan: HostPlan;
  readonly container: Container;
}

/** What the containers of a front have in common, in Terraform's words. */
interface Places {
  readonly network: string;
  readonly image: string;
  /** The volume that holds the configuration. */
  readonly volume: string;
}

/** The front; it reads its configuration, and nothing may write there. */
export function frontArguments(
  { plan, container }: BuiltFront,
  {
    publish = {},
    secrets = {},
  }: { readonly publish?: Readonly<Record<number, number>>; readonly secrets?: Readonly<Record<string, string>> },
  places: Places,
): Arguments {
  const { command, uid, writable, ports, probe } = container;
  const { drain, variables = [] } = plan;
  return {
    name: plan.name,
    image: places.image,
    command,
    user: `${uid}:${uid}`,
    read_only: true,
    capabilities: [{ drop: ["ALL"] }],
    security_opts: ["no-new-privileges:true"],
    sysctls: { "net.ipv4.ip_unprivileged_port_start": "0" },
    env: variables.map((variable) => `${variable.name}=${secrets[variable.name] ?? ""}`),
    networks_advanced: [{ name: places.network, aliases: [plan.name] }],
    volumes: [{ ...configuration(plan, places), read_only: true }],
    tmpfs: Object.fromEntries(writable.map((folder) => [folder, ownedBy(uid)])),
    ports: ports.map((port) => ({ internal: port, external: publish[port] ?? port })),
    healthcheck: [{ test: ["CMD", ...probe], ...CONTAINER_LIMITS.probe }],
    restart: "unless-stopped",
    ...(drain !== undefined && {
      stop_signal: drain.signal,
      stop_timeout: drain.limit,
      destroy_grace_seconds: drain.limit,
    }),
    cpus: CONTAINER_LIMITS.cpus,
    memory: CONTAINER_LIMITS.megabytes,
    // What docker takes by itself; where it is not said, every plan would take it away.
    memory_swap: 2 * CONTAINER_LIMITS.megabytes,
    log_driver: "json-file",
    log_opts: CONTAINER_LIMITS.log,
  };
}

/** A container that is never started: its root can be written, so that the daemon lays the file into its volume. */
export function keeperArguments({ plan, container }: BuiltFront, text: string, places: Places): Arguments {
  return {
    name: `${plan.name}-configuration`,
    image: places.image,
    command: container.command,
    start: false,
    must_run: false,
    network_mode: "none",
    volumes: [configuration(plan, places)],
    upload: [{ file: plan.service.configFile, content: text }],
  };
}

/** A node by the host name that members have in their URL. */
export function nodeArguments(
  host: string,
  { image, command, environment = {} }: DockerNode,
  network: string,
): Arguments {
  return {
    name: host,
    image,
    command,
    env: Object.entries(environment).map(([key, value]) => `${key}=${value}`),
    networks_advanced: [{ name: network, aliases: [host] }],
    security_opts: ["no-new-privileges:true"],
    restart: "unless-stopped",
  };
}

/** The volume where httpd looks for its configuration. */
function configuration({ service }: HostPlan, { volume }: Places): Arguments {
  return { volume_name: volume, container_path: posix.dirname(service.configFile) };
}
