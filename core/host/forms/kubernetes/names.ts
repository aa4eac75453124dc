/** What a name has to be that pods are made of, in words. */
export const POD_SET_NAME =
  "a DNS label of up to 52 lower-case letters, digits and '-', which begins with a letter and is not 'kubernetes'";

/**
 * True for a name that objects and their pods can bear: a DNS label, as a Service has to have, with room for the eleven letters
 * that Kubernetes puts behind it in names and labels of pods. Service `kubernetes` of namespace `default` is the way of all pods to
 * the API, and `kubectl apply` would change it.
 */
export function isPodSetName(name: string): boolean {
  return /^[a-z]([a-z0-9-]{0,50}[a-z0-9])?$/.test(name) && name !== "kubernetes";
}
