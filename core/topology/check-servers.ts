import { LAYOUTS } from "../vocabulary/layouts.js";
import { shown } from "../vocabulary/shown.js";
import type { Pointer, Problem } from "../vocabulary/problem.js";
import { SCHEMES } from "../vocabulary/schemes.js";
import { SERVER_SETTINGS } from "../vocabulary/settings.js";
import { checkAccess } from "./check-access.js";
import { checkHostAddress, checkListen, checkServerAlias, checkServerName } from "./check-addresses.js";
import { checkMounts } from "./check-mounts.js";
import { checkKnown, checkParameters, checkUnique } from "./check-parameters.js";
import { checkLines, checkPattern, checkText } from "./check-text.js";
import type { Subject } from "./check-text.js";
import { schemeOf } from "./worker-scheme.js";
import type { CheckPlace } from "./check-clusters.js";
import { clusterNamed } from "./seen-cluster.js";
import { isPlainList } from "./protocols.js";
import type { BackendTls, FrontTls, Server, ServerScope, Topology, VirtualHost } from "./topology.js";

/** Settings that httpd takes in the main server only. */
const MAIN_ONLY: ReadonlySet<string> = new Set([
  "proxyhctpsize",
  "maxrequestworkers",
  "threadsperchild",
  "serverlimit",
]);

const FILE = {
  pattern: /^[^"'\\]+$/,
  allowed: "a path without quotes and backslashes",
  fix: "rename the file",
};
const PROTOCOL = {
  pattern: /^([+-]?(all|TLSv1|TLSv1\.[123])|-SSLv3)$/,
  allowed: "all, TLSv1.2 or TLSv1.3, with '+' or '-' in front",
  fix: "write for example TLSv1.2 and TLSv1.3",
};
/** What is wrong with one server, as part of the topology. */
export function checkServer(topology: Topology, index: number): readonly Problem[] {
  const server = topology.servers[index];
  if (server === undefined) return [];
  const at: Pointer = `/servers/${index}`;
  const owner = `server ${shown(server.name)}`;
  const { httpd } = topology;
  return [
    ...checkPattern(
      server.name,
      { at: `${at}/name`, subject: "name of a server" },
      {
        pattern: /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/,
        allowed: "1 to 63 letters, digits, '.', '_' and '-'",
        fix: "rename it: the name becomes a folder",
      },
    ),
    ...checkKnown(server.layout, Object.keys(LAYOUTS), { at: `${at}/layout`, subject: `layout of ${owner}` }),
    ...(server.serverAliases === undefined
      ? []
      : [
          {
            at: `${at}/serverAliases` as const,
            subject: `serverAliases of ${owner}`,
            found: "the main server",
            allowed: "a virtual host",
            fix: "move them to a virtual host: httpd takes ServerAlias only there",
          },
        ]),
    ...checkListen(server.listen, { at: `${at}/listen`, subject: `listen of ${owner}` }),
    ...checkScope(topology, { server, scope: server, at, owner, httpd }),
    ...server.virtualHosts.flatMap((host, number) =>
      checkHost(topology, server, host, { at: `${at}/virtualHosts/${number}`, httpd }),
    ),
    ...checkUnique(
      server.virtualHosts,
      ({ name }) => name,
      ({ name }, number) => ({
        at: `${at}/virtualHosts/${number}/name`,
        subject: `name of virtual host ${shown(name)}`,
        found: "the name of an earlier one",
        allowed: "a name of its own",
        fix: "rename one of the two",
      }),
    ),
  ];
}

function checkHost(topology: Topology, server: Server, host: VirtualHost, place: CheckPlace): readonly Problem[] {
  const { at, httpd } = place;
  const owner = `virtual host ${shown(host.name)}`;
  const misplaced = Object.keys(host.settings).filter((name) => MAIN_ONLY.has(name));
  return [
    ...checkText(host.name, { at: `${at}/name`, subject: "name of a virtual host" }),
    ...(host.addresses.length === 0
      ? [
          {
            at: `${at}/addresses` as const,
            subject: `addresses of ${owner}`,
            found: "none",
            allowed: "at least one",
            fix: "write for example ['*:80']",
          },
        ]
      : []),
    ...host.addresses.flatMap((address, index) =>
      checkHostAddress(address, { at: `${at}/addresses/${index}`, subject: `address of ${owner}` }),
    ),
    ...misplaced.map((name) => ({
      at: `${at}/settings/${name}` as const,
      subject: `${name} of ${owner}`,
      found: "a virtual host",
      allowed: "the server",
      fix: "move the setting to the server: httpd refuses it in a virtual host",
    })),
    ...checkScope(topology, { server, scope: host, host, at, owner, httpd }),
  ];
}

interface ScopePlace extends CheckPlace {
  readonly server: Server;
  readonly scope: ServerScope;
  readonly host?: VirtualHost;
  readonly owner: string;
}

function checkScope(topology: Topology, place: ScopePlace): readonly Problem[] {
  const { server, scope, host, at, owner, httpd } = place;
  return [
    ...(scope.serverName === undefined
      ? []
      : checkServerName(scope.serverName, { at: `${at}/serverName`, subject: `serverName of ${owner}` })),
    ...(scope.serverAliases ?? []).flatMap((name, index) =>
      checkServerAlias(name, { at: `${at}/serverAliases/${index}`, subject: `serverAliases of ${owner}` }),
    ),
    ...checkParameters(SERVER_SETTINGS, scope.settings, { at: `${at}/settings`, owner, httpd }),
    ...checkMounts(topology, { server, host, mounts: scope.mounts, at, owner, httpd }),
    ...(scope.tls === undefined ? [] : checkFrontTls(scope.tls, { at: `${at}/tls`, subject: `tls of ${owner}` })),
    ...(scope.backendTls === undefined
      ? []
      : checkBackendTls(scope.backendTls, { at: `${at}/backendTls`, subject: `backendTls of ${owner}` })),
    ...checkTrust(topology, place),
    ...(scope.manager === undefined
      ? []
      : [
          ...checkPattern(
            scope.manager.path ?? "/",
            { at: `${at}/manager/path`, subject: `manager path of ${owner}` },
            {
              pattern: /^\/[A-Za-z0-9_./~-]*$/,
              allowed: "'/' and then letters, digits and '_.-~/'",
              fix: "write it like /balancer-manager",
            },
          ),
          ...checkAccess(scope.manager.access, {
            at: `${at}/manager/access`,
            subject: `access to balancer-manager of ${owner}`,
          }),
        ]),
    ...checkLines(scope.extra ?? [], { at: `${at}/extra`, subject: `extra of ${owner}` }),
  ];
}

function checkFrontTls(tls: FrontTls, { at, subject }: Subject): readonly Problem[] {
  const file = (name: "certificateFile" | "certificateKeyFile" | "chainFile"): readonly Problem[] =>
    tls[name] === undefined
      ? []
      : checkPattern(tls[name], { at: `${at}/${name}`, subject: `${name} in ${subject}` }, FILE);
  return [
    ...file("certificateFile"),
    ...file("certificateKeyFile"),
    ...file("chainFile"),
    ...checkProtocols(tls.protocols, { at, subject }),
  ];
}

function checkBackendTls(tls: BackendTls, { at, subject }: Subject): readonly Problem[] {
  const file = (name: "caFile" | "clientCertificateFile"): readonly Problem[] =>
    tls[name] === undefined
      ? []
      : checkPattern(tls[name], { at: `${at}/${name}`, subject: `${name} in ${subject}` }, FILE);
  const { verify } = tls;
  return [
    ...file("caFile"),
    ...file("clientCertificateFile"),
    ...checkProtocols(tls.protocols, { at, subject }),
    ...(verify.kind === "off"
      ? checkText(verify.reason, { at: `${at}/verify/reason`, subject: `reason why ${subject} is not verified` })
      : []),
  ];
}

function checkProtocols(protocols: readonly string[] | undefined, { at, subject }: Subject): readonly Problem[] {
  if (protocols === undefined) return [];
  const place: Subject = { at: `${at}/protocols`, subject: `protocols in ${subject}` };
  const wrong = protocols.flatMap((word, index) =>
    checkPattern(word, { ...place, at: `${place.at}/${index}` }, PROTOCOL),
  );
  if (wrong.length > 0) return wrong;
  const found = shown(protocols);
  const late = protocols.slice(1).find((word) => /^[A-Za-z]/.test(word));
  if (late !== undefined && !isPlainList(protocols)) {
    const fix = `write +${late} or -${late}: httpd would forget the words before it`;
    return [{ ...place, found, allowed: "signs on all words but the first", fix }];
  }
  if (leftProtocols(protocols) > 0) return [];
  return [{ ...place, found, allowed: "at least one protocol that is left", fix: "write for example TLSv1.3" }];
}

/** How many protocols words leave, read as mod_ssl does (`ssl_cmd_protocol_parse`): a word without a sign replaces all. */
function leftProtocols(words: readonly string[]): number {
  const all = ["tlsv1", "tlsv1.1", "tlsv1.2", "tlsv1.3"];
  const left = new Set<string>();
  for (const word of words) {
    const named = word.replace(/^[+-]/, "").toLowerCase();
    for (const protocol of named === "all" ? all : [named]) {
      if (word.startsWith("-")) left.delete(protocol);
      else left.add(protocol);
    }
  }
  return left.size;
}

/** Backends are verified against a file: the system's, where the layout knows one. */
function checkTrust(topology: Topology, { server, scope, host, at, owner }: ScopePlace): readonly Problem[] {
  const settings = scope.backendTls ?? server.backendTls;
  if (settings?.verify.kind === "off" || settings?.caFile !== undefined) return [];
  if (!Object.hasOwn(LAYOUTS, server.layout) || "caFile" in LAYOUTS[server.layout]) return [];
  const urls = scope.mounts.flatMap(({ to }) => {
    if (to.kind === "url") return [to.url];
    if (to.kind === "exclude") return [];
    return clusterNamed(topology, to.cluster, { server, host })?.cluster.members.map(({ url }) => url) ?? [];
  });
  const encrypted = urls.some((url) => {
    const scheme = schemeOf(url);
    return scheme !== undefined && SCHEMES[scheme].tls;
  });
  if (!encrypted) return [];
  const subject = `backendTls of ${owner}`;
  const fix = "name the file, or switch verification off with a reason";
  return [
    { at: `${at}/backendTls`, subject, found: "no caFile", allowed: "the file with the trusted authorities", fix },
  ];
}
