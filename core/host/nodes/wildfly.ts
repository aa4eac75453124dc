import type { HostFile } from "../plan.js";
import type { NodeService, NodeSite } from "./node-site.js";
import { bindAddress } from "./tomcat-server-xml.js";
import { unitFile } from "./unit.js";
import { wildflyCliScript } from "./wildfly-cli.js";

/** Where an archive of WildFly is unpacked: no package brings it. */
const HOME = "/opt/wildfly";

/**
 * A WildFly from its archive. Its own copy of the configuration is made by the script before each start, so that a
 * changed script counts with the next one.
 */
export function wildflyService({ node, group, copies }: NodeSite): NodeService {
  const base = `/var/lib/${node.name}`;
  const configFile = `/etc/${node.name}/node.cli`;
  const text = wildflyCliScript(node, { group, copies });
  const script: HostFile = { path: configFile, text, owner: "root", group: "root", mode: "0644", secret: false };
  const address = bindAddress(node);
  const unit = unitFile({
    name: node.name,
    description: `WildFly ${node.name}`,
    user: "wildfly",
    environment: [`JAVA_OPTS=-Djboss.server.base.dir=${base} -Djava.awt.headless=true`, "LAUNCH_JBOSS_IN_BACKGROUND=1"],
    environmentFile: undefined,
    before: [
      `/bin/cp -r ${HOME}/standalone/. ${base}`,
      ...(node.application === undefined ? [] : [`/bin/cp -r ${node.application} ${base}/deployments/`]),
      `${HOME}/bin/jboss-cli.sh --file=${configFile}`,
    ],
    start: [
      `${HOME}/bin/standalone.sh`,
      "-c standalone-ha.xml",
      `-Djboss.node.name=${node.name}`,
      `-b ${address}`,
      "-bmanagement 127.0.0.1",
      `-bprivate ${address}`,
    ].join(" "),
  });
  return {
    packages: { from: "given" },
    files: [script, unit],
    service: {
      name: node.name,
      program: "java",
      user: "wildfly",
      group: "wildfly",
      configFile,
      pidFile: `${base}/wildfly.pid`,
      environmentFile: undefined,
      folders: [base],
    },
  };
}
