import { sha256 } from "../../topology/sha256.js";
import { yamlOf } from "../../shape/written.js";
import type { HostPlan } from "../plan.js";
import { commandHeader, commandPath, frontCommand } from "./front-command.js";
import { mainFile } from "./front-values.js";
import { plainText } from "./plain-text.js";
import { PULL_STEPS } from "./pull-steps.generated.js";
import { environmentFile, secretsDropIn } from "./service-files.js";
import { assignments, fileWord, oneLine, quoted } from "./shell-words.js";
import { WRITTEN_BY } from "./written-by.js";

/** Where a machine fetches what it has to serve. */
export interface PulledFrom {
  /** Packages of Debian that bring the programs that fetch; an image of another kind has to have them. */
  readonly packages: readonly string[];
  /** Shell lines that are carried out before anything is fetched. */
  readonly before: readonly string[];
  /** A shell command that prints the command of the front. */
  readonly command: string;
  /** A shell command that prints the order, which is the command's standard input. */
  readonly order: string;
  /** A shell command that prints the values of variables, a line `NAME=value` each. @default - there are none */
  readonly secrets?: string;
}

/** What happens to what was changed on a machine since the last deploy. */
export interface PullChoices {
  readonly edited: "refuse" | "overwrite";
  readonly live: "refuse" | "carry" | "discard";
}

/** Seconds between two looks. */
const INTERVAL = 60;

/**
 * The user data of a machine that fetches its configuration: it knows no part of it and no part of the steps, so that neither
 * a changed weight nor a newer release of this package makes another machine. httpd's unit is masked while its package is
 * installed: its own page would be open to everybody.
 */
export function pullingUserData(plan: HostPlan, from: PulledFrom): string {
  const { service } = plan;
  const unit = `httpd-pull-${fileWord(plan.name)}`;
  const script = `/usr/local/sbin/${unit}`;
  const file = (path: string, permissions: string, lines: readonly string[]) => ({
    path,
    owner: "root:root",
    permissions,
    content: lines.map((line) => `${line}\n`).join(""),
  });
  const data = {
    write_files: [
      file(script, "0755", pullScript(plan, from)),
      file(`/etc/systemd/system/${unit}.service`, "0644", pullService(plan, script)),
      file(`/etc/systemd/system/${unit}.timer`, "0644", pullTimer(plan)),
      ...(from.secrets === undefined
        ? []
        : [file(secretsDropIn(service), "0644", ["[Service]", `EnvironmentFile=-${environmentFile(service)}`])]),
    ],
    runcmd: [["sh", "-c", bootScript(plan, from, unit)]],
  };
  return `#cloud-config\n${WRITTEN_BY}${yamlOf(data)}`;
}

/**
 * What the command of a front is sent: a word a line, an empty line, the file. The same as over SSH.
 *
 * @throws ProblemError for an address that is known only at apply
 */
export function pullOrder(plan: HostPlan, { edited, live }: PullChoices): string {
  const file = mainFile(plan);
  const text = plainText(file);
  const words = [
    "do=bring",
    `command=${sumOf(frontCommand(plan))}`,
    `sum=${sumOf(text)}`,
    `owned=${fileWord(plan.name)}`,
    ...commandHeader(plan),
    `mode=${file.mode}`,
    `edited=${edited}`,
    `live=${live}`,
  ];
  return `${words.join("\n")}\n\n${text}`;
}

function sumOf(text: string): string {
  return sha256(new TextEncoder().encode(text));
}

function pullScript(plan: HostPlan, { before, command, order, secrets }: PulledFrom): readonly string[] {
  return [
    "#!/bin/sh",
    `# Fetches what front ${oneLine(plan.name)} has to serve, and brings it to serving where it changed.`,
    "# Written by cdktf-httpd-balancer.",
    ...assignments({
      NAME: plan.name,
      STATE: `/var/lib/httpd-pull/${fileWord(plan.name)}`,
      COMMAND: commandPath(plan),
      SERVICE: plan.service.name,
      SECRETS: secrets === undefined ? "" : environmentFile(plan.service),
    }),
    ...before,
    `print_command() { ${command}; }`,
    `print_order() { ${order}; }`,
    `print_secrets() { ${secrets ?? ":"}; }`,
    PULL_STEPS.trimEnd(),
  ];
}

/** A run that is stopped leaves its keeper, which finishes what was begun. */
function pullService({ name }: HostPlan, script: string): readonly string[] {
  return [
    "[Unit]",
    `Description=Configuration of front ${fileWord(name)}`,
    "Wants=network-online.target",
    "After=network-online.target",
    "",
    "[Service]",
    "Type=oneshot",
    `ExecStart=${script}`,
    "KillMode=process",
  ];
}

/** Fronts do not look at the same moment, so that they take a change one after another. */
function pullTimer({ name }: HostPlan): readonly string[] {
  return [
    "[Unit]",
    `Description=Configuration of front ${fileWord(name)}`,
    "",
    "[Timer]",
    "OnActiveSec=0",
    `OnUnitInactiveSec=${INTERVAL}`,
    "RandomizedDelaySec=20",
    "AccuracySec=1",
    "",
    "[Install]",
    "WantedBy=timers.target",
  ];
}

function words(names: readonly string[]): string {
  return names.map(quoted).join(" ");
}

/** cloud-init goes on after a command that failed: one script ends at the first. */
function bootScript({ packages, service }: HostPlan, from: PulledFrom, unit: string): string {
  const name = quoted(service.name);
  return [
    "set -eu",
    ...(packages.from === "packages"
      ? [
          `systemctl mask -q ${name}`,
          ...(packages.manager === "apt-get"
            ? [
                "export DEBIAN_FRONTEND=noninteractive",
                "apt-get -q update",
                `apt-get install -y -q --no-install-recommends ${words([...packages.names, ...from.packages])}`,
              ]
            : [`${packages.manager} install -y -q ${words(packages.names)}`]),
          `systemctl unmask -q ${name}`,
        ]
      : []),
    "systemctl daemon-reload",
    `systemctl enable -q --now ${unit}.timer`,
    "",
  ].join("\n");
}
