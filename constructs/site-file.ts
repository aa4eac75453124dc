import type { Precondition } from "./cdktf.js";
import type { IConstruct } from "constructs";
import { frontPlan } from "../core/host/front-plan.js";
import { mainFile } from "../core/host/forms/front-values.js";
import type { HostPlan } from "../core/host/plan.js";
import type { Deferred, Topology } from "../core/topology/topology.js";
import { isSound } from "./findings.js";
import { following } from "./following.js";
import { late } from "./late.js";
import { folderOf } from "./stack-path.js";
import { redact } from "./redact.js";
import { joinSynthesis } from "./synthesis.js";
import type { StackFile } from "./synthesis.js";
import { addressPrecondition, latePreconditions, pieceFiles, piecePath, wholeText } from "./stack-text.js";
import { piecesOfText, terraformText, tokenOf } from "./text.js";

/**
 * A file of a site: written beside `cdk.tf.json` at synth, shown in plans as text, put together at apply.
 *
 * Values known only at apply are holes. The literal pieces between them are written as files of their own, because
 * neither a command line nor an environment holds a large configuration; a file without holes is one piece.
 */
export class SiteFile {
  /** Where it is deployed, below the folder that is deployed to; with `/`. */
  readonly path: string;
  readonly #scope: IConstruct;
  readonly #content: () => Content;
  readonly #told: () => SiteText;

  /** @internal */
  constructor(scope: IConstruct, path: string, describe: () => Topology) {
    this.path = path;
    this.#scope = scope;
    this.#content = following(describe, contentOf);
    this.#told = following(this.#content, (content) => this.#tell(content));
    joinSynthesis(scope, () => this.#files());
  }

  /**
   * The whole text as one Terraform value, for a `user_data`, a ConfigMap, an object in a bucket. Terraform reads the
   * files beside `cdk.tf.json`, so that nothing has to be escaped and no secret stands in `cdk.tf.json`. Marked as
   * sensitive where it holds a secret: plans do not show it then, state files hold it in clear. Values known only at
   * apply are not judged here; give the resource {@link SiteFile.preconditions}.
   */
  get text(): string {
    return late(() => this.now().text).toString();
  }

  /** Octal mode of the file where it is deployed: `0600` where it holds a secret, else `0644`. */
  get mode(): string {
    return late(() => this.now().mode).toString();
  }

  /**
   * The text as a plan shows it, with a fingerprint in the place of each secret and a name in the place of each hole:
   * one unknown value would hide the whole text.
   */
  get shown(): string {
    return late(() => this.now().shown).toString();
  }

  /** The values of the holes, so that a changed address changes the resource; absent without holes. */
  get addresses(): string {
    return late(() => this.now().addresses).toString();
  }

  /** A shell command that prints the file; run in the stack's folder, with {@link SiteFile.environment}. */
  get printCommand(): string {
    return late(() => this.now().printCommand).toString();
  }

  /** Environment of a command that contains {@link SiteFile.printCommand}: `own`, a `UMASK` and the values of the holes. */
  environment(own: Readonly<Record<string, string>>): Record<string, string> {
    return late(() => ({ ...own, ...this.now().environment })) as unknown as Record<string, string>;
  }

  /**
   * Refuses values of holes that are no address: a line break in one would be a directive of its own. In Terraform's
   * own words, as cdktf does not look into late values.
   */
  get preconditions(): Precondition[] {
    return latePreconditions(() => this.now().preconditions);
  }

  /**
   * The same values as they are now, for a resource that asks for them when it is synthesized.
   *
   * @internal
   */
  now(): SiteText {
    return this.#told();
  }

  /**
   * The plan that the file belongs to; undefined while the description has problems.
   *
   * @internal
   */
  plan(): HostPlan | undefined {
    return this.#content().plan;
  }

  #tell({ holes, pieces, shown, secret }: Content): SiteText {
    const values: Record<string, string> = {};
    pieces.forEach((piece, index) => {
      if (typeof piece !== "string") values[holeName(index)] = tokenOf(this.#scope, piece);
    });
    return {
      text: wholeText(this.#scope, this.#stackPath(), pieces, secret),
      mode: secret ? "0600" : "0644",
      shown: terraformText(
        this.#scope,
        shown.map((piece) => (typeof piece === "string" ? piece : `<${piece.deferred}>`)),
      ),
      addresses: holes.length === 0 ? undefined : holes.map((hole) => tokenOf(this.#scope, hole)).join(" "),
      printCommand: this.#printCommand(pieces),
      environment: { UMASK: secret ? "077" : "022", ...values },
      preconditions: holes.length === 0 ? undefined : holes.map((hole) => addressPrecondition(this.#scope, hole)),
    };
  }

  #printCommand(pieces: Content["pieces"]): string {
    const path = this.#stackPath();
    const words = pieces.map((piece, index) =>
      typeof piece === "string" ? `cat '${piecePath(path, pieces, index)}'` : `printf %s "$${holeName(index)}"`,
    );
    return words.join("; ");
  }

  #files(): readonly StackFile[] {
    const { pieces, secret } = this.#content();
    return pieceFiles(this.#scope, this.#stackPath(), pieces, secret);
  }

  /** Below the stack's folder. */
  #stackPath(): string {
    return `${folderOf(this.#scope)}/${this.path}`;
  }
}

/**
 * What resources say about a site's file.
 *
 * @internal
 */
export interface SiteText {
  readonly text: string;
  readonly mode: string;
  readonly shown: string;
  readonly addresses: string | undefined;
  readonly printCommand: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly preconditions: readonly Precondition[] | undefined;
}

/** What is written, and what is shown of it. */
interface Content {
  /** What the host must have; undefined for a description with problems. */
  readonly plan: HostPlan | undefined;
  readonly pieces: readonly (string | Deferred)[];
  readonly holes: readonly Deferred[];
  /** Pieces with fingerprints in the place of secrets. */
  readonly shown: readonly (string | Deferred)[];
  readonly secret: boolean;
}

/** Late values are asked for before anything is validated: of a description with problems nothing is written. */
function contentOf(topology: Topology): Content {
  const plan = isSound(topology) ? planOf(topology) : undefined;
  if (plan === undefined) return { plan, pieces: [], holes: [], shown: [], secret: false };
  const { secret, text } = mainFile(plan);
  const pieces = piecesOfText(text);
  return {
    plan,
    pieces,
    holes: pieces.filter((piece) => typeof piece !== "string"),
    shown: secret ? shownOf(redact(topology)) : pieces,
    secret,
  };
}

/** The plan of the one server that a description of a construct has. */
function planOf(topology: Topology): HostPlan | undefined {
  const [server] = topology.servers;
  return server === undefined ? undefined : frontPlan(topology, server);
}

function shownOf(redacted: Topology): Content["pieces"] {
  const plan = planOf(redacted);
  return plan === undefined ? [] : piecesOfText(mainFile(plan).text);
}

/** Environment variable of a hole, numbered like the pieces. */
function holeName(index: number): string {
  return `HOLE_${index}`;
}
