import { isPlainList } from "../topology/protocols.js";
import type { BackendTls, FrontTls } from "../topology/topology.js";
import type { Problem } from "../vocabulary/problem.js";
import { shown } from "../vocabulary/shown.js";
import type { Subject } from "./place.js";
import { checkPattern, checkText } from "./text.js";

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

/** TLS to clients. */
export function checkFrontTls(tls: FrontTls, { at, subject }: Subject): readonly Problem[] {
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

/** TLS to backends. */
export function checkBackendTls(tls: BackendTls, { at, subject }: Subject): readonly Problem[] {
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
