import { readScenario } from "../../scenario/read.js";
import type { SetStep } from "../../scenario/steps.js";
import { checkUrl } from "../../check/url.js";
import { shortName } from "../../topology/short-name.js";
import type { Cluster, Member, Topology } from "../../topology/topology.js";
import { checkParameter } from "../../vocabulary/codec.js";
import { pointerStep, ProblemError } from "../../vocabulary/problem.js";
import type { Complaint, Pointer, Problem } from "../../vocabulary/problem.js";
import { WORKER_PARAMETERS } from "../../vocabulary/worker.js";
import { memberMeant } from "./member-meant.js";
import type { Operation } from "./operation.js";
import type { Plan } from "./plan.js";
import type { WantedStep } from "./step.js";
import { ok, wantedBalancer, wantedMember, takeOutAtOnce, works } from "./wanted.js";

type Of<K extends Operation["kind"]> = Extract<Operation, { kind: K }>;

/** Every stage moves all load factors the same part of their way; httpd takes 1 to 100 and keeps hundredths. */
export function weightShift(
  topology: Topology,
  cluster: Cluster,
  { weights, stages = [] }: Of<"shift-weights">,
): readonly WantedStep[] {
  const at = clusterAt(topology, cluster);
  const rising = stages.every((stage, index) => stage > (stages[index - 1] ?? 0) && stage < 100);
  if (!rising) throw new ProblemError([{ at, subject: "stages of a weight shift", ...stagesComplaint(stages) }]);
  const targets = Object.entries(weights).map(([word, loadfactor]) => {
    const member = memberMeant(topology, cluster, word);
    const complaint = checkParameter(WORKER_PARAMETERS.loadfactor, loadfactor);
    const place: Pointer = `${at}/members${pointerStep(cluster.members.indexOf(member))}/parameters/loadfactor`;
    refuse(place, `loadfactor of member '${member.name}'`, complaint);
    return { member, loadfactor, before: member.parameters.loadfactor ?? WORKER_PARAMETERS.loadfactor.default };
  });
  const all = targets.map(({ member }) => shortName(member.name)).join(", ");
  return [...stages, 100].flatMap((stage): readonly WantedStep[] => {
    const sets = targets.map(({ member, loadfactor, before }) => {
      const now = stage === 100 ? loadfactor : Math.trunc(100 * before + (loadfactor - before) * stage) / 100;
      const way =
        stage === 100 ? `before the first step ${before}` : `${stage} % of the way from ${before} to ${loadfactor}`;
      const text = `load factor of ${shortName(member.name)}: ${now} (${way})`;
      return wantedMember(cluster, member, { loadfactor: now }, text);
    });
    return [...sets, { kind: "look", text: `see what ${all} really ${targets.length === 1 ? "gets" : "get"}` }];
  });
}

/** httpd takes a new member in disabled; it gets its settings, and serves once it answers. */
export function addition(topology: Topology, cluster: Cluster, operation: Of<"add">): Plan {
  const { url, loadfactor, route } = operation;
  const at = clusterAt(topology, cluster);
  const problems = checkUrl(url, { at, subject: "URL of the new member" }, topology.httpd);
  if (problems.length > 0) throw new ProblemError(problems);
  refuse(at, `growth of cluster '${cluster.name}'`, growthComplaint(cluster));
  const known = cluster.members.some((member) => member.url === url || member.name === url);
  refuse(at, `new member of cluster '${cluster.name}'`, known ? knownComplaint(url) : undefined);
  refuse(at, "loadfactor of the new member", loadfactor === undefined ? undefined : loadfactorComplaint(loadfactor));
  const member: Member = { name: url, url, parameters: { status: "+D" } };
  const settings: SetStep = { ...(loadfactor !== undefined && { loadfactor }), ...(route !== undefined && { route }) };
  const steps: readonly WantedStep[] = [
    { kind: "add", text: `add ${shortName(url)}, which httpd takes in disabled`, member },
    wantedMember(cluster, member, settings, `settings of ${shortName(url)}: ${settingsText(settings)}`),
    ...works(topology, member),
    wantedMember(cluster, member, { status: "-D" }, `enable ${shortName(url)}`),
    ok(topology, { ...member, parameters: {} }),
  ];
  return { from: cluster, steps, undo: takeOutAtOnce(cluster, [member]) };
}

function settingsText(settings: SetStep): string {
  const words = Object.entries(settings).map(([key, value]) => `${key} ${String(value)}`);
  return words.length === 0 ? "httpd's own" : words.join(", ");
}

/** One step a setting. */
export function settingsChange(cluster: Cluster, set: SetStep): readonly WantedStep[] {
  const keys = Object.keys(set) as (keyof SetStep)[];
  return keys.map((key) => wantedBalancer(cluster, { [key]: set[key] }, `${key} of the balancer: ${String(set[key])}`));
}

/**
 * A setting of a balancer from text, as `--set` gives it: On, Off, numbers and words.
 *
 * @throws ProblemError for values that balancer-manager would not take
 */
export function balancerSetting(key: string, text: string): SetStep {
  const json = /^(on|off)$/i.test(text) ? /^on$/i.test(text) : /^[0-9]+$/.test(text) ? Number(text) : text;
  const reading = readScenario({ steps: [{ set: { [key]: json } }] });
  if (!reading.ok) throw new ProblemError(reading.problems);
  const [step] = reading.value.steps;
  return step !== undefined && "set" in step ? step.set : {};
}

function clusterAt(topology: Topology, cluster: Cluster): Pointer {
  return `/clusters${pointerStep(topology.clusters.indexOf(cluster))}`;
}

function refuse(at: Pointer, subject: string, complaint: Complaint | undefined): void {
  const problem: Problem | undefined = complaint && { at, subject, ...complaint };
  if (problem !== undefined) throw new ProblemError([problem]);
}

function stagesComplaint(stages: readonly number[]): Complaint {
  return {
    found: stages.join(", "),
    allowed: "rising percentages above 0 and below 100",
    fix: "write 1,10,50: the whole way is always the last stage",
  };
}

function growthComplaint(cluster: Cluster): Complaint | undefined {
  if ((cluster.parameters.growth ?? 0) > 0) return undefined;
  return {
    found: "0",
    allowed: "1 to 100 free places for members added in balancer-manager",
    fix: `write ProxySet growth=4 into balancer ${cluster.name} and restart httpd, or add the member to the file and reload`,
  };
}

function knownComplaint(url: string): Complaint {
  return { found: `'${url}'`, allowed: "a URL that no member has", fix: "use return to bring a member back" };
}

function loadfactorComplaint(loadfactor: number): Complaint | undefined {
  return checkParameter(WORKER_PARAMETERS.loadfactor, loadfactor);
}
