import { initialStatus } from "../../topology/roles.js";
import type { Cluster, Member, Topology } from "../../topology/topology.js";
import { pointerStep, ProblemError } from "../../vocabulary/problem.js";
import { clusterAfter } from "./live-cluster.js";
import { memberMeant } from "./member-meant.js";
import type { Operation } from "./operation.js";
import type { Plan } from "./plan.js";
import type { WantedStep } from "./step.js";
import * as wanted from "./wanted.js";
import { addition, settingsChange, weightShift } from "./other-plans.js";

/**
 * The steps of an operation, not proved yet.
 *
 * @throws ProblemError for members that are not there and values that httpd would not take
 */
export function planOf(topology: Topology, cluster: Cluster, operation: Operation): Plan {
  switch (operation.kind) {
    case "shift-weights":
      return { from: cluster, steps: weightShift(topology, cluster, operation) };
    case "add":
      return addition(topology, cluster, operation);
    case "set-balancer":
      return { from: cluster, steps: settingsChange(cluster, operation.set) };
    case "reload":
      return { from: cluster, steps: [RELOAD], undo: [] };
    default: {
      const members = operation.members.map((word) => memberMeant(topology, cluster, word));
      return MEMBER_PLANS[operation.kind](topology, cluster, members);
    }
  }
}

/** httpd starts from its configuration: the description. */
const RELOAD: WantedStep = {
  kind: "reload",
  text: "reload httpd; live changes it forgets are made again and read back",
};

type MemberPlan = (topology: Topology, cluster: Cluster, members: readonly Member[]) => Plan;

const drainPlan: MemberPlan = (_, cluster, members) => ({
  from: cluster,
  steps: [...wanted.failoverAllowed(cluster), ...wanted.takeOut(cluster, members)],
});

const MEMBER_PLANS: Readonly<Record<Extract<Operation, { members: unknown }>["kind"], MemberPlan>> = {
  drain: drainPlan,
  remove: drainPlan,
  "drain-and-stop": (topology, cluster, members) => ({
    from: cluster,
    steps: [...drainPlan(topology, cluster, members).steps, ...members.map(wanted.stop)],
  }),
  emergency: (_, cluster, members) => ({
    from: cluster,
    steps: [...wanted.failoverAllowed(cluster), ...wanted.takeOutAtOnce(cluster, members)],
  }),
  return: returnPlan,
  promote: promotePlan,
  "clear-error": (topology, cluster, members) => ({
    from: cluster,
    steps: members.flatMap((member) => clearError(topology, cluster, member)),
  }),
  "rolling-restart": (topology, cluster, members) => ({
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
};

/** From the state that draining leaves, whatever the description says about the members. */
function returnPlan(topology: Topology, cluster: Cluster, members: readonly Member[]): Plan {
  const { steps } = drainPlan(topology, cluster, members);
  const from = steps.reduce(clusterAfter, cluster);
  const back = members.flatMap((member) => {
    const clears = wanted.OUT_OF_SERVICE.map((letter) =>
      wanted.setMember(cluster, member, { status: `-${letter}` }, BACK[letter](member.name)),
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
  D: (name) => `enable ${name}: its own sessions reach it again`,
  S: (name) => `end the stop of ${name}`,
  N: (name) => `end the draining of ${name}: it takes its share again`,
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
    const text = `${member.name} takes part as an active member`;
    return [
      ...wanted.works(topology, member),
      wanted.setMember(cluster, member, { status: `-${waits.join("")}` }, text),
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
    ...checks.map(() => wanted.setMember(cluster, member, { status: "-C" }, `clear HcFl of ${name}`)),
    wanted.setMember(cluster, member, { status: "+I" }, `${name} ignores errors: the next request clears its error`),
    {
      kind: "await-ok",
      text: `wait until a request has cleared the error of ${name}`,
      member: name,
      without: "E",
      steady: 0,
    },
    ...wanted.clearedAgain(cluster, member, "I", `${name} heeds errors again`),
    wanted.ok(topology, member),
  ];
}
