import fc from "fast-check";
import { loadAll } from "js-yaml";
import { kubernetesObjects, renderKubernetes } from "../../core/host/forms/kubernetes/manifests.js";
import { frontPlans } from "../../core/host/forms/front-plans.js";
import type { KubernetesNode } from "../../core/host/forms/kubernetes/node.js";
import { kubernetesNodeObjects } from "../../core/host/forms/kubernetes/node-objects.js";
import type { Topology } from "../../core/topology/topology.js";
import { kubernetesOptionProblems } from "../../constructs/targets/kubernetes/options.js";
import { arbitraryNode } from "../../test/support/kubernetes-fleet.js";
import { randomOf } from "../../test/differential/random.js";
import type { Attacked, Find } from "./attack.js";
import { startApiServer } from "./kubernetes/api-server.js";
import type { ApiServer } from "./kubernetes/api-server.js";
import { kubernetesDescriptions } from "./kubernetes/descriptions.js";
import { dryRun, faultOf } from "./kubernetes/dry-run.js";
import { playLife } from "./kubernetes/life.js";
import { SENT_OLDER, literal, sentFile, sentList } from "./kubernetes/manifest.js";
import type { Manifest } from "./kubernetes/manifest.js";
import { mutated, mutationOf } from "./kubernetes/mutations.js";

/** Finds of one campaign: more are mostly the same. */
const MOST_FINDS = 20;

/** Of so many descriptions that are accepted one is really applied. */
const LIVES = 8;

/**
 * Descriptions that our checks accept, by a real API server of Kubernetes: it takes each manifest, keeps each word of it,
 * and refuses it once there is a fault in it. Some are applied, applied again, changed and deleted.
 */
export async function attackKubernetes(seed: number, until: number): Promise<Attacked> {
  const server = await startApiServer();
  console.log(
    `kubernetes: API server ${server.version}; sent: ${SENT_OLDER}; the level restricted of Pod Security: not asked`,
  );
  try {
    return attack(server, seed, Date.now() + Math.max(until - Date.now(), SHORTEST));
  } finally {
    server.end();
  }
}

/** Milliseconds to play, where a build took all of them. */
const SHORTEST = 60_000;

function attack(server: ApiServer, seed: number, until: number): Attacked {
  const counts = new Map<string, number>();
  const count = (what: string): number => {
    const now = (counts.get(what) ?? 0) + 1;
    counts.set(what, now);
    return now;
  };
  const finds: Find[] = [];
  for (let place = 0; Date.now() < until && finds.length < MOST_FINDS; place++) {
    const [topology] = fc.sample(kubernetesDescriptions(), { seed: seed + place, numRuns: 1 });
    if (topology === undefined) throw new Error("no case was drawn");
    const fault = play(server, topology, { seed, place, count });
    if (fault !== undefined) finds.push({ place, fixture: { fault, topology } });
  }
  return { counts, finds };
}

interface Case {
  readonly seed: number;
  readonly place: number;
  /** How often that was counted, this time included. */
  readonly count: (what: string) => number;
}

/** What is wrong with a case; undefined where nothing is. */
function play(server: ApiServer, topology: Topology, { seed, place, count }: Case): string | undefined {
  const rendered = renderKubernetes(topology);
  if (!rendered.ok) {
    count(`refused by us: ${rendered.problems[0]?.at.replace(/\d+/g, "N") ?? ""}`);
    return undefined;
  }
  const random = randomOf(seed, place);
  const file = literal(random.pick(rendered.files).text);
  const manifests = loadAll(file) as Manifest[];
  const mutation = mutationOf(seed + place);
  const refusal = dryRun(server, sentList(mutated(manifests, mutation)));
  const fault =
    faultOf(server, sentFile(file)) ??
    faultOf(server, sentList(objectsOf(topology, 1 + random.below(100), nodeOf(seed + place)))) ??
    (refusal.status !== 0 && mutation.said.test(refusal.stderr)
      ? undefined
      : `is not refused for ${mutation.what}: ${refusal.stderr}`);
  if (fault !== undefined) return fault;
  count(`refused by the server: ${mutation.what}`);
  if (count("accepted: a file, and the objects of a target") % LIVES !== 1) return undefined;
  const outlived = playLife(server, topology, `life-${place}`);
  if (outlived === undefined) count("applied, applied again, changed, deleted");
  return outlived;
}

/** What `KubernetesTarget` makes of all fronts, and of a node beside the first. */
function objectsOf(topology: Topology, replicas: number, node: KubernetesNode | undefined): readonly Manifest[] {
  const planned = frontPlans(topology, { layout: "docker", secrets: "environment" });
  if (!planned.ok) throw new Error(JSON.stringify(planned.problems));
  const [first] = planned.plans;
  const beside = { namespace: "default", nodes: node === undefined ? {} : { [NODE]: node } };
  return [
    ...planned.plans.map((plan) => kubernetesObjects(plan, { replicas, beside })),
    ...(node === undefined || first === undefined ? [] : [kubernetesNodeObjects(NODE, node, first)]),
  ].flatMap((objects) => Object.values(objects) as unknown as Manifest[]);
}

/** Name of the node, which members of some descriptions lead to. */
const NODE = "shop";

/** A node of a case, undefined where `KubernetesTarget` refuses it. */
function nodeOf(seed: number): KubernetesNode | undefined {
  return fc
    .sample(arbitraryNode(), { seed, numRuns: 1 })
    .find((node) => kubernetesOptionProblems({ nodes: { [NODE]: node } }).length === 0);
}
