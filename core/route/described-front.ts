import { fromUnicode } from "../httpd/bytes.js";
import type { Server, Text, Topology, VirtualHost } from "../topology/topology.js";
import type { Pointer } from "../vocabulary/problem.js";
import { LAYOUTS } from "../vocabulary/layouts.js";
import { writeClosedFileSystem } from "../written/file-system.js";
import { writeHardening } from "../written/hardening.js";
import { writeScope } from "../written/server.js";
import type { Piece } from "../written/piece.js";
import { isIdleSection } from "./empty-section.js";
import { extraLines } from "./extra-lines.js";
import type { RouteLine } from "./line.js";

/** The lines that a request meets in a scope that no httpd.conf was read for: those it is written as, in their order. */
export function describedFront(
  topology: Topology,
  server: Server,
  host: VirtualHost | undefined,
  at: Pointer,
): readonly RouteLine[] {
  const layout = LAYOUTS[server.layout];
  const place = { server, layout, at, ...(host !== undefined && { host }) };
  const first =
    host === undefined ? [writeHardening(server, topology.httpd, at), writeClosedFileSystem(topology, server, at)] : [];
  return [...first, ...writeScope(topology, place)].flatMap((pieces) => linesOf(pieces));
}

function linesOf(pieces: readonly Piece[]): readonly RouteLine[] {
  return pieces.flatMap((piece): readonly RouteLine[] => {
    switch (piece.kind) {
      case "met":
        return metLines(piece);
      case "given":
        return extraLines(piece.lines, piece.at);
      case "aside":
        return [];
    }
  });
}

function metLines({ name, words, at, children }: Extract<Piece, { kind: "met" }>): readonly RouteLine[] {
  const bytes = words.map((word) => fromUnicode(literal(word)));
  const own = { name: name.toLowerCase(), text: bytes.join(" "), words: bytes, at };
  if (children === undefined) return [own];
  const inside = linesOf(children);
  return isIdleSection(name, inside) ? [] : [{ ...own, children: inside }];
}

/** Holes stand for hosts and ports, which decide about no request. */
function literal(text: Text): string {
  return typeof text === "string" ? text : text.map((part) => (typeof part === "string" ? part : "")).join("");
}
