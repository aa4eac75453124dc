import type { Service } from "../plan.js";

/** Where a machine has the values of variables, a line `NAME=value` each; nothing of user data is secret. */
export function environmentFile({ name }: Service): string {
  return `/etc/${name}.secrets`;
}

/** Where its unit is told of that file. */
export function secretsDropIn({ name }: Service): string {
  return `/etc/systemd/system/${name}.service.d/secrets.conf`;
}
