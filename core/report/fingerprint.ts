import { sha256 } from "../topology/sha256.js";
import type { ReportedFinding } from "./report.js";

/** What tells findings apart. */
type Identified = Pick<ReportedFinding, "rule" | "place" | "subject" | "found">;

/** Gives each finding a fingerprint made of what it says; equal ones are counted in their order. */
export function fingerprinted<F extends Identified>(
  findings: readonly F[],
): readonly (F & { readonly fingerprint: string })[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const identity = identityOf(finding);
    const count = seen.get(identity) ?? 0;
    seen.set(identity, count + 1);
    const hash = sha256(UTF8.encode(`${identity}\n${count}`));
    return { ...finding, fingerprint: hash.slice(0, 32) };
  });
}

/** What a finding says, wherever its lines move: equal for findings that nothing but their place tells apart. */
export function identityOf({ rule, place, subject, found }: Identified): string {
  return [rule, place?.file ?? "", subject, found.replace(/\blines? [0-9]+(?:, [0-9]+)*/g, "line")].join("\n");
}

const UTF8 = new TextEncoder();
