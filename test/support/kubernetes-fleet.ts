import fc from "fast-check";
import type { Arbitrary } from "fast-check";
import type { KubernetesNode, KubernetesNodes } from "../../core/host/forms/kubernetes/node.js";
import { replicasOf } from "../../core/host/forms/kubernetes/node.js";
import { readSpec } from "../../core/spec/read-spec.js";
import type { Topology } from "../../core/topology/topology.js";

/** A member that leads to a pod, as a spec has it. */
export interface FleetMember {
  readonly url: string;
  readonly route: string;
}

/** Nodes, and a member for each of their pods. */
export interface Fleet {
  readonly beside: KubernetesNodes;
  readonly members: readonly FleetMember[];
}

const LABEL = fc.stringMatching(/^[a-z]([a-z0-9-]{0,8}[a-z0-9])?$/);
const PORT = fc.integer({ min: 1, max: 65_535 });

/** What a host name may end in behind the name of a pod and its Service. */
const ENDINGS: readonly ((namespace: string) => string)[] = [
  () => "",
  (namespace) => `.${namespace}`,
  (namespace) => `.${namespace}.svc`,
  (namespace) => `.${namespace}.svc.cluster.local`,
  (namespace) => `.${namespace}.svc.k8s.example`,
];

/** Any node. */
export function arbitraryNode(): Arbitrary<KubernetesNode> {
  const required = { image: fc.constantFrom("tomcat:10", "registry.example:5000/shop@sha256:0"), port: PORT };
  const optional = {
    replicas: fc.integer({ min: 1, max: 4 }),
    healthPath: fc.constantFrom("/", "/health?full=1"),
    healthPort: PORT,
    command: fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 3 }),
    environment: fc.dictionary(fc.stringMatching(/^[A-Z][A-Z0-9_]{0,7}$/), fc.string()),
    secret: LABEL,
    replicationPort: PORT,
    user: fc.integer({ min: 1, max: 65_535 }),
    writable: fc.uniqueArray(fc.constantFrom("/tmp", "/var/lib/shop", "/logs")),
    resources: fc.record({ cpu: fc.constant("500m"), memory: fc.constant("512Mi") }, { requiredKeys: [] }),
  };
  return fc.record({ ...required, ...optional }, { requiredKeys: ["image", "port"] });
}

/** Any nodes, whose pods are named by members in any of the ways in which a name is looked up. */
export function arbitraryFleet(): Arbitrary<Fleet> {
  const nodes = fc.dictionary(LABEL, arbitraryNode(), { minKeys: 1, maxKeys: 4, noNullPrototype: true });
  return fc
    .record({ namespace: LABEL, nodes, ending: fc.constantFrom(...ENDINGS) })
    .map(({ namespace, nodes: all, ending }) => ({
      beside: { namespace, nodes: all },
      members: Object.entries(all).flatMap(([name, node]) =>
        Array.from({ length: replicasOf(node) }, (_, ordinal) => ({
          url: `http://${name}-${ordinal}.${name}${ending(namespace)}:${node.port}`,
          route: `${name}-${ordinal}`,
        })),
      ),
    }));
}

/** A front called `web` with these members and an own one elsewhere. */
export function frontOf(members: readonly (Partial<FleetMember> & Pick<FleetMember, "url">)[]): Topology {
  const all = [{ url: "http://10.0.0.7:8080" }, ...members];
  const spec = {
    clusters: { shop: { members: Object.fromEntries(all.map((member, index) => [`m${index}`, member])) } },
    servers: { web: { listen: [80], mounts: { "/": "shop" } } },
  };
  const reading = readSpec(JSON.stringify(spec), "fleet.json");
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.topology;
}
