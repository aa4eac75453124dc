import { isSchemeName } from "../vocabulary/schemes.js";
import type { SchemeName } from "../vocabulary/schemes.js";
import type { Text } from "./topology.js";

/** The scheme of a worker URL in lower case; undefined when it is not literal or not known. */
export function schemeOf(url: Text): SchemeName | undefined {
  const scheme = /^(?:unix:[^|]*\|)?([A-Za-z][A-Za-z0-9+.-]*):\/\//.exec(sampleUrl(url))?.[1]?.toLowerCase();
  return scheme !== undefined && isSchemeName(scheme) ? scheme : undefined;
}

const HOLE = "deferred";

/** The URL with its holes filled by a word that fits host, port and path. */
export function sampleUrl(url: Text): string {
  if (typeof url === "string") return url;
  return url.map((piece, index) => (typeof piece === "string" ? piece : fillerAfter(url[index - 1]))).join("");
}

function fillerAfter(before: unknown): string {
  if (typeof before !== "string" || !before.endsWith(":")) return HOLE;
  return before === "unix:" ? `/${HOLE}` : "1";
}
