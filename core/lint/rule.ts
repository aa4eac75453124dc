import type { Severity } from "../report/severity.js";
import type { SourcePlace } from "../vocabulary/place.js";
import type { Repair } from "./repair.js";
import type { Spot } from "./conf-view.js";
import type { AppServerFile } from "../server-files/server-file.js";
import type { AskedMember } from "./asked-member.js";
import type { ServersView } from "./servers-view.js";
import type { ClusterView, MemberView, MountView, ScopeView, View } from "./view.js";
import type { Pointer } from "../vocabulary/problem.js";
import type { HttpdVersion } from "../vocabulary/versions.js";

/** What a rule is about, in the order of the documentation. */
export const RULE_GROUPS = {
  promise: "Failover and standbys",
  time: "Times and numbers",
  sessions: "Sessions",
  wiring: "Wiring",
  weights: "Weights",
  security: "Security",
  health: "Health checks and day 2",
} as const;

/** One of {@link RULE_GROUPS}. */
export type RuleGroup = keyof typeof RULE_GROUPS;

/** A choice of rules. */
export type Preset = "recommended" | "security" | "strict";

/**
 * A rule: one file `rules/<id>.ts` that exports one object and knows nothing of other rules.
 *
 * A rule looks at the prepared {@link View} only, so that another rule never means another pass over the input.
 */
export interface Rule extends Judgements {
  /** Thing and what is checked, in kebab-case; the name of the file; stable, because suppressions name it. */
  readonly id: string;
  readonly group: RuleGroup;
  readonly severity: Severity;
  /** Presets that hold the rule. `strict` holds every rule and is not named here. */
  readonly presets: readonly Exclude<Preset, "strict">[];
  /** The wanted state in one sentence. */
  readonly wanted: string;
  /** What httpd does otherwise. */
  readonly why: string;
  /** Where that was shown: `measured on httpd 2.4.71: ...`, or the title of a test in `proofs.real.test.ts`. */
  readonly proof: string;
  /** The httpd that the examples are meant for. @default - the version that everything was measured on */
  readonly httpd?: HttpdVersion;
  /**
   * Fragments of httpd.conf in which the rule fires on each line below a comment `# wrong`, and nowhere else. Line
   * breaks and indentation as written.
   */
  readonly bad: readonly string[];
  /** Fragments in which it does not fire. */
  readonly good: readonly string[];
  /** Files of servers that stand beside every example, by name. @default - none */
  readonly beside?: Readonly<Record<string, string>>;
  /** True when findings can carry a {@link Repair}. */
  readonly fixable: boolean;
  /**
   * True when the repair can change who gets in, where a session goes, how often a request is tried or which backend is
   * trusted: somebody has to look at it.
   *
   * @default - it cannot
   */
  readonly unsafe?: true;
  /**
   * True when a finding is left out where another rule's stands at the same place, which knows why, and beside what
   * httpd refuses: nothing is proved of a file that no httpd runs.
   *
   * @default - it is told
   */
  readonly yields?: true;
}

/** What a rule judges: at least one form, each asked for every part of its kind. */
export interface Judgements {
  /** Judges a member of a balancer. */
  member?(member: MemberView, cluster: ClusterView, view: View): Findings;
  /** Judges a balancer with its members. */
  cluster?(cluster: ClusterView, view: View): Findings;
  /** Judges a mount. */
  mount?(mount: MountView, scope: ScopeView, view: View): Findings;
  /** Judges the main server or a virtual host. */
  scope?(scope: ScopeView, view: View): Findings;
  /** Judges a member beside the file of its server. */
  server?(member: AskedMember, server: AppServerFile, servers: ServersView): Finding | undefined;
  /** Judges what takes more than one part, or words of an httpd.conf. */
  check?(view: View): Findings;
}

/** One finding, several, or none. */
export type Findings = Finding | Iterable<Finding> | undefined;

/** What a rule found, before it is located in the source. */
export interface Finding {
  /** Part of the topology, or words of an httpd.conf. */
  readonly at: Pointer | Spot;
  /** What is wrong, in the user's words: `retry of member 'node1' in balancer 'mycluster'`. */
  readonly subject: string;
  /** What was found there. */
  readonly found: string;
  /** What to do about it. */
  readonly fix: string;
  /** Less than the rule's, where less is at stake. @default - the rule's */
  readonly severity?: Severity;
  /** Where the other end of it is written. @default - there is no other end */
  readonly related?: readonly SourcePlace[];
  /** The same as an edit, where it is mechanical and keeps what was meant. */
  readonly repair?: Repair;
}
