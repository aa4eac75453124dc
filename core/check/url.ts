import { LONGEST } from "../httpd/worker-url.js";
import { withoutCredentials } from "../vocabulary/credentials.js";
import { shown } from "../vocabulary/shown.js";
import type { Problem } from "../vocabulary/problem.js";
import { SCHEMES, isSchemeName, schemeSince } from "../vocabulary/schemes.js";
import { suggestion } from "../vocabulary/suggest.js";
import { existsIn } from "../vocabulary/versions.js";
import type { HttpdVersion } from "../vocabulary/versions.js";
import { checkPattern, checkText } from "./text.js";
import type { Subject } from "./place.js";
import type { Text } from "../topology/topology.js";
import { sampleUrl } from "../topology/worker-scheme.js";

const EXAMPLE = "write it like http://app1:8080 or unix:/run/app.sock|http://app1";
const URL_FORM =
  /^(?:unix:(?<socket>\/[^|]*)\|)?(?<scheme>[A-Za-z][A-Za-z0-9+.-]*):\/\/(?<host>\[[0-9A-Fa-f:.]+\]|[^/:?#[\]@]+)(?::(?<port>[0-9]+))?(?<path>[/?#].*)?$/;

/** What a member or mount URL may be; `path` is refused where it would be cut or read as a parameter. */
export function checkUrl(url: Text, place: Subject, httpd: HttpdVersion | undefined): readonly Problem[] {
  const text = sampleUrl(url);
  const unsafe = checkText(text, place);
  if (unsafe.length > 0) return unsafe;
  const plain = checkPattern(text, place, {
    pattern: /^[!#-&(-;>-~]+$/,
    allowed: "a URL of ASCII letters, digits and signs, without blanks, quotes, '<' and '='",
    fix: "percent-encode other characters: httpd takes a word with '=' for a parameter and splits at blanks",
  });
  if (plain.length > 0) return plain;
  const parts = URL_FORM.exec(text)?.groups;
  const problem = (allowed: string, fix: string): readonly Problem[] => [
    { ...place, found: shown(withoutCredentials(text)), allowed, fix },
  ];
  if (parts === undefined) return problem("scheme://host[:port][/path]", EXAMPLE);
  const scheme = (parts["scheme"] ?? "").toLowerCase();
  const known = Object.keys(SCHEMES);
  if (!isSchemeName(scheme)) return problem(`a scheme of ${known.join(", ")}`, suggestion(scheme, known));
  if (httpd !== undefined && !existsIn(httpd, schemeSince(scheme))) {
    return problem(`schemes of httpd ${httpd}`, `set httpd to ${schemeSince(scheme) ?? httpd} or newer`);
  }
  const port = parts["port"];
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535)) {
    return problem("a port from 1 to 65535", "httpd would use the port modulo 65536; correct it");
  }
  if ((parts["host"] ?? "").length > LONGEST.hostname)
    return problem(`a host of at most ${LONGEST.hostname} bytes`, "shorten it");
  if ((parts["socket"] ?? "").length > LONGEST.socket) {
    return problem(`a socket path of at most ${LONGEST.socket} bytes`, "move the socket");
  }
  return text.length > LONGEST.name ? problem(`a URL of at most ${LONGEST.name} bytes`, "shorten the path") : [];
}
