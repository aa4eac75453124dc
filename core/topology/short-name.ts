import { withoutCredentials } from "../vocabulary/credentials.js";

/** A member's name for people: members of an httpd.conf are named by their URL, of which host and port say enough. */
export function shortName(name: string): string {
  return withoutCredentials(name).replace(/^[a-z][a-z0-9+.-]*:\/\//i, "");
}
