import { initialStatus } from "../../topology/roles.js";
import { shortName } from "../../topology/short-name.js";
import type { Cluster, Member, Topology } from "../../topology/topology.js";
import { pointerStep, ProblemError } from "../../vocabulary/problem.js";
import { clusterAfter } from "./live-cluster.js";
import type { Plan } from "./plan.js";
import type { WantedStep } from "./step.js";
import * as wanted from "./wanted.js";

type MemberPlan = (topology: Topology, cluster: Cluster, members: readonly Member[]) => Plan;

/** An operation on members of the description. */
interface OperationOnMembers {
  /** What it is for. */
  readonly doc: string;
  readonly plan: MemberPlan;
  /** True when somebody is drained or disabled meanwhile. */
  readonly takesOut?: boolean;
  /** True when its first step must not wait for anything, or when it begins with members that were taken out before. */
  readonly fromAnywhere?: boolean;
  /** True when it is done with all members in service where none is named. */
  readonly all?: boolean;
  /** What an operator should know before. */
  readonly notes?: readonly string[];
}

const drainPlan: MemberPlan = (_, cluster, members) => ({
  from: cluster,
  steps: [...wanted.failoverAllowed(cluster), ...wanted.takeOut(cluster, members)],
});

/** Operations on members that are in the description; a new one is one entry. */
export const MEMBER_OPERATIONS = {
  drain: {
    doc: "no new requests, sessions end, then nobody reaches it and it is idle",
    plan: drainPlan,
    takesOut: true,
  },
  "drain-and-stop": {
    doc: "the same, and its server is stopped",
    plan: (topology, cluster, members) => ({
      from: cluster,
      steps: [...drainPlan(topology, cluster, members).steps, ...members.map(wanted.stop)],
    }),
    takesOut: true,
  },
  return: { doc: "a member that was taken out serves again", plan: returnPlan, fromAnywhere: true },
  remove: {
    doc: "it is taken out for good; the line leaves the file afterwards",
    plan: drainPlan,
    takesOut: true,
    notes: [
      "httpd cannot take out a member while it runs: it stays disabled. Delete its BalancerMember line, then reload; " +
        "the reload forgets all other live changes, too (see the operation reload).",
    ],
  },
  emergency: {
    doc: "nobody reaches it from this moment on; answers under way are finished",
    plan: (_, cluster, members) => ({
      from: cluster,
      steps: [...wanted.failoverAllowed(cluster), ...wanted.takeOutAtOnce(cluster, members)],
    }),
    takesOut: true,
    fromAnywhere: true,
  },
  promote: { doc: "a standby or spare serves as an active member", plan: promotePlan },
  "clear-error": {
    doc: "a member whose server works again need not wait for its retry time",
    plan: (topology, cluster, members) => ({
      from: cluster,
      steps: members.flatMap((member) => clearError(topology, cluster, member)),
    }),
    fromAnywhere: true,
    notes: [
      "While a member ignores errors (I), a request that it fails is answered with 503 instead of being tried elsewhere: " +
        "its server must answer before, which is checked.",
      "Err is cleared by the next request that passes the member: without traffic nothing happens.",
    ],
  },
  "rolling-restart": {
    doc: "one after another is taken out, restarted and brought back",
    plan: (topology, cluster, members) => ({
      from: cluster,
      steps: [
        ...wanted.failoverAllowed(cluster),
        ...members.flatMap((member) => [
          ...wanted.takeOut(cluster, [member]),
          wanted.stop(member),
          wanted.start(member),
          ...wanted.bringBack(cluster, topology, member),
        ]),
        ...wanted.failoverAsBefore(cluster),
      ],
    }),
    takesOut: true,
    all: true,
  },
} as const satisfies Record<string, OperationOnMembers>;

/** The word of an operation on members. */
export type MemberOperation = keyof typeof MEMBER_OPERATIONS;

/** What an operation on members is, by its word; undefined for the word of another. */
export function operationOnMembers(kind: string): OperationOnMembers | undefined {
  return Object.hasOwn(MEMBER_OPERATIONS, kind) ? MEMBER_OPERATIONS[kind as MemberOperation] : undefined;
}

/** From the state that draining leaves, whatever the description says about the members. */
function returnPlan(topology: Topology, cluster: Cluster, members: readonly Member[]): Plan {
  const { steps } = drainPlan(topology, cluster, members);
  const from = steps.reduce(clusterAfter, cluster);
  const back = members.flatMap((member) => {
    const clears = wanted.OUT_OF_SERVICE.map((letter) =>
      wanted.wantedMember(cluster, member, { status: `-${letter}` }, BACK[letter](member.name)),
    );
    const described = { ...member, parameters: { ...member.parameters, status: "" } };
    return [...wanted.works(topology, member), ...clears, wanted.ok(topology, described)];
  });
  const nofailover = wanted
    .failoverAsBefore(cluster)
    .map((step) => ({ kind: step.kind, text: step.text, set: step.set }));
  return { from, steps: [...back, ...nofailover] };
}

const BACK: Readonly<Record<(typeof wanted.OUT_OF_SERVICE)[number], (name: string) => string>> = {
  D: (name) => `enable ${shortName(name)}: its own sessions reach it again`,
  S: (name) => `end the stop of ${shortName(name)}`,
  N: (name) => `end the draining of ${shortName(name)}: it takes its share again`,
};

function promotePlan(topology: Topology, cluster: Cluster, members: readonly Member[]): Plan {
  const steps = members.flatMap((member) => {
    const waits = (["R", "H"] as const).filter((letter) => initialStatus(member).has(letter));
    if (waits.length === 0) {
      throw new ProblemError([
        {
          at: `/clusters${pointerStep(topology.clusters.indexOf(cluster))}/members${pointerStep(cluster.members.indexOf(member))}`,
          subject: `member '${member.name}' of cluster '${cluster.name}'`,
          found: "an active member",
          allowed: "a standby (+H) or a spare (+R)",
          fix: "use shift-weights for the share of an active one",
        },
      ]);
    }
    const text = `${shortName(member.name)} takes part as an active member`;
    return [
      ...wanted.works(topology, member),
      wanted.wantedMember(cluster, member, { status: `-${waits.join("")}` }, text),
      wanted.ok(topology, member),
    ];
  });
  return { from: cluster, steps };
}

/**
 * balancer-manager has no key for Err. With I, the next request clears it before its retry time has passed
 * (`ap_proxy_retry_worker`, modules/proxy/proxy_util.c); HcFl has a key.
 */
function clearError(topology: Topology, cluster: Cluster, member: Member): readonly WantedStep[] {
  const { name } = member;
  const [answers, ...checks] = wanted.works(topology, member);
  return [
    ...(answers === undefined ? [] : [answers]),
    ...checks.map(() => wanted.wantedMember(cluster, member, { status: "-C" }, `clear HcFl of ${shortName(name)}`)),
    wanted.wantedMember(
      cluster,
      member,
      { status: "+I" },
      `${shortName(name)} ignores errors: the next request clears its error`,
    ),
    {
      kind: "await-ok",
      text: `wait until a request has cleared the error of ${shortName(name)}`,
      member: name,
      without: "E",
      steady: 0,
    },
    ...wanted.clearedAgain(cluster, member, "I", `${shortName(name)} heeds errors again`),
    wanted.ok(topology, member),
  ];
}
