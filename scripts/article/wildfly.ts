import { execFile } from "node:child_process";
import { chownSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { nodePlan } from "../../core/host/nodes/node-plan.js";
import { nodeHost, nodePorts } from "../../core/topology/app-node.js";
import type { AppNode } from "../../core/topology/app-node.js";
import type { Topology } from "../../core/topology/topology.js";
import { plainText } from "../../core/host/forms/plain-text.js";
import { javaNode } from "./java-node.js";
import type { JavaNode } from "./java-node.js";
import { webProfile } from "./wildfly-profile.js";

/** Small and quick to start, as three of them run beside each other and live for a minute. */
const SMALL = [
  "-Xms64m",
  "-Xmx256m",
  "-XX:MaxMetaspaceSize=192m",
  "-XX:+UseSerialGC",
  "-XX:TieredStopAtLevel=1",
  "-XX:+UnlockDiagnosticVMOptions",
  "-XX:-BytecodeVerificationRemote",
];

/**
 * A WildFly with the configuration that the script of its plan makes, in a folder of its own.
 *
 * @param root - the unpacked archive
 */
export async function wildflyNode(topology: Topology, node: AppNode, root: string, folder: string): Promise<JavaNode> {
  const base = join(folder, node.name);
  cpSync(join(root, "standalone"), base, { recursive: true });
  mkdirSync(join(base, "tmp"), { recursive: true });
  await configure(topology, node, root, base);
  deploy(node, base);
  if (process.getuid?.() === 0) own(base);
  const address = nodeHost(node);
  return javaNode({
    name: node.name,
    words: [
      ...SMALL,
      ...javaOpens(root),
      "-Djava.net.preferIPv4Stack=true",
      "-Djboss.modules.system.pkgs=org.jboss.byteman",
      "-Djava.awt.headless=true",
      `-Dorg.jboss.boot.log.file=${base}/log/server.log`,
      `-Dlogging.configuration=file:${base}/configuration/logging.properties`,
      "-jar",
      `${root}/jboss-modules.jar`,
      "-mp",
      `${root}/modules`,
      "org.jboss.as.standalone",
      `-Djboss.home.dir=${root}`,
      `-Djboss.server.base.dir=${base}`,
      "-c",
      "standalone-ha.xml",
      `-Djboss.node.name=${node.name}`,
      ...["-b", "-bmanagement", "-bprivate"].flatMap((word) => [word, address]),
    ],
    folder: base,
    log: join(base, "out.log"),
    environment: {},
    origin: `http://${address}:${nodePorts(node).http}`,
  });
}

/** As it is done before each start of the unit: the script of the plan, by WildFly's own program. */
async function configure(topology: Topology, node: AppNode, root: string, base: string): Promise<void> {
  const [script] = nodePlan(topology, node).files;
  if (script === undefined) throw new Error(`${node.name} has no file`);
  const file = join(base, "node.cli");
  writeFileSync(file, plainText(script));
  const standalone = join(base, "configuration", "standalone-ha.xml");
  writeFileSync(standalone, webProfile(readFileSync(standalone, "utf8")));
  await promisify(execFile)(join(root, "bin/jboss-cli.sh"), [`--file=${file}`], {
    env: {
      PATH: "/usr/bin:/bin",
      HOME: base,
      JBOSS_HOME: root,
      JAVA_OPTS: `${SMALL.join(" ")} -Djboss.server.base.dir=${base}`,
    },
    timeout: 300_000,
  });
}

/** The application as a folder, which the scanner of deployments takes where a marker says so. */
function deploy(node: AppNode, base: string): void {
  if (node.application === undefined) return;
  const target = join(base, "deployments", "demo.war");
  cpSync(node.application, target, { recursive: true });
  writeFileSync(`${target}.dodeploy`, "");
}

/** What Java 17 and later have to be told, from WildFly's own start script. */
function javaOpens(root: string): readonly string[] {
  const script = readFileSync(join(root, "bin/common.sh"), "utf8");
  return [
    ...new Set([...script.matchAll(/--add-(?:exports|opens)=[\w.]+\/[\w.]+=ALL-UNNAMED/g)].map(([word]) => word)),
  ];
}

function own(path: string): void {
  chownSync(path, 65_534, 65_534);
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (entry.isDirectory()) own(join(path, entry.name));
    else if (existsSync(join(path, entry.name))) chownSync(join(path, entry.name), 65_534, 65_534);
  }
}
