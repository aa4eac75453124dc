/** An application of several pods, each of which is a member: pod `shop-0` of node `shop` has the route `shop-0`. */
export interface KubernetesNode {
  /** Name and tag of the image. */
  readonly image: string;
  /** Port that members connect to. */
  readonly port: number;
  /**
   * Pods, which are called by the node's name and `-0`, `-1`, …
   *
   * @default 2
   */
  readonly replicas?: number;
  /** Page that answers 200 to 399 when the application serves. @default - it serves when its port is open */
  readonly healthPath?: string;
  /** Port of that page. @default - the port of members */
  readonly healthPort?: number;
  /** @default - what the image starts */
  readonly command?: readonly string[];
  /**
   * Variables. The pod's name is in `JVM_ROUTE`, which others may name: with `CATALINA_OPTS: "-DjvmRoute=$(JVM_ROUTE)"` a Tomcat
   * has it as its route whose server.xml says `<Engine jvmRoute="${jvmRoute}">`.
   *
   * @default - `JVM_ROUTE` only
   */
  readonly environment?: Readonly<Record<string, string>>;
  /** Name of a Secret whose entries are variables, too. @default - none */
  readonly secret?: string;
  /** Port at which the pods copy sessions to each other. @default - they reach each other at none */
  readonly replicationPort?: number;
  /**
   * Number of the user and group that the image can run as, from 1 on: its pods then keep the restricted level of Pod Security.
   *
   * @default - the image's own user, with what the baseline level allows
   */
  readonly user?: number;
  /** Folders that the application writes to; all others are read-only. @default - it may write everywhere */
  readonly writable?: readonly string[];
  /** What each pod has for itself. @default - what is left */
  readonly resources?: KubernetesResources;
}

/** What a pod has for itself, in Kubernetes' quantities. */
export interface KubernetesResources {
  /** Such as `500m`. @default - what is left */
  readonly cpu?: string;
  /** Such as `512Mi`; a pod that takes more is ended. @default - what is left */
  readonly memory?: string;
}

/** The variable that holds a pod's name. */
export const ROUTE_VARIABLE = "JVM_ROUTE";

/** Pods of a node for which nobody said how many. */
const REPLICAS = 2;

/** How many pods a node has. */
export function replicasOf({ replicas = REPLICAS }: KubernetesNode): number {
  return replicas;
}

/** Nodes beside a front, by name, and the namespace of both. */
export interface KubernetesNodes {
  readonly namespace: string;
  readonly nodes: Readonly<Record<string, KubernetesNode>>;
}
