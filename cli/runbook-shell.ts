import type { Runbook, RunbookStep } from "../core/promises/runbook/step.js";
import { urlText } from "../core/scenario/nodes.js";
import type { Cluster } from "../core/topology/topology.js";
import { changeForm } from "../live/change.js";

const PRELUDE = `#!/bin/sh
# MANAGER: URL of balancer-manager. SERVER: command called with stop|start and the member's name; asks when unset.
set -eu
MANAGER=\${MANAGER:-http://localhost/balancer-manager}

manager() { curl -sSf -e "$MANAGER" "$@"; }
balancer() { manager "$MANAGER?xml=1" | tr -d '\\n' | sed 's#</httpd:balancer>#&\\n#g' | grep "<httpd:name>balancer://$BALANCER</httpd:name>"; }
nonce() { balancer | sed 's#.*<httpd:nonce>\\([^<]*\\)</httpd:nonce>.*#\\1#'; }
worker() { balancer | sed 's#</httpd:worker>#&\\n#g' | grep -F "<httpd:name>$1</httpd:name>"; }
busy() { worker "$1" | sed 's#.*<httpd:busy>\\([0-9]*\\)</httpd:busy>.*#\\1#'; }
change() { url=$1; shift; manager -o /dev/null -d "b=$BALANCER" --data-urlencode "w=$url" -d "nonce=$(nonce)" "$@" "$MANAGER"; }
await_idle() { until [ "$(busy "$1")" = 0 ]; do sleep 1; done; }
server() { if [ -n "\${SERVER:-}" ]; then $SERVER "$1" "$2"; else printf '%s %s, then press Enter: ' "$1" "$2"; read -r _; fi; }
`;

/** A runbook as a shell script with curl; members are told apart by their URLs. */
export function runbookShell(cluster: Cluster, { steps, notes, operation }: Runbook): string {
  const urls = new Map(cluster.members.map(({ name, url }) => [name, urlText(url)]));
  const lines = steps.flatMap(({ step }, index) => [
    "",
    `echo ${quoted(`${index + 1}. ${step.text}`)}`,
    ...stepLines(step, (member) => quoted(urls.get(member) ?? member)),
  ]);
  const comments = [`${operation} of ${cluster.name}`, ...notes].map((note) => `# ${note.replaceAll("\n", " ")}`);
  return [PRELUDE, ...comments, `BALANCER=${quoted(cluster.name)}`, ...lines, ""].join("\n");
}

function stepLines(step: RunbookStep, urlOf: (member: string) => string): readonly string[] {
  switch (step.kind) {
    case "set": {
      const form = (set: typeof step.set): string =>
        Object.entries(changeForm(set))
          .map(([key, value]) => `-d ${quoted(`${key}=${value}`)}`)
          .join(" ");
      const url = urlOf(step.set.member ?? "");
      return [`change ${url} ${form(step.set)}`, `# to take it back: change ${url} ${form(step.inverse)}`];
    }
    case "await-idle":
      return [`await_idle ${urlOf(step.member)}`];
    case "backend":
      return [
        `server ${step.action} ${quoted(step.member)}`,
        `# to take it back: server ${step.inverse} ${quoted(step.member)}`,
      ];
    case "check":
      return [];
  }
}

/** One word for the shell, whatever it holds. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
