import type { Problem } from "../../core/vocabulary/problem.js";
import { brokenRules, matching, wholeUpTo } from "./option-rules.js";
import type { SshHost } from "./ssh-host.js";

/** Options of `SshTarget.of`. */
export interface SshTargetOptions {
  /** The fronts, in the order in which they are rolled: the next one is touched when the one before serves. */
  readonly hosts: readonly SshHost[];
  /**
   * The user who logs in. It needs no right but that of calling one command with sudo, which `prepare.sh` gives it.
   *
   * @default "deploy"
   */
  readonly user?: string;
  /**
   * Path of the private key, on the machine that runs Terraform. The key itself is in no plan and in no state.
   *
   * @default - what the SSH agent and the user's own configuration offer
   */
  readonly keyFile?: string;
  /**
   * What happens to a file that somebody edited on the host since the last deploy: the deploy is refused with the
   * difference, or goes on and keeps that file as `.1`.
   *
   * @default "refuse"
   */
  readonly edited?: "refuse" | "overwrite";
  /**
   * What happens to drains, weights and other values that operators changed in balancer-manager since the last deploy, and
   * that a reload would undo: the deploy is refused and shows them (`refuse`); they are set again after the reload and read
   * back (`carry`), also with the patch of the httpd.conf that says them, for the description, which stays beside the host's
   * command (`adopt`); or the file's values take their place (`discard`). What the new file says as well is undone by none.
   * The server needs a manager that the host itself may ask (`Require local`).
   *
   * @default "refuse"
   */
  readonly live?: "refuse" | "carry" | "adopt" | "discard";
  /**
   * Sums of what was reviewed, or that of the httpd.conf alone, as `sha256sum` prints it. Anything else is refused at apply,
   * before a host is changed, with what differs.
   *
   * @default - any file is deployed
   */
  readonly reviewed?: string | ReviewedSums;
  /**
   * Earlier files that stay on the host.
   *
   * @default 5
   */
  readonly keep?: number;
  /**
   * Shell commands on the machine that runs Terraform, which take a front out of the address that balances the fronts, and
   * back. They find it as `$FRONT` and `$ADDRESS`.
   *
   * @default - none: clients that keep connections alive may see one reset
   */
  readonly outIn?: { readonly out: string; readonly in: string };
  /** Limits, in whole seconds. */
  readonly limits?: {
    /** @default 10 */
    readonly connect?: number;
    /** From the reload until the front answers. @default 20 */
    readonly probe?: number;
    /** A start or a reload of httpd. @default 30 */
    readonly load?: number;
    /** All of one host. @default 300 */
    readonly run?: number;
  };
}

/** Sums (SHA-256, 64 hexadecimal digits) of what was reviewed; what is left away may be anything. */
export interface ReviewedSums {
  /** Of the httpd.conf, as `sha256sum` and `httpd-balancer review` print it. */
  readonly file?: string;
  /** Of the description, as `description.sum` beside the hosts' command has it after a synthesis. */
  readonly description?: string;
  /** Of what the balancer-manager of each front shows, as `httpd-balancer drift --sum` prints it. */
  readonly live?: string;
}

/** Sums of what was reviewed, by what they are of. */
export function reviewedSums({ reviewed = {} }: Pick<SshTargetOptions, "reviewed">): ReviewedSums {
  return typeof reviewed === "string" ? { file: reviewed } : reviewed;
}

/** What is wrong with the options of a target, besides its hosts. */
export function optionProblems({
  user,
  keyFile,
  keep,
  limits = {},
  reviewed = {},
}: SshTargetOptions): readonly Problem[] {
  return brokenRules("SshTarget", [
    {
      name: "user",
      value: user,
      holds: matching(/^[a-z_][a-z0-9_-]*$/),
      allowed: "a user's name",
      fix: "write it like 'deploy'",
    },
    {
      name: "keyFile",
      value: keyFile,
      holds: matching(/^[^\0\r\n]+$/),
      allowed: "a path of one line",
      fix: "name the file of the private key",
    },
    { name: "keep", value: keep, holds: wholeUpTo(99), allowed: "1 to 99", fix: "leave it away for 5" },
    ...Object.entries(reviewedSums({ reviewed })).map(([part, value]: [string, string | undefined]) => ({
      name: part === "file" ? "reviewed" : `reviewed/${part}`,
      value,
      holds: matching(/^[0-9a-f]{64}$/),
      allowed: "64 hexadecimal digits",
      fix: "copy what sha256sum prints of the reviewed httpd.conf, or the sum of the description or of what is live",
    })),
    ...Object.entries(limits).map(([name, value]) => ({
      name: `limits/${name}`,
      value,
      holds: wholeUpTo(3_600),
      allowed: "1 to 3600, in seconds",
      fix: "leave it away for the default",
    })),
  ]);
}
