import type { Construct } from "constructs";
import { ProblemError } from "../../core/vocabulary/problem.js";
import { checkCloudInit, cloudInitText } from "../../core/host/forms/cloud-init.js";
import type { Precondition } from "../cdktf.js";
import { following } from "../following.js";
import { StackText } from "../stack-text.js";
import type { DeployTarget, Placement, Site } from "../target.js";
import { inTurn } from "./in-turn.js";
import { brokenRules, wholeUpTo } from "./option-rules.js";
import { showChanges, sitePlan, watchPlan } from "./planned.js";

/** What a machine of a {@link VmTarget} is made with. */
export interface Vm {
  /** The machine is made in this scope. */
  readonly scope: Construct;
  /** A name that no other machine of the stack has, such as `web-1`; also an id in the scope. */
  readonly name: string;
  /** From 0, to choose a zone by. */
  readonly index: number;
  /** The zone it is to stand in, of {@link VmTargetOptions.zones}; undefined where none are given. */
  readonly zone: string | undefined;
  /**
   * cloud-init's user data, as one Terraform value. It holds no secret. cloud-init carries it out at the first boot only,
   * so a change has to replace the machine, as it does with most providers.
   */
  readonly userData: string;
  /** For the machine's lifecycle: refuse an address known only at apply that is none. */
  readonly preconditions: Precondition[];
}

/** Options of {@link VmTarget.of}. */
export interface VmTargetOptions {
  /** Makes one machine, with the resource of any provider that takes user data. */
  readonly machine: (vm: Vm) => void;
  /**
   * How many machines.
   *
   * @default 1
   */
  readonly machines?: number;
  /**
   * Failure zones that the machines are spread over in turn; each is told the one it is to stand in.
   *
   * @default - not known
   */
  readonly zones?: readonly string[];
}

/** Most machines of one front: a limit for what is mistyped. */
const MOST_MACHINES = 100;

/**
 * New machines of any cloud, brought up by cloud-init: httpd.conf first, then the packages, httpd's own test, a start, and a
 * look whether it serves.
 */
export class VmTarget implements DeployTarget {
  readonly #options: VmTargetOptions;

  private constructor(options: VmTargetOptions) {
    this.#options = options;
  }

  /** @throws ProblemError when the number of machines is none */
  static of(options: VmTargetOptions): VmTarget {
    const problems = brokenRules("VmTarget", [
      {
        name: "machines",
        value: options.machines,
        holds: wholeUpTo(MOST_MACHINES),
        allowed: `1 to ${MOST_MACHINES}`,
        fix: "leave it away for one",
      },
      {
        name: "zones",
        called: "number of zones",
        value: options.zones?.length,
        holds: wholeUpTo(MOST_MACHINES),
        allowed: `1 to ${MOST_MACHINES}`,
        fix: "leave it away where machines have none",
      },
    ]);
    if (problems.length > 0) throw new ProblemError(problems);
    return new VmTarget(options);
  }

  /** Its machines, each in its zone. */
  get placement(): Placement {
    const { machines: count = 1, zones } = this.#options;
    return { fronts: zones === undefined ? { count } : { zones: inTurn(count, zones) } };
  }

  /** One text for all machines, and a machine each. */
  deploy(site: Site): void {
    const { machine, machines = 1, zones = [] } = this.#options;
    const placed = inTurn(machines, zones);
    const planned = sitePlan(site, { secrets: "environment" });
    watchPlan(site, planned, checkCloudInit);
    const text = following(site.describe, () => {
      const plan = planned();
      return plan === undefined || checkCloudInit(plan).length > 0 ? undefined : cloudInitText(plan);
    });
    const userData = new StackText(site.scope, "user-data.yaml", text);
    showChanges(site.scope, "user-data.yaml", userData);
    for (let index = 0; index < machines; index++) {
      machine({
        scope: site.scope,
        name: machines === 1 ? site.name : `${site.name}-${index + 1}`,
        index,
        zone: placed[index],
        userData: userData.value,
        preconditions: userData.preconditions,
      });
    }
  }
}
