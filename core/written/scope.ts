import { SERVER_SETTINGS } from "../vocabulary/settings.js";
import { printParameter } from "../vocabulary/codec.js";
import type { Parameter, ParameterValue } from "../vocabulary/parameter.js";
import { existsIn } from "../vocabulary/versions.js";
import type { HttpdVersion } from "../vocabulary/versions.js";
import { isPlainList } from "../topology/protocols.js";
import type { BackendTls, FrontTls, ServerScope } from "../topology/topology.js";
import type { Pointer } from "../vocabulary/problem.js";
import { comment, directive } from "./line.js";
import type { WrittenLine } from "./line.js";
import { met } from "./piece.js";
import type { Piece } from "./piece.js";

/** ServerName and ServerAlias. */
export function writeNames({ serverName, serverAliases = [] }: ServerScope): readonly WrittenLine[] {
  return [
    ...(serverName === undefined ? [] : [directive("ServerName", serverName)]),
    ...Array.from({ length: Math.ceil(serverAliases.length / ALIASES_A_LINE) }, (_, index) =>
      directive("ServerAlias", ...serverAliases.slice(index * ALIASES_A_LINE, (index + 1) * ALIASES_A_LINE)),
    ),
  ];
}

/** A line of httpd holds many more, but not as many as an imported file may have in all its lines. */
const ALIASES_A_LINE = 1_000;

/** The settings made, in the order of the table. */
export function writeSettings({ settings }: ServerScope, at: Pointer): readonly Piece[] {
  const given = settings as Readonly<Record<string, ParameterValue | undefined>>;
  return Object.entries(SERVER_SETTINGS).flatMap(([name, entry]) => {
    const value = given[name];
    const parameter: Parameter = entry;
    return value === undefined
      ? []
      : [met(entry.directive, [printParameter(parameter, value)], `${at}/settings/${name}`)];
  });
}

/** The certificate shown to clients; TLS 1.2 and newer unless protocols are given. */
export function writeFrontTls(tls: FrontTls, httpd: HttpdVersion, at: Pointer): readonly Piece[] {
  const newest = existsIn(httpd, "2.4.36") ? ["TLSv1.2", "TLSv1.3"] : ["TLSv1.2"];
  return [
    met("SSLEngine", ["on"], at),
    met("SSLCertificateFile", [tls.certificateFile], at),
    met("SSLCertificateKeyFile", [tls.certificateKeyFile], at),
    ...(tls.chainFile === undefined ? [] : [met("SSLCertificateChainFile", [tls.chainFile], at)]),
    met("SSLProtocol", protocolWords(tls.protocols ?? newest), at),
  ];
}

/** TLS to backends: verified, unless a reason says why not. */
export function writeBackendTls(
  tls: BackendTls,
  systemCaFile: string | undefined,
  httpd: HttpdVersion,
): readonly WrittenLine[] {
  const caFile = tls.caFile ?? systemCaFile;
  const checkName = existsIn(httpd, "2.4.5") ? "SSLProxyCheckPeerName" : "SSLProxyCheckPeerCN";
  const check =
    tls.verify.kind === "off"
      ? [
          comment(`backends are not verified: ${tls.verify.reason}`),
          directive("SSLProxyVerify", "none"),
          directive(checkName, "off"),
          directive("SSLProxyCheckPeerExpire", "off"),
        ]
      : [
          directive("SSLProxyVerify", "require"),
          directive(checkName, "on"),
          directive("SSLProxyCheckPeerExpire", "on"),
          ...(caFile === undefined ? [] : [directive("SSLProxyCACertificateFile", caFile)]),
        ];
  return [
    directive("SSLProxyEngine", "on"),
    ...check,
    ...(tls.clientCertificateFile === undefined
      ? []
      : [directive("SSLProxyMachineCertificateFile", tls.clientCertificateFile)]),
    ...(tls.protocols === undefined ? [] : [directive("SSLProxyProtocol", ...protocolWords(tls.protocols))]),
  ];
}

/** A word without a sign would replace the ones before it, so a plain list is written as nothing plus each. */
function protocolWords(protocols: readonly string[]): readonly string[] {
  return isPlainList(protocols) ? ["-all", ...protocols.map((word) => `+${word}`)] : protocols;
}
