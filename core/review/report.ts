import type { Severity } from "../report/severity.js";
import type { PromiseId } from "../promises/promise.js";
import type { VerdictWord } from "../promises/finding.js";
import type { BehaviourName } from "../vocabulary/behaviours.js";
import type { HttpdVersion } from "../vocabulary/versions.js";
import type { JsonValue } from "../vocabulary/json.js";

/** An exact part of all requests, as `5/6`; all of them are `1/1`. */
export type FractionText = `${number}/${number}`;

/** Parts by the name of a member; who serves nothing is not in it. */
export type Shares = Readonly<Record<string, FractionText>>;

/**
 * How much there is to worry about: `high` where a promise is newly broken, an error is new or a path is served no
 * more; `some` where traffic goes another way; `perhaps` where something may that no figure shows; `none` where nothing does.
 */
export type Risk = "high" | "some" | "perhaps" | "none";

/** What a change does to traffic: the one value that every format of `review` shows. It is JSON as it stands. */
export interface ReviewReport {
  /** One sentence: whether to worry, and what about. */
  readonly summary: string;
  readonly risk: Risk;
  /** False where base and head mean the same to httpd, however they are spelled. */
  readonly changed: boolean;
  readonly inputs: readonly ReviewedInput[];
  /** Clusters that are added, removed or changed; nothing else is simulated. */
  readonly clusters: readonly ClusterReview[];
  /** Paths that lead elsewhere now. */
  readonly paths: readonly PathReview[];
  /** What else is different, in words. */
  readonly changes: readonly string[];
  /** Those of them that may decide about requests though no path leads elsewhere. @default - none do */
  readonly unmodelled?: readonly string[];
  readonly findings: {
    readonly new: readonly ReviewedFinding[];
    readonly fixed: readonly ReviewedFinding[];
    /** How many are in both. */
    readonly standing: number;
  };
  readonly modules: { readonly added: readonly string[]; readonly removed: readonly string[] };
  /** Lines of the configuration that are different. */
  readonly files: readonly FileReview[];
  /** What other releases of httpd do, one entry an input. @default - each input is for the release it was for */
  readonly upgrades?: readonly UpgradeReview[];
  /** What Terraform does, by address. @default - no plan was read */
  readonly resources?: ResourceReview;
  /** What a reader has to know about the report itself. */
  readonly notes: readonly string[];
  /** Of the meaning of base and head: equal for equal changes, however they are spelled. */
  readonly hash: string;
}

/** A pair of inputs that were compared. */
export interface ReviewedInput {
  /** Name of the head, or of the base where there is no head. */
  readonly name: string;
  readonly base: string | null;
  readonly head: string | null;
  readonly changed: boolean;
  /**
   * SHA-256 of the configuration of the head, which `reviewed` of an SshTarget takes: nothing else is deployed then. Null
   * where it is known only when Terraform applies, is secret, or nothing changes.
   */
  readonly sum: string | null;
  /** The releases of httpd that both sides are for; null where there is no such side. */
  readonly httpd: Sides<HttpdVersion | null>;
}

/** What another release of httpd does to one input. */
export interface UpgradeReview {
  /** Name of the input. */
  readonly input: string;
  readonly from: HttpdVersion;
  readonly to: HttpdVersion;
  /** What the new release refuses and the old one takes. */
  readonly refused: readonly ReviewedFinding[];
  /** What the old release refuses and the new one takes. */
  readonly accepted: readonly ReviewedFinding[];
  /** What httpd does otherwise, where something of the input depends on it; the worst first. */
  readonly behaviours: readonly BehaviourReview[];
}

/** A behaviour of httpd that begins or ends with another release. */
export interface BehaviourReview {
  /** Its name in the certificate. */
  readonly name: BehaviourName;
  readonly change: "begins" | "ends";
  /** Whether the input has less of what it says then, or more; `other` where that depends on who uses it. */
  readonly effect: "worse" | "better" | "other";
  /** What httpd does, from this release on or up to it. */
  readonly doc: string;
  /** How that is known. */
  readonly source: string;
  /** What of the input depends on it. */
  readonly places: readonly { readonly subject: string; readonly file: string | null; readonly line: number | null }[];
}

/** One cluster before and after. */
export interface ClusterReview {
  /** Its name in the head, or in the base where it is removed. */
  readonly name: string;
  readonly input: string;
  readonly kind: "added" | "removed" | "changed";
  /** Its name in the base, where that was another one. */
  readonly formerName?: string;
  /** False where every request and session goes where it went, at the same cost. */
  readonly affectsTraffic: boolean;
  /** What was changed, in words. */
  readonly changes: readonly string[];
  /** Members by their names before and after; one is absent of those added or removed. */
  readonly members: readonly MemberReview[];
  readonly shares: Sides<Shares>;
  /** Who serves, who when these have failed, and so on; ends where nobody is left. */
  readonly failover: Sides<readonly (readonly string[])[]>;
  /** What the failure of each member that serves costs. */
  readonly failures: Sides<readonly FailureReview[]>;
  /** What the busiest member gets. */
  readonly load: Sides<LoadReview | null>;
  readonly sessions: SessionsReview;
  readonly promises: PromisesReview;
  /** Why shares of requests are not certain. @default - they are */
  readonly unsure?: string;
  /** Those of the changes that may decide about requests though no figure shows it. @default - none do */
  readonly unmodelled?: readonly string[];
}

/** A member before and after. */
export interface MemberReview {
  readonly before?: string;
  readonly after?: string;
  /** Where it is, if that is another address now. */
  readonly address?: Sides<string>;
}

/** The same before and after. */
export interface Sides<V> {
  readonly before: V;
  readonly after: V;
}

/** What the failure of one member costs. */
export interface FailureReview {
  readonly member: string;
  /** Requests that get an error from httpd in the first hundred after it. */
  readonly failedRequests: number;
  /** Longest added time of the first request that meets it. */
  readonly firstDelaySeconds: number;
  readonly firstRefused: boolean;
  readonly backWithinSeconds: number;
  readonly instead: Shares;
}

/** Parts of the requests at the busiest member. */
export interface LoadReview {
  readonly allUp: { readonly member: string; readonly share: FractionText };
  /** With the one member down whose failure is hardest on another; null where nobody is left, or nobody may fail. */
  readonly oneDown: { readonly down: string; readonly member: string; readonly share: FractionText } | null;
  /**
   * Requests per second up to which nobody exceeds its declared capacity; null where somebody who serves has none
   * declared.
   */
  readonly capacity: { readonly allUp: number | null; readonly oneDown: number | null };
}

/** Sessions that change their member because of the change itself. */
export interface SessionsReview {
  /** Part of the sessions that stick before; null where none do. */
  readonly moved: FractionText | null;
  /**
   * Part of the requests with a session in the query string that goes to another member than before, because httpd sees
   * such sessions no more, or sees them again. @default - none does
   */
  readonly inQuery?: FractionText;
  /** Why, one sentence a cause. */
  readonly why: readonly string[];
}

/** Promises before and after. */
export interface PromisesReview {
  /** Found broken in the head and not in the base. */
  readonly broken: readonly PromiseId[];
  /** Found broken in the base and not in the head. */
  readonly mended: readonly PromiseId[];
  /** Broken in both. */
  readonly standing: readonly PromiseId[];
  /** Each promise of the head with its verdicts; null where base or head does not make it. */
  readonly results: readonly PromiseReview[];
}

/** One promise before and after. */
export interface PromiseReview {
  readonly id: PromiseId;
  /** Member that it is about. @default - all */
  readonly member?: string;
  readonly before: VerdictWord | null;
  readonly after: VerdictWord | null;
  /** Of a newly broken one: how. */
  readonly explanation?: string;
  /** Of a newly broken one: a scenario as `simulate` takes it; its last request is the offending one. */
  readonly scenario?: JsonValue;
  /** Changes after which it holds again, as checked. */
  readonly mends?: readonly string[];
  /** Why it is accepted though it is broken. */
  readonly acknowledged?: string;
}

/** A path that leads elsewhere. */
export interface PathReview {
  readonly server: string;
  readonly host?: string;
  readonly path: string;
  /** Balancer or backend with the path there, or the status that httpd answers itself. */
  readonly before: string;
  readonly after: string;
  /** True where it was proxied and httpd answers with an error now. */
  readonly lost: boolean;
  /** False where a line that is not modelled could decide otherwise. */
  readonly judged: boolean;
}

/** A finding of lint. */
export interface ReviewedFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly subject: string;
  readonly found: string;
  readonly wanted: string;
  readonly fix: string;
  readonly fingerprint: string;
}

/** What is different in one file. */
export interface FileReview {
  readonly path: string;
  readonly added: number;
  readonly removed: number;
  /** Lines in the manner of `diff -u`, secrets masked; empty where there are too many differences to show. */
  readonly lines: readonly string[];
}

/** What Terraform does to resources, by their addresses. */
export interface ResourceReview {
  readonly created: readonly string[];
  readonly updated: readonly string[];
  readonly replaced: readonly string[];
  readonly destroyed: readonly string[];
}
