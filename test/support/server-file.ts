import { readFileSync } from "node:fs";
import { isUnread, readServerFile } from "../../core/server-files/read-server-file.js";
import type { AppServerFile } from "../../core/server-files/server-file.js";

/** The configuration of an application server as it was read; throws for another file. */
export function serverIn(path: string, properties: Readonly<Record<string, string>> = {}): AppServerFile {
  const read = readServerFile({
    file: path,
    text: readFileSync(path, "utf8"),
    properties: new Map(Object.entries(properties)),
  });
  if (isUnread(read) || read.kind === "workers" || read.kind === "application") throw new Error(JSON.stringify(read));
  return read;
}
