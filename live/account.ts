import { readFileSync } from "node:fs";

const UNPRIVILEGED = ["www-data", "apache", "daemon", "nobody"];

/** Whom children of a private httpd run as: httpd refuses to run them as root. Undefined where this process is not root. */
export function account(): { readonly user: string; readonly group: string } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = readFileSync("/etc/passwd", "utf8").split("\n");
  for (const name of UNPRIVILEGED) {
    const [user, , , group] = accounts.find((line) => line.startsWith(`${name}:`))?.split(":") ?? [];
    if (user !== undefined && group !== undefined) return { user, group: `#${group}` };
  }
  return undefined;
}
