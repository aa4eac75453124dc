/**
 * The entry `cdktf-httpd-balancer/docker`: containers of one docker host.
 *
 * @packageDocumentation
 */
import { posix } from "node:path";
import { checkContainer, containerOf } from "../../core/host/forms/container.js";
import type { Container } from "../../core/host/forms/container.js";
import { CONTAINER_LIMITS, ownedBy } from "../../core/host/forms/container-limits.js";
import { filledPlan } from "../../core/host/forms/holes.js";
import type { HostPlan } from "../../core/host/plan.js";
import type { Problem } from "../../core/vocabulary/problem.js";
import { ProblemError } from "../../core/vocabulary/problem.js";
import { shown } from "../../core/vocabulary/shown.js";
import { following } from "../following.js";
import { StackText } from "../stack-text.js";
import type { DeployTarget, Site } from "../target.js";
import { brokenRules, wholeUpTo } from "./option-rules.js";
import { showChanges, sitePlan, watchPlan } from "./planned.js";
import { ProviderResource } from "./provider-resource.js";
import type { Arguments, ProviderUse } from "./provider-resource.js";

/** Options of {@link DockerTarget.of}. */
export interface DockerTargetOptions {
  /**
   * Name of a network that is there already.
   *
   * @default - a new one, of the server's name
   */
  readonly network?: string;
  /**
   * Port of the host for a port of the front.
   *
   * @default - the same
   */
  readonly publish?: Readonly<Record<number, number>>;
  /** Application nodes to run beside the front, by the host name that members have in their URL. @default - none */
  readonly nodes?: Readonly<Record<string, DockerNode>>;
  /**
   * Values of the variables that the front reads its secrets from; give a variable of Terraform that is sensitive.
   *
   * @default - none: synthesis fails for a front with a secret
   */
  readonly secrets?: Readonly<Record<string, string>>;
}

/** An application node as a container. */
export interface DockerNode {
  readonly image: string;
  /** @default - what the image starts */
  readonly command?: readonly string[];
  /** @default - none */
  readonly environment?: Readonly<Record<string, string>>;
}

const DOCKER: ProviderUse = { name: "docker", source: "kreuzwerker/docker", version: ">= 3.0.0" };

/** What a container is called on its network, and on its host. */
const HOST_NAME = /^[a-zA-Z0-9][a-zA-Z0-9.-]{0,62}$/;

/**
 * Containers of one docker host: a front of image `httpd:2.4` as its user `www-data`, with a root that cannot be written, no
 * capabilities and bounds of memory and processors; application nodes beside it where they are named.
 */
export class DockerTarget implements DeployTarget {
  readonly #options: DockerTargetOptions;

  private constructor(options: DockerTargetOptions) {
    this.#options = options;
  }

  /** @throws ProblemError when a value is wrong */
  static of(options: DockerTargetOptions = {}): DockerTarget {
    const problems = [...publishProblems(options), ...nodeProblems(options)];
    if (problems.length > 0) throw new ProblemError(problems);
    return new DockerTarget(options);
  }

  /** A volume for the configuration, because nothing can be laid into a root that cannot be written; image, network, containers. */
  deploy(site: Site): void {
    const { scope, name } = site;
    const planned = sitePlan(site, { layout: "docker", secrets: "environment" });
    watchPlan(site, planned, (plan) => [...checkContainer(plan), ...this.#secretProblems(plan)]);
    const make = (id: string, type: string, words: () => Arguments): ProviderResource =>
      new ProviderResource(scope, id, { use: DOCKER, type }, words);
    const network = this.#options.network ?? make("network", "docker_network", () => ({ name })).attribute("name");
    const nodes = Object.entries(this.#options.nodes ?? {}).map(([host, node]) =>
      make(`node-${host}`, "docker_container", () => nodeArguments(host, node, network)),
    );
    const built = following(site.describe, () => {
      const plan = planned();
      return plan === undefined || checkContainer(plan).length > 0
        ? undefined
        : { plan, container: containerOf(filledPlan(plan).plan) };
    });
    const configuration = new StackText(scope, "httpd.conf", () => planned()?.files[0]?.text);
    showChanges(scope, "httpd.conf", configuration);
    const image = make("image", "docker_image", () => ({ name: built()?.container.image, keep_locally: true }));
    const volume = make("configuration", "docker_volume", () => ({ name: `${name}-configuration` }));
    new ProviderResource(
      scope,
      "front",
      { use: DOCKER, type: "docker_container" },
      () => {
        const now = built();
        if (now === undefined) return {};
        return {
          ...frontArguments(now.plan, now.container, this.#options),
          image: image.attribute("image_id"),
          networks_advanced: [{ name: network, aliases: [name] }],
          volumes: [
            { volume_name: volume.attribute("name"), container_path: posix.dirname(now.plan.service.configFile) },
          ],
          upload: [{ file: now.plan.service.configFile, content: configuration.value }],
        };
      },
      {
        lifecycle: { precondition: configuration.preconditions },
        dependsOn: nodes.map(({ dependable }) => dependable),
      },
    );
  }

  #secretProblems({ name, variables = [] }: HostPlan): readonly Problem[] {
    const { secrets = {} } = this.#options;
    return variables
      .filter((variable) => secrets[variable.name] === undefined)
      .map((variable) => ({
        at: "",
        subject: `${variable.what} of server ${shown(name)}`,
        found: `no value for ${variable.name}`,
        allowed: "a value that Terraform knows",
        fix: `give DockerTarget secrets: { ${variable.name}: variable.stringValue }`,
      }));
  }
}

function frontArguments(plan: HostPlan, container: Container, options: DockerTargetOptions): Arguments {
  const { uid, writable, ports, probe } = container;
  const { drain, variables = [] } = plan;
  const { secrets = {}, publish = {} } = options;
  return {
    name: plan.name,
    user: `${uid}:${uid}`,
    read_only: true,
    capabilities: [{ drop: ["ALL"] }],
    security_opts: ["no-new-privileges:true"],
    sysctls: { "net.ipv4.ip_unprivileged_port_start": "0" },
    env: variables.map((variable) => `${variable.name}=${secrets[variable.name] ?? ""}`),
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
    log_driver: "json-file",
    log_opts: CONTAINER_LIMITS.log,
  };
}

function nodeArguments(host: string, { image, command, environment = {} }: DockerNode, network: string): Arguments {
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

function publishProblems({ publish = {} }: DockerTargetOptions): readonly Problem[] {
  return brokenRules(
    "DockerTarget",
    Object.entries(publish).map(([inside, outside]) => ({
      name: `publish/${inside}`,
      called: `publish of port ${inside}`,
      value: outside,
      holds: wholeUpTo(65_535),
      allowed: "a port from 1 to 65535",
      fix: `write for example publish: { ${inside}: 8080 }`,
    })),
  );
}

function nodeProblems({ nodes = {} }: DockerTargetOptions): readonly Problem[] {
  return Object.entries(nodes).flatMap(([host, { image }]): readonly Problem[] => {
    const subject = `node ${shown(host)} of DockerTarget`;
    const problems: Problem[] = [];
    if (!HOST_NAME.test(host)) {
      const allowed = "a host name of up to 63 letters, digits, '.' and '-'";
      problems.push({ at: "/nodes", subject, found: shown(host), allowed, fix: "name it as its member's URL does" });
    }
    if (image === "") {
      const allowed = "name and tag of an image";
      problems.push({ at: "/nodes", subject, found: "no image", allowed, fix: "write it like 'tomcat:10'" });
    }
    return problems;
  });
}
