import { compareVersions } from "../vocabulary/versions.js";
import type { HttpdVersion } from "../vocabulary/versions.js";
import type { Access } from "../topology/topology.js";
import { comment, directive } from "./line.js";
import type { Line } from "./line.js";

/** Who may use a section: `Require`, or `Order`, `Deny` and `Allow` where the version knows no `Require`. */
export function writeAccess(access: Access, httpd: HttpdVersion): readonly Line[] {
  const reason = access.kind === "all" ? [comment(`open to everybody: ${access.reason}`)] : [];
  return [...reason, ...(compareVersions(httpd, "2.4.0") < 0 ? orderAllow(access) : [requirement(access)])];
}

function requirement(access: Access): Line {
  switch (access.kind) {
    case "local":
      return directive("Require", "local");
    case "all":
      return directive("Require", "all", "granted");
    case "denied":
      return directive("Require", "all", "denied");
    case "addresses":
      return directive("Require", "ip", ...access.addresses);
  }
}

function orderAllow(access: Access): readonly Line[] {
  const closed = [directive("Order", "deny,allow"), directive("Deny", "from", "all")];
  switch (access.kind) {
    case "local":
      return [...closed, directive("Allow", "from", "127.0.0.0/8", "::1")];
    case "all":
      return [directive("Order", "allow,deny"), directive("Allow", "from", "all")];
    case "denied":
      return closed;
    case "addresses":
      return [...closed, directive("Allow", "from", ...access.addresses)];
  }
}
