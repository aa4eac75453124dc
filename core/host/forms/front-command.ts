import { COMMAND_WORDS } from "./command-words.generated.js";
import { LIVE_WORDS } from "./live-words.generated.js";
import { MANAGER_WORDS } from "./manager-words.generated.js";
import { statusWords } from "../shown-status.js";
import { FRONT_STEPS } from "./shell-steps.generated.js";
import { clientPorts, egressPlaces, frontValues, probeUrl } from "./front-values.js";
import { assignments, document, fileWord, oneLine, quoted } from "./shell-words.js";
import type { LiveView } from "../live-view.js";
import type { HostPlan } from "../plan.js";

/** Where the command of a prepared host is. */
export function commandPath({ name }: HostPlan): string {
  return `/usr/local/sbin/httpd-front-${fileWord(name)}`;
}

/**
 * The one command that a user without rights may call on a prepared host: it reads a new httpd.conf from standard input
 * and brings it to serving with the same steps as the script of a front. It knows no part of the file, so that it stays
 * the same from deploy to deploy.
 */
export function frontCommand(plan: HostPlan): string {
  return [
    "#!/bin/sh",
    `# Takes the httpd.conf of front ${oneLine(plan.name)} from standard input; called by a deploy, with sudo.`,
    "# Written by cdktf-httpd-balancer.",
    ...assignments({ ...frontValues(plan), PROBE_URL: "", PROBE_HOST: "", FAILS_FROM: "500" }),
    "",
    `LETTERS=${quoted(statusWords())}`,
    FRONT_STEPS,
    MANAGER_WORDS,
    LIVE_WORDS,
    COMMAND_WORDS,
  ].join("\n");
}

/** What the command is told of a plan besides {@link longWords}, a word a line; it judges each. */
export function commandHeader(plan: HostPlan): readonly string[] {
  const { health, live, ports } = plan;
  return [
    `httpd=${plan.httpd}`,
    `probe=${probeUrl(health)}`,
    `probe_host=${health.host ?? ""}`,
    `fails_from=${health.failsFrom}`,
    ...clientPorts(ports).map((port) => `port=${port}`),
    ...(live === undefined ? [] : liveHeader(live)),
  ];
}

function liveHeader({ url, resolve, balancers, persists }: LiveView): readonly string[] {
  return [
    `manager=${url}`,
    ...(resolve === undefined ? [] : [`resolve=${resolve}`]),
    ...balancers.map((name) => `balancer=${name}`),
    ...(persists ? ["persists=yes"] : []),
  ];
}

/**
 * What the command is told of a plan that is too long for an environment: a line for each place that httpd has to reach, and
 * for each value that the manager can set.
 */
export function longWords({ live, egress }: HostPlan): string {
  const lines = (live?.declared ?? []).map(
    ({ balancer, member = "-", key, value }) => `declared=${[balancer, member, key, value].join("\t")}\n`,
  );
  return [...egressPlaces(egress).map((place) => `egress=${place}\n`), ...lines].join("");
}

/** A script that prepares a host once, as root: the command, and the right of a user to call it and nothing else. */
export function prepareScript(plan: HostPlan, user: string): string {
  const path = commandPath(plan);
  return [
    "#!/bin/sh",
    `# Prepares a host for front ${oneLine(plan.name)}; run it as root, and again when a deploy asks for it.`,
    "# Written by cdktf-httpd-balancer.",
    ...assignments({ COMMAND: path, ACCOUNT: user }),
    PREPARE.trimEnd(),
    ...document('cat >"$draft"', frontCommand(plan)),
    'chmod 0755 "$draft"',
    'mv -f "$draft" "$COMMAND"',
    ...(user === "root" ? [] : [PERMIT.trimEnd()]),
    `printf '%s\\n' ${quoted(`prepared: ${user} may call ${path}`)}`,
    "",
  ].join("\n");
}

const PREPARE = `set -eu
umask 022
say_no() { printf '%s\\nwhat to do: %s\\n' "$1" "$2" >&2; exit 1; }
[ "$(id -u)" = 0 ] || say_no "this has to be run as root" "call it with sudo"
id "$ACCOUNT" >/dev/null 2>&1 || say_no "user $ACCOUNT is not there" "make it: useradd -m $ACCOUNT"
mkdir -p "$(dirname "$COMMAND")"
draft=$(mktemp "$COMMAND.XXXXXXXXXX")
`;

/** Two double quotes in a rule of sudo stand for "without a word". */
const PERMIT = `[ -d /etc/sudoers.d ] || say_no "sudo is not there" "install it"
rule=/etc/sudoers.d/$(basename "$COMMAND" | tr . _)
printf '%s ALL=(root) NOPASSWD: %s ""\\n' "$ACCOUNT" "$COMMAND" >"$rule.new"
chmod 0440 "$rule.new"
visudo -cqf "$rule.new" || { rm -f "$rule.new"; say_no "sudo refuses the rule" "see what it says above"; }
mv -f "$rule.new" "$rule"
`;
