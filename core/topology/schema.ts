import { BALANCER_PARAMETERS } from "../vocabulary/balancer.js";
import { parameterSchema } from "../vocabulary/codec.js";
import { HEALTH_CHECK_PARAMETERS } from "../vocabulary/health-check.js";
import type { JsonSchema } from "../vocabulary/json.js";
import { LAYOUTS } from "../vocabulary/layouts.js";
import type { ParameterTable } from "../vocabulary/parameter.js";
import { SERVER_SETTINGS } from "../vocabulary/settings.js";
import { ROLES } from "../vocabulary/status.js";
import { WORKER_PARAMETERS } from "../vocabulary/worker.js";

/**
 * JSON Schema of a spec file, assembled from the tables: parameters stand beside the keys of their owner, under
 * httpd's own words.
 */
export function specSchema(): JsonSchema {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Spec",
    ...record("Clusters of backends, and the httpd servers in front of them.", {
      $schema: { type: "string", description: "For editors." },
      httpd: { type: "string", description: "The httpd version the configuration is for. Default: 2.4.71." },
      clusters: named("Clusters by the name behind balancer://.", "cluster"),
      servers: named("httpd servers by name.", "server"),
      healthCheckTemplates: named("ProxyHCTemplate by name.", "healthCheckTemplate"),
      healthCheckExpressions: {
        type: "object",
        additionalProperties: { type: "string" },
        description: "ProxyHCExpr by name: the expression that a passed check makes true.",
      },
    }),
    required: ["clusters"],
    $defs: {
      cluster: CLUSTER,
      member: MEMBER,
      server: SERVER,
      virtualHost: VIRTUAL_HOST,
      mount: MOUNT,
      access: ACCESS,
      tls: FRONT_TLS,
      backendTls: BACKEND_TLS,
      healthCheckTemplate: record("Settings of health checks, shared by members.", templateParameters()),
    },
  };
}

function record(description: string, properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return { description, type: "object", properties, additionalProperties: false };
}

function named(description: string, definition: string): JsonSchema {
  return { description, type: "object", additionalProperties: { $ref: `#/$defs/${definition}` } };
}

function parameters(table: ParameterTable): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(Object.entries(table).map(([word, parameter]) => [word, parameterSchema(parameter)]));
}

function templateParameters(): Readonly<Record<string, JsonSchema>> {
  const own = Object.entries(HEALTH_CHECK_PARAMETERS).filter(([word]) => word !== "hctemplate");
  return parameters(Object.fromEntries(own));
}

function list(description: string, items: JsonSchema = { type: "string" }): JsonSchema {
  return { description, type: "array", items };
}

function text(description: string): JsonSchema {
  return { description, type: "string" };
}

const ACKNOWLEDGED: JsonSchema = {
  description: "Findings and broken promises that are accepted: id and reason.",
  type: "object",
  additionalProperties: { type: "string", minLength: 1 },
};

const MEMBER: JsonSchema = {
  ...record("A backend: its URL alone, or its URL with parameters.", {
    url: text("Where it is: http://app1:8080. Default: the name, where that is a URL."),
    role: { description: roleDoc(), enum: Object.keys(ROLES) },
    capacity: { description: "Most requests per second it can serve.", type: "number", exclusiveMinimum: 0 },
    zone: text("Failure zone: members of one zone may fail together."),
    replicationGroup: text("Members of one group hold copies of each other's sessions."),
    ...parameters(WORKER_PARAMETERS),
  }),
  type: ["string", "object"],
};

function roleDoc(): string {
  const roles = Object.entries(ROLES).map(([role, { doc }]) => `${role}: ${doc}`);
  return `What the member is for, instead of status. ${roles.join(" ")}`;
}

const CLUSTER: JsonSchema = record("One balancer and its members.", {
  ...parameters(BALANCER_PARAMETERS),
  members: named("Members by name, in the order httpd breaks ties by.", "member"),
  scope: text("Virtual host the balancer is defined in. Default: the main server, shared by all hosts."),
  routeCookie: record("Cookie with the route, set by httpd, for applications without a route in their sessions.", {
    name: text("Name of the cookie, such as ROUTEID."),
    path: text("Path of the cookie. Default: /."),
    secure: { description: "Sent over TLS only. Default: true.", type: "boolean" },
  }),
  promises: list("What must hold: an id, or an id with its parameters.", {
    type: ["string", "object"],
    minProperties: 1,
    maxProperties: 1,
    additionalProperties: { type: "object" },
  }),
  acknowledged: ACKNOWLEDGED,
  extra: list("Lines written into the <Proxy> block as they are."),
});

const ACCESS: JsonSchema = {
  description: "Who may use it: local, denied, a list of addresses, or { all: reason }.",
  type: ["string", "array", "object"],
  pattern: "^(local|denied)$",
  items: { type: "string" },
  properties: { all: text("Why everybody may.") },
  required: ["all"],
  additionalProperties: false,
};

const COOKIE_MAP: JsonSchema = {
  type: "object",
  additionalProperties: { type: "string" },
  description: "Internal to public name.",
};

const MOUNT: JsonSchema = {
  ...record("Where requests of a path go: a cluster, balancer://cluster/path, a URL, or '!' for nowhere.", {
    to: text("A cluster (the path is kept), balancer://cluster/path, a URL, or '!' to exclude the path."),
    match: { description: "The path is a regular expression.", type: "boolean" },
    inLocation: { description: "Written as <Location>.", type: "boolean" },
    via: { description: "The lines of extra that make this mount.", enum: ["rewrite", "handler"] },
    keywords: list("Words after the target.", { enum: ["nocanon", "interpolate", "noquery"] }),
    reverse: list("ProxyPassReverse lines instead of the one for the path.", {
      ...record("One line.", { path: text("Public path."), url: text("What responses say.") }),
      required: ["path", "url"],
    }),
    cookieDomains: COOKIE_MAP,
    cookiePaths: COOKIE_MAP,
    access: { $ref: "#/$defs/access" },
    ...parameters(WORKER_PARAMETERS),
  }),
  type: ["string", "object"],
  required: ["to"],
};

const FRONT_TLS: JsonSchema = {
  ...record("Certificate shown to clients.", {
    certificateFile: text("SSLCertificateFile."),
    certificateKeyFile: text("SSLCertificateKeyFile."),
    chainFile: text("SSLCertificateChainFile."),
    protocols: list("SSLProtocol. Default: TLSv1.2 and TLSv1.3."),
  }),
  required: ["certificateFile", "certificateKeyFile"],
};

const BACKEND_TLS: JsonSchema = record("How backends with TLS are verified.", {
  verify: {
    description: "required, or { off: reason }. Default: required.",
    type: ["string", "object"],
    pattern: "^required$",
    properties: { off: text("Why backends are not verified.") },
    required: ["off"],
    additionalProperties: false,
  },
  caFile: text("Trusted authorities. Default: the system's, where the layout has them."),
  clientCertificateFile: text("SSLProxyMachineCertificateFile."),
  protocols: list("SSLProxyProtocol."),
});

const SCOPE: Readonly<Record<string, JsonSchema>> = {
  serverName: text("ServerName."),
  serverAliases: list("ServerAlias."),
  mounts: named("Mounts by path.", "mount"),
  mountOrder: {
    description: "given: the order of mounts is that of an httpd.conf. Default: an order in which none hides another.",
    enum: ["given"],
  },
  tls: { $ref: "#/$defs/tls" },
  backendTls: { $ref: "#/$defs/backendTls" },
  manager: record("balancer-manager; closed to all but this host unless opened.", {
    path: text("Its path. Default: /balancer-manager."),
    access: { $ref: "#/$defs/access" },
  }),
  extra: list("Lines written as they are."),
  ...parameters(SERVER_SETTINGS),
};

const VIRTUAL_HOST: JsonSchema = {
  ...record("A <VirtualHost>.", { ...SCOPE, addresses: list("Addresses and ports: '*:80'.") }),
  required: ["addresses"],
};

const SERVER: JsonSchema = record("One httpd.", {
  ...SCOPE,
  layout: { description: "How it is installed. Default: debian.", enum: Object.keys(LAYOUTS) },
  listen: list("Ports, or addresses with ports.", {
    description: "A port, or an address and a port: 80, '127.0.0.1:80', '[::1]:80'.",
    type: ["integer", "string"],
    pattern: "^(.+:)?[0-9]+$",
  }),
  virtualHosts: named("Virtual hosts by name.", "virtualHost"),
  acknowledged: ACKNOWLEDGED,
});
