import { ProblemError } from "../../core/vocabulary/problem.js";
import type { Layout } from "../../core/vocabulary/layouts.js";
import { joinSynthesis } from "../synthesis.js";
import { TerraformData } from "../terraform-data.js";
import type { DeployTarget, Site } from "../target.js";
import { terraformText, textOf } from "../text.js";

/** Options of {@link LocalTarget.of}. */
export interface LocalTargetOptions {
  /**
   * Folder for the files; a relative one is below the project, the folder that holds `cdktf.out`.
   */
  readonly directory: string;
}

/** The script of all local targets of a stack, in the stack's folder. */
const SCRIPT = "install.sh";

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

  /** Throws a ProblemError when the folder has no name. */
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
    const place = this.#directory.startsWith("/") ? this.#directory : `${PROJECT}/${this.#directory}`;
    const directory = terraformText(scope, textOf(scope, place, `${scope.node.path}/directory`));
    const { name } = configuration;
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
    const dependsOn = [{ fqn: `${folder.terraformResourceType}.${folder.friendlyUniqueId}` }];
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

/**
 * Writes the file beside the one in place, has httpd test it, and only then moves it there.
 *
 * Folders of the layout that this machine does not have are replaced for the test: httpd refuses a file whose
 * ServerRoot, runtime folder or log folder is missing, and the file may be meant for another machine.
 */
const INSTALL = `# Written by cdktf-httpd-balancer; run by Terraform in this stack's folder.
set -eu
umask "$UMASK"
mkdir -p "$DIRECTORY"
eval "$PRINT" > "$DIRECTORY/$FILE.new"
httpd=$(command -v "$PROGRAM" || command -v "/usr/sbin/$PROGRAM" || true)
if [ -z "$httpd" ]; then
  echo "$PROGRAM is not installed here: $FILE was not tested"
else
  work=$(mktemp -d)
  set -- -e ''
  [ -d "$SERVER_ROOT" ] || set -- "$@" -e "s|^ServerRoot .*|ServerRoot $work|"
  [ -d "$RUNTIME_FOLDER" ] || set -- "$@" -e "s|^DefaultRuntimeDir .*|DefaultRuntimeDir $work|"
  [ -d "$(dirname "$ERROR_LOG")" ] || set -- "$@" -e "s|^ErrorLog .*|ErrorLog $work/error.log|"
  [ -d "$(dirname "$ACCESS_LOG")" ] || set -- "$@" -e "s|^CustomLog [^ ]*|CustomLog $work/access.log|"
  sed "$@" "$DIRECTORY/$FILE.new" > "$work/$FILE"
  if ! "$httpd" -t -f "$work/$FILE"; then
    rm -rf "$work" "$DIRECTORY/$FILE.new"
    echo "httpd refuses the new $FILE; the one in place was kept" >&2
    exit 1
  fi
  rm -rf "$work"
fi
mv -f "$DIRECTORY/$FILE.new" "$DIRECTORY/$FILE"
`;

/** What was deployed, as the resource that is destroyed knows it. */
const REMOVED = { DIRECTORY: TerraformData.trigger("directory"), FILE: TerraformData.trigger("file") };

const REMOVE = `rm -f "$DIRECTORY/$FILE" "$DIRECTORY/$FILE.new"
rmdir "$DIRECTORY" 2>/dev/null || true`;
