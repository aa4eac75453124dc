import { chmodSync, chownSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { nodePlan } from "../../core/host/nodes/node-plan.js";
import { tomcatWords } from "../../core/host/nodes/tomcat.js";
import { nodeHost, nodePorts } from "../../core/topology/app-node.js";
import type { AppNode } from "../../core/topology/app-node.js";
import type { Topology } from "../../core/topology/topology.js";
import { plainText } from "../../core/host/forms/plain-text.js";
import { javaNode } from "./java-node.js";
import type { JavaNode } from "./java-node.js";
import { AJP_SECRET } from "./topology.js";

/** Packages of Debian that Tomcat 10 runs from, unpacked and not installed. */
export const TOMCAT_PACKAGES = ["tomcat10-common", "libtomcat10-java", "libeclipse-jdt-core-java"] as const;

/** Small, as three of them run beside each other. */
const MEMORY = ["-Xms32m", "-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"];

/**
 * A Tomcat that runs the server.xml of its plan in a folder of its own.
 *
 * @param root - folder with the packages unpacked
 */
export function tomcatNode(topology: Topology, node: AppNode, root: string, folder: string): Promise<JavaNode> {
  const base = join(folder, node.name);
  for (const name of ["", "conf", "logs", "temp", "work", "webapps"]) {
    mkdirSync(join(base, name), { recursive: true });
    if (process.getuid?.() === 0) chownSync(join(base, name), 65_534, 65_534);
  }
  const { files, variables = [] } = nodePlan(topology, node);
  const [serverXml] = files;
  if (serverXml === undefined) throw new Error(`${node.name} has no file`);
  const file = join(base, "conf", "server.xml");
  writeFileSync(file, plainText(serverXml));
  chmodSync(file, 0o644);
  const home = join(root, "usr/share/tomcat10");
  const made = javaNode({
    name: node.name,
    words: [...MEMORY, ...tomcatWords(node.name, home, base), "-config", file, "start"],
    folder: base,
    log: join(base, "logs", "out.log"),
    environment: Object.fromEntries(variables.map(({ name }) => [name, AJP_SECRET])),
    origin: `http://${nodeHost(node)}:${nodePorts(node).http}`,
  });
  return Promise.resolve(made);
}
