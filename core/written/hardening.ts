import { hardeningOf } from "../topology/hardening.js";
import type { Hardened } from "../topology/hardening.js";
import type { Server, ServerScope } from "../topology/topology.js";
import type { Pointer } from "../vocabulary/problem.js";
import type { HttpdVersion } from "../vocabulary/versions.js";
import { comment } from "./line.js";
import { aside, met } from "./piece.js";
import type { Piece } from "./piece.js";

/** What the main server says so that nothing is open by default, each line with its reason above it. */
export function writeHardening(server: Server, httpd: HttpdVersion, at: Pointer): readonly Piece[] {
  return written(hardeningOf(server, httpd, "server"), server, httpd, at);
}

/** The same beside the certificate that a scope shows to clients. */
export function writeTlsHardening(
  server: Server,
  scope: ServerScope,
  httpd: HttpdVersion,
  at: Pointer,
): readonly Piece[] {
  return written(hardeningOf(server, httpd, "tls", scope), server, httpd, at);
}

/** A reason that holds for every directive is said once. */
function written(
  hardened: readonly Hardened[],
  { hardening }: Server,
  httpd: HttpdVersion,
  at: Pointer,
): readonly Piece[] {
  const all = hardening?.all?.off;
  const names = hardened.flatMap(({ entry, off }) => (off !== undefined && off === all ? [entry.directive] : []));
  const together =
    names.length === 0 ? [] : [aside(() => [comment(`left as httpd has them: ${names.join(", ")}: ${all ?? ""}`)])];
  return [
    ...together,
    ...hardened.flatMap((one) => (one.off === all && all !== undefined ? [] : piecesOf(one, httpd, at))),
  ];
}

function piecesOf({ entry, off }: Hardened, httpd: HttpdVersion, at: Pointer): readonly Piece[] {
  if (off !== undefined) return [aside(() => [comment(`${entry.directive} is left as httpd has it: ${off}`)])];
  return [aside(() => [comment(entry.doc)]), met(entry.directive, entry.words(httpd), at)];
}
