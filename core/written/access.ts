import { compareVersions } from "../vocabulary/versions.js";
import type { HttpdVersion } from "../vocabulary/versions.js";
import type { Access } from "../topology/topology.js";
import type { Pointer } from "../vocabulary/problem.js";
import { comment } from "./line.js";
import { aside, met } from "./piece.js";
import type { Piece } from "./piece.js";

/** Who may use a section: `Require`, or `Order`, `Deny` and `Allow` where the version knows no `Require`. */
export function writeAccess(access: Access, httpd: HttpdVersion, at: Pointer): readonly Piece[] {
  const reason = access.kind === "all" ? [aside(() => [comment(`open to everybody: ${access.reason}`)])] : [];
  const said = compareVersions(httpd, "2.4.0") < 0 ? orderAllow(access) : [requirement(access)];
  return [...reason, ...said.map(([name, ...words]) => met(name, words, at))];
}

type Said = readonly [name: string, ...words: readonly string[]];

function requirement(access: Access): Said {
  switch (access.kind) {
    case "local":
      return ["Require", "local"];
    case "all":
      return ["Require", "all", "granted"];
    case "denied":
      return ["Require", "all", "denied"];
    case "addresses":
      return ["Require", "ip", ...access.addresses];
  }
}

function orderAllow(access: Access): readonly Said[] {
  const closed: readonly Said[] = [
    ["Order", "deny,allow"],
    ["Deny", "from", "all"],
  ];
  switch (access.kind) {
    case "local":
      return [...closed, ["Allow", "from", "127.0.0.0/8", "::1"]];
    case "all":
      return [
        ["Order", "allow,deny"],
        ["Allow", "from", "all"],
      ];
    case "denied":
      return closed;
    case "addresses":
      return [...closed, ["Allow", "from", ...access.addresses]];
  }
}
