import type { BackendTls, FrontTls } from "../../topology/topology.js";
import type { GrowingScope, ReadPlace } from "./read-state.js";
import { report } from "./read-state.js";
import { keepLine } from "./kept-text.js";
import type { Statement } from "../run/statement.js";

/** Directives of TLS that the topology has words for. */
const FRONT = ["sslengine", "sslcertificatefile", "sslcertificatekeyfile", "sslcertificatechainfile", "sslprotocol"];
const BACKEND = [
  "sslproxyengine",
  "sslproxyverify",
  "sslproxycheckpeername",
  "sslproxycheckpeerexpire",
  "sslproxycacertificatefile",
  "sslproxymachinecertificatefile",
  "sslproxyprotocol",
];

/** Directives read by {@link readTls}. */
export const TLS_DIRECTIVES: readonly string[] = [...FRONT, ...BACKEND];

/** Remembers a TLS directive until the scope is complete: only together they mean something. */
export function readTls(where: ReadPlace, statement: Statement): void {
  const { scope, section, conf } = where;
  const name = statement.name.toLowerCase();
  if (section !== undefined || statement.words.length === 0) {
    keepLine(where, statement);
    return;
  }
  const twice = scope.tls.get(name);
  scope.tls.set(name, [
    ...(name === "sslcertificatefile" || name === "sslcertificatekeyfile" ? (twice ?? []) : []),
    statement,
  ]);
  report(conf, statement, "understood");
}

/** TLS of a scope, and the lines it cannot say. */
export interface ReadTls {
  readonly tls?: FrontTls;
  readonly backendTls?: BackendTls;
  readonly left: readonly Statement[];
}

/** What TLS a scope has; a virtual host takes protocols over from the main server. */
export function tlsOf(scope: GrowingScope, main: GrowingScope): ReadTls {
  const front = frontTls(scope, main);
  const backend = backendTls(scope);
  const used = [...(front === undefined ? [] : FRONT), ...(backend === undefined ? [] : BACKEND)];
  const unused = [...scope.tls].flatMap(([name, statements]) => (used.includes(name) ? [] : statements));
  return {
    ...(front === undefined ? {} : { tls: front }),
    ...(backend === undefined ? {} : { backendTls: backend.tls }),
    left: [...unused, ...(backend?.left ?? [])],
  };
}

function word(scope: GrowingScope, name: string): string | undefined {
  return scope.tls.get(name)?.at(-1)?.words[0]?.text;
}

function frontTls(scope: GrowingScope, main: GrowingScope): FrontTls | undefined {
  const certificateFile = word(scope, "sslcertificatefile");
  const certificateKeyFile = word(scope, "sslcertificatekeyfile");
  const chainFile = word(scope, "sslcertificatechainfile");
  const single = ["sslcertificatefile", "sslcertificatekeyfile"].every((name) => scope.tls.get(name)?.length === 1);
  const on = word(scope, "sslengine")?.toLowerCase() === "on";
  if (!on || !single || certificateFile === undefined || certificateKeyFile === undefined) return undefined;
  const said = scope.tls.get("sslprotocol") ?? main.tls.get("sslprotocol");
  return {
    certificateFile,
    certificateKeyFile,
    ...(chainFile === undefined ? {} : { chainFile }),
    protocols: protocolsOf(said?.at(-1)) ?? ["all", "-SSLv3"],
  };
}

/** A word without a sign replaces those before it, so that of a plain list the last one counts (mod_ssl). */
function protocolsOf(statement: Statement | undefined): readonly string[] | undefined {
  if (statement === undefined) return undefined;
  const words = statement.words.map(({ text }) => text);
  const start = words.findLastIndex((text) => !/^[+-]/.test(text));
  return words.slice(Math.max(0, start));
}

/**
 * TLS to backends as the directives of a scope give it. A description turns name and expiry checks on with
 * verification and off without it; where the file has it otherwise, lines of its own say so.
 */
function backendTls(
  scope: GrowingScope,
): { readonly tls: BackendTls; readonly left: readonly Statement[] } | undefined {
  const engine = scope.tls.get("sslproxyengine")?.at(-1);
  if (engine?.words[0]?.text.toLowerCase() !== "on") return undefined;
  const required = word(scope, "sslproxyverify")?.toLowerCase() === "require";
  const caFile = word(scope, "sslproxycacertificatefile");
  const clientCertificateFile = word(scope, "sslproxymachinecertificatefile");
  const protocols = protocolsOf(scope.tls.get("sslproxyprotocol")?.at(-1));
  const checks = ["SSLProxyCheckPeerName", "SSLProxyCheckPeerExpire"].flatMap((name) => {
    const on = (word(scope, name.toLowerCase()) ?? "on").toLowerCase() === "on";
    return on === required ? [] : [lineOf(name, on ? "on" : "off", engine)];
  });
  const reason = `not verified in ${engine.place.file}:${engine.place.line}`;
  const authorities = required ? [] : (scope.tls.get("sslproxycacertificatefile") ?? []);
  return {
    tls: {
      verify: required ? { kind: "required" } : { kind: "off", reason },
      ...(caFile === undefined || !required ? {} : { caFile }),
      ...(clientCertificateFile === undefined ? {} : { clientCertificateFile }),
      ...(protocols === undefined ? {} : { protocols }),
    },
    left: [...checks, ...authorities],
  };
}

function lineOf(name: string, value: string, { place }: Statement): Statement {
  return { name, words: [{ text: value, place }], text: `${name} ${value}`, place };
}
