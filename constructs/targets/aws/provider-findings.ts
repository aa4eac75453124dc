import { problemText } from "../../../core/vocabulary/problem.js";
import type { Problem } from "../../../core/vocabulary/problem.js";
import { shown } from "../../../core/vocabulary/shown.js";
import { Token } from "../../cdktf.js";
import type { SynthFinding } from "../../finding.js";
import type { CredentialSources } from "./credential-sources.js";
import { TRIED } from "./resources.js";

/** The block of a stack that configures the provider. */
export interface ProviderBlock {
  /** Its arguments in Terraform's own words. */
  readonly words: Readonly<Record<string, unknown>>;
  /** The version that the stack asks for with it. */
  readonly version: string | undefined;
}

/** Arguments with which a block brings credentials, or says where else they are. */
const OWN_CREDENTIALS = [
  "access_key",
  "assume_role_with_web_identity",
  "shared_config_files",
  "shared_credentials_files",
] as const;

/**
 * What a synthesis can know of the provider that a plan will start. It needs no credentials itself, and the machine that applies
 * may be another one: so none at all are a warning. A profile that is named and that nobody has described is an
 * error: no plan gets past it.
 *
 * @param block - undefined for a stack that leaves the provider to Terraform
 */
export function providerFindings(
  block: ProviderBlock | undefined,
  sources: CredentialSources,
): readonly SynthFinding[] {
  return [...(block === undefined ? [] : versionFindings(block)), ...credentialFindings(block?.words ?? {}, sources)];
}

function versionFindings({ version }: ProviderBlock): readonly SynthFinding[] {
  const exact = /^(\d+)\.(\d+)\.\d+$/.exec(version ?? "");
  if (version !== undefined && exact === null) return [];
  const [, major, minor] = exact ?? [];
  if (Number(major) === TRIED.major && Number(minor) >= TRIED.minor) return [];
  return warning({
    at: "",
    subject: "version of provider aws in this stack",
    found: version ?? "none, so that Terraform takes the newest",
    allowed: `~> ${TRIED.major}.${TRIED.minor}, with which AwsTarget was applied`,
    fix: "install @cdktf/provider-aws 20.1.0, which is bound to 5.100.0, or read the plan with care",
  });
}

function credentialFindings(
  words: ProviderBlock["words"],
  { profile: named, usual, profiles, given, mayHaveRole }: CredentialSources,
): readonly SynthFinding[] {
  if (OWN_CREDENTIALS.some((word) => isGiven(words[word]))) return [];
  const own = words["profile"];
  if (typeof own === "string" && !isLate(own)) return profileFindings(own, profiles);
  if (isGiven(own)) return [];
  if (named !== undefined) return profiles.has(named) ? [] : [error(unknownProfile(named, "AWS_PROFILE", profiles))];
  if (given || mayHaveRole || profiles.has(usual)) return [];
  return warning({
    at: "",
    subject: "credentials of provider aws",
    found: `none in this stack, in variables AWS_…, or as profile ${shown(usual)} of ~/.aws`,
    allowed: "any of these on the machine that plans and applies",
    fix: "set AWS_PROFILE there, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; a synthesis alone needs none",
  });
}

/** A machine without any profile synthesizes for another one that has them. */
function profileFindings(own: string, profiles: ReadonlySet<string>): readonly SynthFinding[] {
  if (profiles.has(own)) return [];
  const problem = unknownProfile(own, "the stack's AwsProvider", profiles);
  return profiles.size === 0 ? warning(problem) : [error(problem)];
}

function unknownProfile(name: string, by: string, profiles: ReadonlySet<string>): Problem {
  return {
    at: "",
    subject: `profile ${shown(name)} of provider aws, named by ${by}`,
    found: "no such profile in ~/.aws/config and ~/.aws/credentials",
    allowed: profiles.size === 0 ? "a profile that is described there" : [...profiles].sort().map(shown).join(", "),
    fix: `describe it there: aws configure --profile ${name}`,
  };
}

/** A value that Terraform has not before the plan. */
function isLate(text: string): boolean {
  return Token.isUnresolved(text) || text.includes("${");
}

function isGiven(value: unknown): boolean {
  return value !== undefined && !(Array.isArray(value) && value.length === 0);
}

function warning(problem: Problem): readonly SynthFinding[] {
  return [{ level: "warning", at: problem.at, text: problemText(problem) }];
}

function error(problem: Problem): SynthFinding {
  return { level: "error", at: problem.at, text: problemText(problem) };
}
