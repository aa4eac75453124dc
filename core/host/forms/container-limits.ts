/** Most that a container of a docker host may take of it, and how often it is looked at; durations in docker's words. */
export const CONTAINER_LIMITS = {
  cpus: "1.0",
  megabytes: 256,
  probe: { interval: "5s", timeout: "3s", retries: 3, start_period: "10s" },
  log: { "max-size": "10m", "max-file": "3" },
} as const;

/**
 * Options of a folder in memory that the user of a container writes to. runc 1.1 gives it the mode of the image's folder,
 * whatever mode is asked for, so that it has to belong to the user.
 */
export function ownedBy(uid: number): string {
  return `mode=1777,uid=${uid},gid=${uid}`;
}
