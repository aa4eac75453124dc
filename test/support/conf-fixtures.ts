import { join } from "node:path";
import { loadInput } from "../../cli/input.js";
import type { Input } from "../../cli/input.js";
import { nodeIo } from "../../cli/node-io.js";
import { run } from "../../core/conf/run/run.js";
import { NO_FILES } from "../../core/conf/run/reader.js";
import { readConf, readingOf } from "../../core/conf/read/read-conf.js";
import type { ReadConf, ReadOptions } from "../../core/conf/read/read-conf.js";
import type { Cluster, Topology } from "../../core/topology/topology.js";

const FOLDER = join(__dirname, "..", "fixtures", "conf");

/** Path of an httpd.conf of test/fixtures/conf. */
export function confFixture(name: string): string {
  return join(FOLDER, name);
}

/** Fixtures that httpd takes, and that have a description without loss. */
export const IMPORTABLE: readonly string[] = [
  "access-2.2.conf",
  "arguments-on-proxy.conf",
  "article-mended.conf",
  "crlf.conf",
  "debian",
  "health-checks.conf",
  "include-in-proxy/httpd.conf",
  "locations.conf",
  "macro.conf",
  "maintenance.conf",
  "many-errors-of-httpd.conf",
  "members-only.conf",
  "odd-case.conf",
  "proxyset-outside.conf",
  "rewrite.conf",
  "shadowed.conf",
  "shared-workers.conf",
  "twins.conf",
  "unclosed-quote.conf",
  "unix-sockets.conf",
  "vhost-balancers.conf",
  "vhost-settings.conf",
];

/** A fixture as a command reads it. */
export function loadFixture(name: string): Input {
  return loadInput(confFixture(name), nodeIo, {});
}

/** The text of one file, read; throws what httpd says to it. */
export function readText(text: string, options: ReadOptions = {}): ReadConf {
  const { error, expansion, statements } = run({ path: "httpd.conf", text, reader: NO_FILES });
  if (error !== undefined) throw new Error(`${error.line ?? ""}: ${error.message}`);
  return readConf(statements, { ...readingOf(expansion), ...options });
}

/** A cluster by name; throws when there is none. */
export function clusterOf(topology: Topology, name: string, scope?: string): Cluster {
  const found = topology.clusters.find((cluster) => cluster.name === name && cluster.scope === scope);
  if (found === undefined) throw new Error(`no cluster '${name}'`);
  return found;
}
