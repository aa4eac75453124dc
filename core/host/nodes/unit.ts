import type { HostFile } from "../plan.js";

/** What a unit of systemd says of a server. */
export interface UnitWords {
  /** Name of the unit, without `.service`. */
  readonly name: string;
  readonly description: string;
  readonly user: string;
  readonly environment: readonly string[];
  /** A file of variables; undefined for none. */
  readonly environmentFile: string | undefined;
  readonly before: readonly string[];
  readonly start: string;
}

/** A unit that ends its server by SIGTERM, which Java answers with 143, and starts it again when it failed. */
export function unitFile({
  name,
  description,
  user,
  environment,
  environmentFile,
  before,
  start,
}: UnitWords): HostFile {
  const lines = [
    "# Written by cdktf-httpd-balancer: change the description it is made from.",
    "[Unit]",
    `Description=${description}`,
    "Wants=network-online.target",
    "After=network-online.target",
    "",
    "[Service]",
    `User=${user}`,
    ...environment.map((words) => `Environment="${words}"`),
    ...(environmentFile === undefined ? [] : [`EnvironmentFile=${environmentFile}`]),
    `StateDirectory=${name}`,
    ...before.map((command) => `ExecStartPre=${command}`),
    `ExecStart=${start}`,
    "KillSignal=SIGTERM",
    "SuccessExitStatus=143",
    "TimeoutStopSec=60",
    "Restart=on-failure",
    "NoNewPrivileges=yes",
    "ProtectSystem=strict",
    "ProtectHome=yes",
    "PrivateTmp=yes",
    "",
    "[Install]",
    "WantedBy=multi-user.target",
  ];
  return {
    path: `/etc/systemd/system/${name}.service`,
    text: `${lines.join("\n")}\n`,
    owner: "root",
    group: "root",
    mode: "0644",
    secret: false,
  };
}
