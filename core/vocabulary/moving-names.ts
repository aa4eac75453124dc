/** Names whose addresses change while httpd runs, and of which one name may lead to several servers at once. */
const MOVING: readonly (readonly [ending: RegExp, of: string])[] = [
  [/\.elb\.(?:[a-z0-9-]+\.)?amazonaws\.com(?:\.cn)?$/, "an Elastic Load Balancer"],
  [/\.svc(?:\.[a-z0-9.-]+)?$/, "a Kubernetes service"],
  [/\.pod\.[a-z0-9.-]+$/, "a Kubernetes pod"],
  [/\.docker\.internal$|^tasks\..+$/, "Docker"],
  [/\.service\.(?:[a-z0-9-]+\.)?consul$/, "Consul"],
];

/** Those of {@link MOVING} that lead to one address at a time: a pod's own, of a StatefulSet `shop-0.shop.default.svc`. */
const SINGLE = /\.pod\.[a-z0-9.-]+$|\.docker\.internal$|^(?:[^.]+\.){3}svc(?:\.|$)/;

/** Whose name a host is that may lead to another address later; undefined for all others. */
export function movingOwner(host: string): string | undefined {
  return MOVING.find(([ending]) => ending.test(host))?.[1];
}

/**
 * True for a name that may lead to several addresses at once: those of a load balancer, of a headless service, of the tasks of
 * a service.
 */
export function mayBeSeveral(host: string): boolean {
  return movingOwner(host) !== undefined && !SINGLE.test(host);
}
