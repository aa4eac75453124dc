import type { OutputFile } from "../../render/files.js";
import type { Rendered } from "../../render/render.js";
import { yamlOf } from "../../shape/written.js";
import type { JsonValue } from "../../vocabulary/json.js";
import type { Topology } from "../../topology/topology.js";
import type { FrontPlanning } from "../front-plan.js";
import type { HostPlan } from "../plan.js";
import { checkContainer, containerOf } from "./container.js";
import type { Container } from "./container.js";
import { CONTAINER_LIMITS, ownedBy } from "./container-limits.js";
import { frontPlans } from "./front-plans.js";
import { WRITTEN_BY } from "./written-by.js";

/** Most processes and threads of a container. */
const PROCESSES = 512;

/**
 * A compose project with every front of a topology: `compose.yaml`, and beside it a folder for each front with the files
 * that are laid into its container.
 */
export function renderCompose(topology: Topology, planning: FrontPlanning = {}): Rendered {
  const planned = frontPlans(topology, { layout: "docker", ...planning, secrets: "environment" }, checkContainer);
  if (!planned.ok) return planned;
  return { ok: true, files: composeProject(planned.plans) };
}

/** The files of a compose project that runs plans beside each other. */
export function composeProject(plans: readonly HostPlan[]): readonly OutputFile[] {
  const built = plans.map((plan) => ({ plan, container: containerOf(plan) }));
  const project: JsonValue = {
    services: Object.fromEntries(built.map(({ plan, container }) => [plan.name, serviceOf(plan, container)])),
    configs: Object.fromEntries(
      built.flatMap(({ container }) =>
        container.files.map(({ name }) => [
          configName(container, name),
          { file: literal(`./${container.name}/${name}`) },
        ]),
      ),
    ),
  };
  const notes = built.flatMap(({ container }) => insideNote(container));
  return [
    { path: "compose.yaml", text: `${WRITTEN_BY}${notes.join("")}${yamlOf(project)}` },
    ...built.flatMap(({ container }) =>
      container.files.map(({ name, text }) => ({ path: `${container.name}/${name}`, text })),
    ),
  ];
}

function serviceOf(plan: HostPlan, container: Container): JsonValue {
  const { image, command, uid, files, writable, ports, probe } = container;
  const { variables = [], drain } = plan;
  return {
    image,
    command: command.map(literal),
    user: `${uid}:${uid}`,
    read_only: true,
    cap_drop: ["ALL"],
    security_opt: ["no-new-privileges:true"],
    sysctls: { "net.ipv4.ip_unprivileged_port_start": 0 },
    ...(variables.length === 0
      ? {}
      : {
          environment: Object.fromEntries(
            variables.map(({ name, what }) => [name, `\${${name}:?${plainWords(what)}}`]),
          ),
        }),
    configs: files.map(({ name, path }) => ({ source: configName(container, name), target: literal(path) })),
    tmpfs: writable.map((folder) => `${folder}:${ownedBy(uid)}`),
    ports: ports.map((port) => `${port}:${port}`),
    healthcheck: {
      test: ["CMD", ...probe.map(literal)],
      ...CONTAINER_LIMITS.probe,
    },
    restart: "unless-stopped",
    ...(drain === undefined ? {} : { stop_signal: drain.signal, stop_grace_period: `${drain.limit}s` }),
    // Not below `deploy`: docker compose refuses that beside `pids_limit`, and not every schema knows its `pids`.
    cpus: CONTAINER_LIMITS.cpus,
    mem_limit: `${CONTAINER_LIMITS.megabytes}m`,
    pids_limit: PROCESSES,
    logging: { driver: "json-file", options: CONTAINER_LIMITS.log },
  };
}

/** Compose fills in variables wherever it finds `$`. */
function literal(text: string): string {
  return text.replaceAll("$", () => "$$");
}

/** Words of a message that compose shows; it ends at a closing brace. */
function plainWords(text: string): string {
  return text.replace(/[^\w ./:-]+/g, " ");
}

function configName({ name }: Container, file: string): string {
  return `${name}-${file.replaceAll(".", "-")}`;
}

function insideNote({ name, inside }: Container): readonly string[] {
  if (inside.length === 0) return [];
  const members = inside.map(plainWords).join(", ");
  return [`# ${members}: on localhost, so run each with network_mode: "service:${name}".\n`];
}
