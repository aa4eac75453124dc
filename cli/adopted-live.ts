import type { Difference } from "../core/host/difference.js";
import type { LiveBalancer } from "../core/host/live-state.js";
import { adoptLive, isWhole, pointerToMember, valueToWrite } from "../core/review/adopt-live.js";
import type { Input } from "./input.js";
import { patchOf } from "./patch.js";

/** What to write so that the description is what runs. */
export interface AdoptionAdvice {
  /** The changes of an httpd.conf and what it includes; empty for a spec. */
  readonly patch: string;
  /** What a person has to write, a sentence each. */
  readonly byHand: readonly string[];
}

/** How what operators changed gets into the description: a patch where that can be made, else where to write what. */
export async function adoptionOf(
  input: Input,
  live: readonly LiveBalancer[],
  differences: readonly Difference[],
): Promise<AdoptionAdvice> {
  const { run } = input;
  if (run === undefined) return { patch: "", byHand: differences.map((one) => byHand(input, one)) };
  const { texts, left } = adoptLive(run, live);
  const patches = await Promise.all([...texts].map(([file, text]) => patchOf(file, text, run, 0)));
  return { patch: patches.join(""), byHand: left.map((one) => byHand(input, one)) };
}

/** Where the nearest thing to a value stands, and what it has to become. */
function byHand({ topology, locate, path }: Input, difference: Difference): string {
  const { cluster, member, what, declared, live } = difference;
  const at = pointerToMember(topology, cluster, member);
  const place = at === undefined ? undefined : locate(at);
  const where = place === undefined ? path : `${place.file}:${place.line}`;
  const who = member === undefined ? `balancer ${cluster}` : `${cluster} ${member}`;
  if (isWhole(difference)) return `${where}: ${who} is ${live} on the running httpd and ${declared} here`;
  const value = valueToWrite(difference);
  if (value === undefined) return `${where}: ${who}: take ${what} away, or out of what it is inherited from`;
  return `${where}: ${who}: write ${what} ${value}`;
}
