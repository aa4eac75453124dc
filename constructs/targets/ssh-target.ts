import { ProblemError } from "../../core/vocabulary/problem.js";
import {
  commandHeader,
  commandPath,
  frontCommand,
  longWords,
  prepareScript,
} from "../../core/host/forms/front-command.js";
import { persistsUnseen } from "../../core/host/live-view.js";
import type { HostPlan } from "../../core/host/plan.js";
import { withhold } from "../../core/host/withheld.js";
import { canonicalJson } from "../../core/topology/canonical.js";
import { sha256 } from "../../core/topology/sha256.js";
import type { Topology } from "../../core/topology/topology.js";
import { folderOf } from "../stack-path.js";
import { joinSynthesis } from "../synthesis.js";
import type { StackFile } from "../synthesis.js";
import { TerraformData } from "../terraform-data.js";
import type { DeployTarget, Placement, Site } from "../target.js";
import { terraformLiteral } from "../text.js";
import { hostProblems, readyHost } from "./ssh-host.js";
import type { ReadyHost } from "./ssh-host.js";
import { optionProblems, reviewedSums } from "./ssh-options.js";
import type { SshTargetOptions } from "./ssh-options.js";
import { SSH_STEPS } from "./ssh-steps.generated.js";

/** Its blank keeps it apart from the name of any host. */
const PLACES = "every host";

/** The script of all SSH targets of a stack, in the stack's folder. */
const SCRIPT = "ssh.sh";

/** What the command of the hosts is told of a plan and what is too long for an environment, beside that command. */
const WORDS = "words.txt";

/**
 * Machines that are there already. The configuration is brought to each by SSH, tested by that host's own httpd beside the
 * file in place, swapped in one move and loaded with a graceful reload; when the front does not serve afterwards, the file
 * before comes back. The fronts are rolled one after another, and a failure stops the roll.
 */
export class SshTarget implements DeployTarget {
  readonly #options: SshTargetOptions;
  readonly #hosts: readonly ReadyHost[];

  private constructor(options: SshTargetOptions, hosts: readonly ReadyHost[]) {
    this.#options = options;
    this.#hosts = hosts;
  }

  /** @throws ProblemError when a value is wrong */
  static of(options: SshTargetOptions): SshTarget {
    const hosts = options.hosts.map(readyHost);
    const problems = [...hostProblems(hosts), ...optionProblems(options)];
    if (problems.length > 0) throw new ProblemError(problems);
    return new SshTarget(options, hosts);
  }

  /** A front on each host. */
  get placement(): Placement {
    return { fronts: { count: this.#hosts.length } };
  }

  /**
   * One resource for all hosts, which knows how to restore what was there, on a host that is taken out of the list, too; and
   * one a host for the configuration, which is made again when it changes and waits for the one of the host before.
   */
  deploy(site: Site): void {
    joinSynthesis(site.scope, () => [{ path: SCRIPT, text: SSH_STEPS, secret: false }, ...this.#hostFiles(site)]);
    site.scope.node.addValidation({ validate: () => [...persistProblems(site), ...this.#unseenProblems(site)] });
    const names = this.#hosts.map(({ name }) => name);
    const places = this.#places(site);
    let before: TerraformData | undefined;
    this.#hosts.forEach((host, index) => {
      const roll = { BEFORE: names.slice(0, index).join(" "), AFTER: names.slice(index + 1).join(" ") };
      before = this.#configuration(site, host, roll, before === undefined ? [places] : [places, before]);
    });
  }

  /** For the host: its command, and the script that puts it there. */
  #hostFiles({ scope, plan, describe }: Site): readonly StackFile[] {
    const now = plan();
    if (now === undefined) return [];
    const folder = folderOf(scope);
    const owner = scope.node.path;
    return [
      { path: `${folder}/command.sh`, text: frontCommand(now), secret: false, owner },
      { path: `${folder}/prepare.sh`, text: prepareScript(now, this.#user), secret: false, owner },
      { path: `${folder}/description.sum`, text: `${sumOf(describe())}\n`, secret: false, owner },
      { path: `${folder}/${WORDS}`, text: longWords(now), secret: false, owner },
    ];
  }

  /** What is live can only be looked at through a manager. */
  #unseenProblems({ plan, name }: Site): readonly string[] {
    const now = plan();
    if (reviewedSums(this.#options).live === undefined || now === undefined || now.live !== undefined) return [];
    return [
      `reviewed/live of SshTarget: found a sum, and server '${name}' has no manager that shows what is live; give it a manager, or leave live away`,
    ];
  }

  get #user(): string {
    return this.#options.user ?? "deploy";
  }

  /** The hosts themselves: the destruction of one restores what was there. Another address is another host; another key is not. */
  #places(site: Site): TerraformData {
    return new TerraformData(site.scope, PLACES, () => {
      const hosts = this.#hosts.map((host) => [host.name, this.#place(site, host)] as const);
      const words = Object.keys(hosts[0]?.[1] ?? {});
      return {
        forEach: Object.fromEntries(hosts),
        triggers: { address: TerraformData.each("ADDRESS"), port: TerraformData.each("PORT") },
        input: TerraformData.each(),
        lifecycle: { createBeforeDestroy: true },
        provisioners: [
          {
            type: "local-exec",
            when: "destroy",
            command: `sh ${SCRIPT}`,
            environment: {
              ...RESTORE,
              ...Object.fromEntries(words.map((word) => [word, TerraformData.input(word)])),
              ADDRESS: TerraformData.trigger("address"),
              PORT: TerraformData.trigger("port"),
            },
          },
        ],
      };
    });
  }

  /** What a connection needs; destroy has to know it, too. */
  #place({ scope, plan }: Site, host: ReadyHost): Readonly<Record<string, string>> {
    const { keyFile = "", limits = {} } = this.#options;
    const now = plan();
    return {
      FRONT: host.name,
      ADDRESS: host.address,
      PORT: String(host.port),
      ACCOUNT: this.#user,
      KEY_FILE: terraformLiteral(keyFile),
      HOST_KEY: host.hostKey,
      COMMAND: now === undefined ? "" : commandPath(now),
      COMMAND_FILE: terraformLiteral(`${folderOf(scope)}/command.sh`),
      CONNECT_LIMIT: String(limits.connect ?? 10),
      RUN_LIMIT: String(limits.run ?? 300),
      OWNED: terraformLiteral(`owned=${owner(scope.node.path, host)}`),
    };
  }

  #configuration(
    site: Site,
    host: ReadyHost,
    roll: Readonly<Record<string, string>>,
    after: readonly TerraformData[],
  ): TerraformData {
    const { configuration, plan } = site;
    const { outIn } = this.#options;
    return new TerraformData(site.scope, host.name, () => {
      const { shown, addresses, mode, printCommand, environment, preconditions } = configuration.now();
      const now = plan();
      return {
        triggers: { host: `${host.address}:${host.port}`, [configuration.path]: shown, addresses },
        dependsOn: after.map(({ dependable }) => dependable),
        lifecycle: {
          createBeforeDestroy: true,
          ...(preconditions !== undefined && { precondition: [...preconditions] }),
        },
        provisioners: [
          {
            type: "local-exec",
            command: `sh ${SCRIPT}`,
            environment: {
              DO: "bring",
              ...this.#place(site, host),
              HEADER: terraformLiteral(this.#header(now, mode).join("\n")),
              ...this.#liveFiles(site, host),
              PRINT: printCommand,
              ...this.#reviewed(site),
              OUT: terraformLiteral(outIn?.out ?? ""),
              IN: terraformLiteral(outIn?.in ?? ""),
              ...roll,
              ...environment,
            },
          },
        ],
      };
    });
  }

  /** More words for the host, and where the patch of what was changed live goes. */
  #liveFiles({ scope, plan }: Site, host: ReadyHost): Readonly<Record<string, string>> {
    const folder = folderOf(scope);
    const { live } = this.#options;
    return {
      WORDS_FILE: plan() === undefined ? "" : terraformLiteral(`${folder}/${WORDS}`),
      ADOPT_FILE: live === "adopt" ? terraformLiteral(`${folder}/${host.name}.adopt.patch`) : "",
    };
  }

  /** What was reviewed, beside what there is. What is live the host looks at. */
  #reviewed({ describe }: Site): Readonly<Record<string, string>> {
    const { file = "", description = "" } = reviewedSums(this.#options);
    return {
      REVIEWED: file,
      REVIEWED_DESCRIPTION: description,
      DESCRIPTION: description === "" ? "" : sumOf(describe()),
    };
  }

  #header(plan: HostPlan | undefined, mode: string): readonly string[] {
    const { keep = 5, edited = "refuse", live = "refuse", limits = {} } = this.#options;
    const reviewed = reviewedSums(this.#options);
    if (plan === undefined) return [];
    return [
      ...commandHeader(plan),
      `mode=${mode}`,
      `keep=${keep}`,
      `edited=${edited}`,
      `live=${live}`,
      ...(reviewed.live === undefined ? [] : [`reviewed_live=${reviewed.live}`]),
      `probe_limit=${limits.probe ?? 20}`,
      `load_limit=${limits.load ?? 30}`,
    ];
  }
}

/** With BalancerPersist httpd ignores what the file says of members that it knew; only its manager can mend that. */
function persistProblems({ describe }: Site): string[] {
  return describe()
    .servers.filter(persistsUnseen)
    .map(({ name }) => {
      const found = `balancerpersist of server '${name}': found true without a manager`;
      return `${found}, with which httpd would keep old values and ignore the deployed ones; give the server a manager, or leave balancerpersist away`;
    });
}

/** Sum of a description without its secrets, which the sum of the file holds; equal ones have the same on every machine. */
function sumOf(described: Topology): string {
  return sha256(new TextEncoder().encode(canonicalJson(withhold(described).topology)));
}

/** What a destroyed host is asked for. */
const RESTORE = {
  DO: "restore",
  REVIEWED: "",
  REVIEWED_DESCRIPTION: "",
  DESCRIPTION: "",
  HEADER: "",
  WORDS_FILE: "",
  ADOPT_FILE: "",
  PRINT: ":",
  BEFORE: "",
  AFTER: "",
  OUT: "",
  IN: "",
};

/** Whose deploy it is, so that a host which another deploy owns by now is left alone. */
function owner(path: string, { address, port }: ReadyHost): string {
  return `${path.replace(/\s/g, "_")}@${address}:${port}`;
}
