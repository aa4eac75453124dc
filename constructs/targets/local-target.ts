import { join, resolve } from "node:path";
import { App } from "../cdktf.js";
import type { IConstruct } from "constructs";
import { ProblemError } from "../../core/vocabulary/problem.js";
import type { Layout } from "../../core/vocabulary/layouts.js";
import { attachment } from "../attached.js";
import { joinSynthesis } from "../synthesis.js";
import { TerraformData } from "../terraform-data.js";
import type { DeployTarget, Site } from "../target.js";
import { terraformText, textOf } from "../text.js";
import { INSTALL, REMOVE } from "./install.js";

/** Options of {@link LocalTarget.of}. */
export interface LocalTargetOptions {
  /**
   * Folder for the files; a relative one is below the project, the folder that holds `cdktf.out`.
   */
  readonly directory: string;
}

/** The script of all local targets of a stack, in the stack's folder. */
const SCRIPT = "install.sh";

/** Who deploys where, kept with the app. */
const DEPLOYED = attachment("deployed", () => new Map<string, string>());

/** From a stack's folder (`cdktf.out/stacks/<id>`) to the project. */
const PROJECT = "../../..";

/**
 * A folder of the machine that runs Terraform. The configuration is tested there with httpd, where httpd is installed,
 * and takes the place of the one before only when httpd accepts it.
 */
export class LocalTarget implements DeployTarget {
  readonly #directory: string;

  private constructor(directory: string) {
    this.#directory = directory;
  }

  /** @throws ProblemError when the folder has no name */
  static of(options: LocalTargetOptions): LocalTarget {
    const { directory } = options;
    if (/^[^\0\r\n]+$/.test(directory)) return new LocalTarget(directory);
    const allowed = "a path of one line";
    const fix = "write it like 'run'";
    throw new ProblemError([
      { at: "/directory", subject: "directory of LocalTarget", found: `'${directory}'`, allowed, fix },
    ]);
  }

  /**
   * Two resources: the folder's content outlives a replaced configuration, so that a broken one never takes the place
   * of a working one, and what was written is removed on destroy.
   */
  deploy({ scope, layout, configuration }: Site): void {
    this.#takeFolder(scope);
    const place = this.#directory.startsWith("/") ? this.#directory : `${PROJECT}/${this.#directory}`;
    const directory = terraformText(scope, textOf(scope, place, `${scope.node.path}/directory`));
    const { path: name } = configuration;
    const folder = new TerraformData(scope, "folder", {
      triggers: { directory, file: name },
      lifecycle: { createBeforeDestroy: true },
      provisioners: [
        {
          type: "local-exec",
          when: "destroy",
          command: REMOVE,
          environment: REMOVED,
        },
      ],
    });
    joinSynthesis(scope, () => [{ path: SCRIPT, text: INSTALL, secret: false }]);
    const dependsOn = [folder.dependable];
    const own = { DIRECTORY: directory, FILE: name, ...surroundings(layout.facts) };
    new TerraformData(scope, "configuration", () => {
      const { shown, addresses, printCommand, environment, preconditions } = configuration.now();
      return {
        triggers: { directory, [name]: shown, addresses },
        dependsOn,
        lifecycle: preconditions === undefined ? {} : { precondition: [...preconditions] },
        provisioners: [
          {
            type: "local-exec",
            command: `sh ${SCRIPT}`,
            environment: { ...own, PRINT: printCommand, ...environment },
          },
        ],
      };
    });
  }

  /** Two servers in one folder would take turns with each other's file: who comes second fails the synthesis. */
  #takeFolder(scope: IConstruct): void {
    const { root, path } = scope.node;
    const taken = DEPLOYED.of(root);
    const folder = resolve(join(App.isApp(root) ? root.outdir : ".", ".."), this.#directory);
    const owner = taken.get(folder);
    taken.set(folder, owner ?? path);
    if (owner === undefined) return;
    const problem = `directory of LocalTarget: found '${this.#directory}', which ${owner} deploys to; name another folder`;
    scope.node.addValidation({ validate: () => [problem] });
  }
}

function surroundings(layout: Layout): Readonly<Record<string, string>> {
  return {
    PROGRAM: layout.program,
    SERVER_ROOT: layout.serverRoot,
    RUNTIME_FOLDER: layout.runtimeFolder,
    ERROR_LOG: layout.errorLog,
    ACCESS_LOG: layout.accessLog,
  };
}

/** What was deployed, as the resource that is destroyed knows it. */
const REMOVED = { DIRECTORY: TerraformData.trigger("directory"), FILE: TerraformData.trigger("file") };
