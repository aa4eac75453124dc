import { rewriteLineOf } from "../conf/run/statement.js";
import { isProxyRule } from "../httpd/rewrite-line.js";
import type { HttpdVersion, VersionRange } from "../vocabulary/versions.js";
import { lineSpot } from "./conf-view.js";
import type { Finding } from "./rule.js";
import type { View } from "./view.js";

/** A published weakness of httpd that only those have who use a part of it. */
export interface KnownCve extends VersionRange {
  readonly id: `CVE-${number}-${number}`;
  /** First release without it, as httpd's list of changes has it. */
  readonly until: HttpdVersion;
  /** What it needs, and what it lets happen. */
  readonly doc: string;
  /** The first part of a file that it concerns; undefined where it concerns none. */
  readonly concerns: (view: View) => Finding["at"] | undefined;
}

/** Weaknesses that concern who balances requests, the newest first. A new one is an entry here. */
export const KNOWN_CVES: readonly KnownCve[] = [
  {
    id: "CVE-2026-46729",
    until: "2.4.69",
    doc: "a heartbeat that is not strict in its numbers",
    concerns: ({ clusters, conf }) =>
      atLine({ conf }, "heartbeatlisten") ?? clusters.find(({ balancer }) => balancer.lbmethod === "heartbeat")?.at,
  },
  {
    id: "CVE-2026-34356",
    until: "2.4.68",
    doc: "rewriting of cookies with ProxyPassReverseCookiePath or ProxyPassReverseCookieDomain",
    concerns: (view) => atLine(view, "proxypassreversecookiepath") ?? atLine(view, "proxypassreversecookiedomain"),
  },
  { id: "CVE-2026-28780", until: "2.4.67", doc: "answers of AJP backends", concerns: (view) => memberOf(view, "ajp") },
  {
    id: "CVE-2025-54090",
    since: "2.4.64",
    until: "2.4.65",
    doc: "every `RewriteCond expr` holds",
    concerns: ({ conf }) => {
      const line = conf?.named("rewritecond").find(({ words }) => words[0]?.text.toLowerCase() === "expr");
      return line === undefined ? undefined : lineSpot(line);
    },
  },
  {
    id: "CVE-2025-49630",
    until: "2.4.64",
    doc: "an HTTP/2 backend with ProxyPreserveHost can end the process",
    concerns: (view) => (isOn(view, "proxypreservehost") ? (memberOf(view, "h2") ?? memberOf(view, "h2c")) : undefined),
  },
  {
    id: "CVE-2024-38473",
    until: "2.4.60",
    doc: "paths that are encoded pass access rules in front of the proxy",
    concerns: anyProxy,
  },
  {
    id: "CVE-2023-25690",
    until: "2.4.56",
    doc: "a pattern that copies the path into a target lets one request smuggle another",
    concerns: copiesPath,
  },
  {
    id: "CVE-2022-36760",
    until: "2.4.55",
    doc: "request smuggling to AJP backends",
    concerns: (view) => memberOf(view, "ajp"),
  },
  { id: "CVE-2022-31813", until: "2.4.54", doc: "a client can have X-Forwarded-For left away", concerns: anyProxy },
  {
    id: "CVE-2022-26377",
    until: "2.4.54",
    doc: "request smuggling to AJP backends",
    concerns: (view) => memberOf(view, "ajp"),
  },
  { id: "CVE-2021-40438", until: "2.4.49", doc: "a crafted path makes the proxy call any host", concerns: anyProxy },
  {
    id: "CVE-2019-17567",
    since: "2.4.6",
    until: "2.4.47",
    doc: "a WebSocket backend tunnels what no rule has seen",
    concerns: (view) => memberOf(view, "ws") ?? memberOf(view, "wss"),
  },
];

function anyProxy({ scopes }: View): Finding["at"] | undefined {
  return scopes.flatMap(({ mounts }) => mounts).find(({ target }) => target !== "!")?.at;
}

/** The place of the first member with a scheme, or of a mount that leads to one. */
function memberOf({ clusters, scopes }: View, scheme: string): Finding["at"] | undefined {
  const members = clusters.flatMap((cluster) => cluster.members);
  const member = members.find(({ backend }) => backend?.scheme === scheme);
  const mounts = scopes.flatMap(({ mounts: of }) => of);
  return member?.at ?? mounts.find(({ target }) => target.toLowerCase().startsWith(`${scheme}://`))?.at;
}

/** A ProxyPassMatch, or a RewriteRule with [P], whose target has a part of the path in it. */
function copiesPath(view: View): Finding["at"] | undefined {
  const matches = view.scopes.flatMap(({ mounts }) => mounts).filter(({ mount }) => mount.match === true);
  const rules = view.conf?.named("rewriterule") ?? [];
  const rule = rules.find(({ statement }) => {
    const { second = "", flags } = rewriteLineOf(statement) ?? {};
    return isProxyRule(flags) && /\$[0-9]/.test(second);
  });
  return matches.find(({ target }) => /\$[0-9]/.test(target))?.at ?? (rule === undefined ? undefined : lineSpot(rule));
}

function atLine({ conf }: Pick<View, "conf">, name: string): Finding["at"] | undefined {
  const [line] = conf?.named(name) ?? [];
  return line === undefined ? undefined : lineSpot(line);
}

function isOn({ conf, scopes }: View, name: "proxypreservehost"): boolean {
  const written = conf?.named(name).some(({ words }) => words[0]?.text.toLowerCase() === "on") ?? false;
  return written || scopes.some(({ scope }) => scope.settings[name] === true);
}
