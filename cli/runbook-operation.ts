import { memberMeant } from "../core/promises/runbook/member-meant.js";
import { MEMBER_OPERATIONS, operationOnMembers } from "../core/promises/runbook/member-operations.js";
import type { MemberOperation } from "../core/promises/runbook/member-operations.js";
import { OTHER_OPERATIONS } from "../core/promises/runbook/operation.js";
import type { Operation } from "../core/promises/runbook/operation.js";
import { balancerSetting } from "../core/promises/runbook/other-plans.js";
import { BALANCER_SETTINGS } from "../core/scenario/step-faults.js";
import type { SetStep } from "../core/scenario/steps.js";
import { initialStatus } from "../core/topology/roles.js";
import type { Cluster, Topology } from "../core/topology/topology.js";
import { suggestion } from "../core/vocabulary/suggest.js";
import type { Options } from "./command.js";
import { UnusableError } from "./io.js";

/** Every operation, with what it is for. */
export const OPERATIONS: Readonly<Record<Operation["kind"], string>> = {
  ...(Object.fromEntries(Object.entries(MEMBER_OPERATIONS).map(([kind, { doc }]) => [kind, doc])) as Readonly<
    Record<MemberOperation, string>
  >),
  ...OTHER_OPERATIONS,
};

/**
 * The operation that words of the command line ask for.
 *
 * @throws UnusableError when something is missing or cannot be read
 */
export function operationOf(kind: string, topology: Topology, cluster: Cluster, options: Options): Operation {
  const members = words(options["member"]);
  if (isMemberOperation(kind)) return { kind, members: membersOf(kind, topology, cluster, options) };
  switch (kind) {
    case "shift-weights": {
      const stages = typeof options["stages"] === "string" ? stagesOf(options["stages"]) : [];
      return { kind, weights: weightsOf(words(options["weight"])), stages };
    }
    case "add": {
      const [url, ...others] = members;
      if (url === undefined || others.length > 0)
        throw new UnusableError("add: name the URL of one member with --member");
      const weights = weightsOf(words(options["weight"]), true);
      const loadfactor = weights[url];
      const { route } = options;
      return {
        kind,
        url,
        ...(loadfactor !== undefined && { loadfactor }),
        ...(typeof route === "string" && { route }),
      };
    }
    case "set-balancer":
      return { kind, set: settingsOf(words(options["set"])) };
    case "reload":
      return { kind };
    default:
      throw new UnusableError(`operation: found '${kind}'; ${suggestion(kind, Object.keys(OPERATIONS))}`);
  }
}

function isMemberOperation(kind: string): kind is MemberOperation {
  return Object.hasOwn(MEMBER_OPERATIONS, kind);
}

/** Those named, those of the zone, or for a rolling restart all that are in service; in the order of the cluster. */
function membersOf(kind: MemberOperation, topology: Topology, cluster: Cluster, options: Options): readonly string[] {
  const named = words(options["member"]).map((word) => memberMeant(topology, cluster, word).name);
  const { zone } = options;
  if (zone === undefined) {
    if (named.length > 0) return [...new Set(named)];
    if (operationOnMembers(kind)?.all === true) return inService(cluster);
    throw new UnusableError(`${kind}: name the member with --member`);
  }
  const zones = [...new Set(cluster.members.flatMap((member) => member.zone ?? []))];
  const inside = cluster.members.filter((member) => member.zone === zone).map(({ name }) => name);
  if (inside.length > 0) return [...new Set([...named, ...inside])];
  const known = zones.length === 0 ? "no member has a zone" : suggestion(String(zone), zones);
  throw new UnusableError(`--zone: found '${String(zone)}'; ${known}`);
}

function inService(cluster: Cluster): readonly string[] {
  const out = ["D", "S", "N"] as const;
  return cluster.members
    .filter((member) => !out.some((letter) => initialStatus(member).has(letter)))
    .map(({ name }) => name);
}

function weightsOf(given: readonly string[], optional = false): Readonly<Record<string, number>> {
  if (given.length === 0 && !optional) {
    throw new UnusableError("shift-weights: name members and load factors with --weight node1=3");
  }
  return Object.fromEntries(
    given.map((word) => {
      const at = word.lastIndexOf("=");
      const weight = Number(word.slice(at + 1));
      if (at > 0 && word.length > at + 1 && Number.isFinite(weight)) return [word.slice(0, at), weight] as const;
      throw new UnusableError(`--weight: found '${word}'; write member=loadfactor`);
    }),
  );
}

function stagesOf(text: string): readonly number[] {
  const stages = text.split(",").map((word) => Number(word.trim().replace(/%$/, "")));
  if (stages.every((stage) => Number.isFinite(stage))) return stages.filter((stage) => stage !== 100);
  throw new UnusableError(`--stages: found '${text}'; write percent of the way: 1,10,50`);
}

function settingsOf(given: readonly string[]): SetStep {
  if (given.length === 0) {
    throw new UnusableError(
      `set-balancer: name settings with --set lbmethod=bybusyness; there are ${BALANCER_SETTINGS.join(", ")}`,
    );
  }
  const settings = given.map((word): SetStep => {
    const [key = "", ...rest] = word.split("=");
    const known = BALANCER_SETTINGS.find((setting) => setting === key.toLowerCase());
    if (known === undefined) throw new UnusableError(`--set: found '${word}'; ${suggestion(key, BALANCER_SETTINGS)}`);
    return balancerSetting(known, rest.join("="));
  });
  return settings.reduce((all, one) => ({ ...all, ...one }), {});
}

function words(option: Options[string]): readonly string[] {
  if (option === undefined || typeof option === "boolean") return [];
  return typeof option === "string" ? [option] : option;
}
