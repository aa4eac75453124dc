/** Escapes of characters that never need one: httpd takes these back before it looks at dots and slashes. */
const UNRESERVED = /%(?:2[DE]|3[0-9]|4[1-9A-F]|5[0-9AF]|6[1-9A-F]|7[0-9AE])/gi;

/** What AllowEncodedSlashes makes of `%2f`. */
export type EncodedSlashes = "off" | "on" | "nodecode";

/**
 * The path httpd matches mounts against, from path and query as sent: dots resolved, slashes merged, decoded; a status
 * where httpd refuses it (`ap_normalize_path`, then `unescape_url` of server/util.c; measured on httpd 2.4.71).
 */
export function decodedPath(sent: string, slashes: EncodedSlashes = "off"): string | 400 | 404 {
  const raw = sent.split("?", 1)[0] ?? "";
  if (/%(?![0-9a-fA-F]{2})/.test(raw) || sent.includes("#")) return 400;
  const normal = withoutDots(raw.replace(UNRESERVED, decoded));
  if (normal === undefined) return 400;
  if (/%00/.test(normal) || (slashes === "off" && /%2f/i.test(normal))) return 404;
  const kept = slashes === "nodecode" ? /%(?!2[fF])[0-9a-fA-F]{2}/g : /%[0-9a-fA-F]{2}/g;
  const path = normal.replace(kept, decoded);
  return slashes === "on" ? (withoutDots(path) ?? path) : path;
}

function decoded(escape: string): string {
  return String.fromCharCode(parseInt(escape.slice(1), 16));
}

/**
 * A path with its dots resolved and its slashes merged, as `ap_normalize_path` and, for what a rule has made of it,
 * `apr_filepath_merge` do; undefined when it would lead above the root.
 */
export function withoutDots(path: string): string | undefined {
  const segments: string[] = [];
  for (const segment of path
    .replace(/\/{2,}/g, "/")
    .split("/")
    .slice(1)) {
    if (segment !== "." && segment !== "..") segments.push(segment);
    if (segment === ".." && segments.pop() === undefined) return undefined;
  }
  const folder = /\/\.{0,2}$/.test(path) && segments.length > 0 && segments.at(-1) !== "" ? "/" : "";
  return `/${segments.join("/")}${folder}`;
}
