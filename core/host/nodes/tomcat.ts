import type { HostFile } from "../plan.js";
import type { NodeService, NodeSite } from "./node-site.js";
import { tomcatServerXml } from "./tomcat-server-xml.js";
import { unitFile } from "./unit.js";

/** Where Debian's package tomcat10-common has the server. */
const HOME = "/usr/share/tomcat10";

/** The Java property that lets server.xml refer to variables of the environment. */
const FROM_ENVIRONMENT =
  "-Dorg.apache.tomcat.util.digester.PROPERTY_SOURCE=org.apache.tomcat.util.digester.EnvironmentPropertySource";

/** A Tomcat of Debian's packages, which bring no service of their own. */
export function tomcatService({ node, group, route, secret }: NodeSite): NodeService {
  const base = `/var/lib/${node.name}`;
  const configFile = `/etc/${node.name}/server.xml`;
  const environmentFile = secret === undefined ? undefined : `/etc/${node.name}/secrets`;
  const text = tomcatServerXml(node, {
    group,
    ...(route === undefined ? {} : { route }),
    ...(secret === undefined ? {} : { secret: `\${${secret.name}}` }),
  });
  const serverXml: HostFile = { path: configFile, text, owner: "root", group: "root", mode: "0644", secret: false };
  const unit = unitFile({
    name: node.name,
    description: `Tomcat ${node.name}`,
    user: "nobody",
    environment: [],
    environmentFile,
    before: [
      `/bin/mkdir -p ${["conf", "logs", "temp", "work", "webapps"].map((folder) => `${base}/${folder}`).join(" ")}`,
    ],
    start: ["/usr/bin/java", ...tomcatWords(node.name, HOME, base), "-config", configFile, "start"].join(" "),
  });
  return {
    packages: {
      from: "packages",
      manager: "apt-get",
      names: ["tomcat10-common", "libtomcat10-java", "default-jre-headless", "curl"],
    },
    files: [serverXml, unit],
    service: {
      name: node.name,
      program: "java",
      user: "nobody",
      group: "nogroup",
      configFile,
      pidFile: `${base}/tomcat.pid`,
      environmentFile,
      folders: [base],
    },
  };
}

/** What java is called with, up to Tomcat's own words. */
export function tomcatWords(name: string, home: string, base: string): readonly string[] {
  return [
    "-Djava.awt.headless=true",
    `-Dnode.name=${name}`,
    FROM_ENVIRONMENT,
    `-Djava.io.tmpdir=${base}/temp`,
    `-Dcatalina.home=${home}`,
    `-Dcatalina.base=${base}`,
    "-cp",
    `${home}/bin/bootstrap.jar:${home}/bin/tomcat-juli.jar`,
    "org.apache.catalina.startup.Bootstrap",
  ];
}
