/**
 * The entry `cdktf-httpd-balancer/docker`: containers of one docker host.
 *
 * @packageDocumentation
 */
import { checkContainer, containerOf } from "../../core/host/forms/container.js";
import { imageProblems } from "../../core/host/front-image.js";
import { filledPlan } from "../../core/host/forms/holes.js";
import type { HostPlan } from "../../core/host/plan.js";
import type { Problem } from "../../core/vocabulary/problem.js";
import { ProblemError } from "../../core/vocabulary/problem.js";
import { shown } from "../../core/vocabulary/shown.js";
import { following } from "../following.js";
import { StackText } from "../stack-text.js";
import type { DeployTarget, Placement, Site } from "../target.js";
import { frontArguments, keeperArguments, nodeArguments } from "./docker-containers.js";
import type { BuiltFront, DockerNode } from "./docker-containers.js";
import { brokenRules, wholeUpTo } from "./option-rules.js";
import { showChanges, sitePlan, watchPlan } from "./planned.js";
import { ProviderResource } from "./provider-resource.js";
import type { Arguments, ProviderUse, ResourceSurroundings } from "./provider-resource.js";

export type { DockerNode } from "./docker-containers.js";

/** Options of {@link DockerTarget.of}. */
export interface DockerTargetOptions {
  /**
   * Image of the front: a copy of httpd's in a registry of your own, or one made from it.
   *
   * @default "httpd:2.4"
   */
  readonly image?: string;
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

/** Before 3.7.0 it reads the bound of processors in another unit than it is written in, and makes the front anew at each apply. */
const DOCKER: ProviderUse = { name: "docker", source: "kreuzwerker/docker", version: ">= 3.7.0" };

/** What a container is called on its network, and on its host. */
const HOST_NAME = /^[a-zA-Z0-9][a-zA-Z0-9.-]{0,62}$/;

/**
 * Containers of one docker host: a front of image `httpd:2.4` as its user `www-data`, with a root that cannot be written, no
 * capabilities and bounds of memory and processors; application nodes beside it where they are named.
 */
export class DockerTarget implements DeployTarget {
  /** One front. */
  readonly placement: Placement = { fronts: { count: 1 } };
  readonly #options: DockerTargetOptions;

  private constructor(options: DockerTargetOptions) {
    this.#options = options;
  }

  /** @throws ProblemError when a value is wrong */
  static of(options: DockerTargetOptions = {}): DockerTarget {
    const { image } = options;
    const problems = [
      ...(image === undefined ? [] : imageProblems(image, "DockerTarget")),
      ...publishProblems(options),
      ...nodeProblems(options),
    ];
    if (problems.length > 0) throw new ProblemError(problems);
    return new DockerTarget(options);
  }

  /**
   * Image, network, containers, and a volume for the configuration. The daemon lays no file into a container whose root
   * cannot be written, not even into its volumes: a second container, which is never started, is given the file for it.
   */
  deploy(site: Site): void {
    const { scope, name } = site;
    const { image: from } = this.#options;
    const planned = sitePlan(site, {
      layout: "docker",
      secrets: "environment",
      ...(from !== undefined && { image: from }),
    });
    watchPlan(site, planned, (plan) => [...checkContainer(plan), ...this.#secretProblems(plan)]);
    const built = following(site.describe, () => {
      const plan = planned();
      return plan === undefined || checkContainer(plan).length > 0
        ? undefined
        : { plan, container: containerOf(filledPlan(plan).plan) };
    });
    const make = (id: string, type: string, words: (front: BuiltFront) => Arguments, around?: ResourceSurroundings) =>
      new ProviderResource(
        scope,
        id,
        { use: DOCKER, type },
        () => {
          const now = built();
          return now === undefined ? {} : words(now);
        },
        around,
      );
    const network = this.#options.network ?? make("network", "docker_network", () => ({ name })).attribute("name");
    const image = make("image", "docker_image", ({ container }) => ({ name: container.image, keep_locally: true }));
    const volume = make("configuration", "docker_volume", () => ({ name: `${name}-configuration` }));
    const places = { network, image: image.attribute("image_id"), volume: volume.attribute("name") };
    const nodes = Object.entries(this.#options.nodes ?? {}).map(([host, node]) =>
      make(`node-${host}`, "docker_container", () => nodeArguments(host, node, network)),
    );
    const text = new StackText(scope, "httpd.conf", () => planned()?.files[0]?.text);
    showChanges(scope, "httpd.conf", text);
    const keeper = make("keeper", "docker_container", (now) => keeperArguments(now, text.value, places), {
      lifecycle: { precondition: text.preconditions },
    });
    make("front", "docker_container", (now) => frontArguments(now, this.#options, places), {
      lifecycle: { replaceTriggeredBy: [`${keeper.dependable.fqn}.id`] },
      dependsOn: [keeper, ...nodes].map(({ dependable }) => dependable),
    });
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
