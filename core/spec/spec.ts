import { entriesOf } from "../shape/collections.js";
import { text } from "../shape/plain.js";
import { record } from "../shape/record.js";
import { defined, documentSchema } from "../shape/shape.js";
import type { Shape } from "../shape/shape.js";
import { yamlOf } from "../shape/written.js";
import type { TopologyInput } from "../topology/build.js";
import type { HealthCheckExpression, HealthCheckTemplate, Topology } from "../topology/topology.js";
import { TEMPLATE_PARAMETERS } from "../vocabulary/health-check.js";
import type { JsonSchema } from "../vocabulary/json.js";
import { usualHttpd } from "../vocabulary/meant-httpd.js";
import type { HttpdVersion } from "../vocabulary/versions.js";
import { NODES, REPLICATION_GROUPS } from "./app-node.js";
import { CLUSTERS } from "./cluster.js";
import { SERVERS } from "./server.js";

const TEMPLATE = defined(
  "healthCheckTemplate",
  record({ parameters: { table: TEMPLATE_PARAMETERS } }, { doc: "Settings of health checks, shared by members." }),
);

const TEMPLATES: Shape<readonly HealthCheckTemplate[]> = entriesOf(TEMPLATE, {
  noun: "health-check template",
  allowed: "a mapping of names to templates",
  join: (name, { parameters }): HealthCheckTemplate => ({ name, parameters }),
  split: ({ name, parameters }) => [name, { parameters }],
});

const EXPRESSIONS: Shape<readonly HealthCheckExpression[]> = entriesOf(text(), {
  noun: "health-check expression",
  allowed: "a mapping of names to expressions",
  join: (name, expression): HealthCheckExpression => ({ name, expression }),
  split: ({ name, expression }) => [name, expression],
});

const VERSION: Shape<HttpdVersion> = {
  ...text(),
  read: (json) => json as HttpdVersion,
  write: (version) => version,
};

/**
 * A whole spec. Parameters stand beside the keys of their owner, under httpd's own words; what has a name stands under
 * that name.
 */
export const SPEC: Shape<TopologyInput> = record(
  {
    $schema: { doc: "For editors.", shape: text() },
    httpd: {
      doc: "The httpd version the configuration is for. Default: the one that the layout installs.",
      shape: VERSION,
    },
    clusters: { doc: "Clusters by the name behind balancer://.", shape: CLUSTERS, required: true },
    servers: { doc: "httpd servers by name.", shape: SERVERS, orEmpty: true },
    nodes: { doc: "Application servers by name; a member of a node's name is that node.", shape: NODES },
    replicationGroups: { doc: "Groups of nodes that hold copies of each other's sessions.", shape: REPLICATION_GROUPS },
    healthCheckTemplates: { doc: "ProxyHCTemplate by name.", shape: TEMPLATES, orEmpty: true },
    healthCheckExpressions: {
      doc: "ProxyHCExpr by name: the expression that a passed check makes true.",
      shape: EXPRESSIONS,
      orEmpty: true,
    },
  },
  {
    doc: "Clusters of backends, and the httpd servers in front of them.",
    refusal: (json) => ({
      ...(json === null ? { found: "an empty file" } : {}),
      fix: "write clusters: and servers: in it",
    }),
  },
);

/** JSON Schema of a spec file. */
export function specSchema(): JsonSchema {
  return documentSchema("Spec", SPEC);
}

/**
 * The YAML of a spec that reads back as this topology; the version is in it where it is not the one that counts without
 * it.
 *
 * @throws RangeError for text that is known only at apply
 */
export function specYaml(topology: Topology): string {
  const { httpd, ...rest } = topology;
  const usual = usualHttpd(topology.servers.map(({ layout }) => layout)).version;
  return yamlOf(SPEC.write(httpd === usual ? rest : topology) ?? {});
}
