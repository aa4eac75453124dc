/**
 * Subsystems of standalone-ha.xml that a web application with sessions on several nodes needs, and where each of their
 * extensions ends.
 */
const NEEDED = {
  "core-management": "core-management",
  "deployment-scanner": "deployment-scanner",
  "distributable-web": "clustering.web",
  ee: ".ee",
  elytron: "elytron",
  health: "health",
  infinispan: "infinispan",
  io: ".io",
  jgroups: "jgroups",
  logging: "logging",
  modcluster: "modcluster",
  naming: "naming",
  "request-controller": "request-controller",
  transactions: "transactions",
  undertow: "undertow",
} as const;

const SUBSYSTEM =
  /<subsystem xmlns="urn:(?:jboss:domain|wildfly):([\w.-]+):[^"]*"[^>]*?(?:\/>|>[\s\S]*?<\/subsystem>)/g;

/**
 * WildFly's own standalone-ha.xml with what is needed for the web only, so that it starts in two thirds of the time; what
 * the script of a node changes is in it.
 */
export function webProfile(standalone: string): string {
  const endings = Object.values(NEEDED);
  return standalone
    .replace(SUBSYSTEM, (text, name: string) => (name in NEEDED ? text : ""))
    .replace(/<extension module="([^"]+)"\/>/g, (text, name: string) =>
      endings.some((ending) => name.endsWith(ending)) ? text : "",
    )
    .replace(/ datasource="[^"]*"/, "")
    .replace("<remote-naming/>", "");
}
