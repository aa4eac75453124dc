import { entriesOf, listOf } from "../shape/collections.js";
import { text, words } from "../shape/plain.js";
import { record } from "../shape/record.js";
import { defined, mapped } from "../shape/shape.js";
import type { Shape, ValueOf } from "../shape/shape.js";
import type { ServerInput, VirtualHostInput } from "../topology/build.js";
import type { Access, Listen, Manager } from "../topology/topology.js";
import { LAYOUTS } from "../vocabulary/layouts.js";
import type { LayoutName } from "../vocabulary/layouts.js";
import { SERVER_SETTINGS } from "../vocabulary/settings.js";
import { shown } from "../vocabulary/shown.js";
import { ACCESS_SHAPE } from "./access.js";
import { ACKNOWLEDGED } from "./acknowledged.js";
import { FRONTS } from "./fronts.js";
import { HARDENING_CHOICES } from "./hardening.js";
import { MOUNTS } from "./mount.js";
import { BACKEND_TLS, FRONT_TLS } from "./tls.js";

const LOCAL: Access = { kind: "local" };

/** balancer-manager, closed to all but this host unless it is opened. */
const MANAGER: Shape<Manager> = mapped(
  record(
    {
      path: { doc: "Its path. Default: /balancer-manager.", shape: text() },
      access: { doc: "Who may use it. Default: local.", shape: ACCESS_SHAPE },
    },
    { doc: "balancer-manager; closed to all but this host unless opened." },
  ),
  {
    read: ({ access = LOCAL, ...own }): Manager => ({ ...own, access }),
    write: (manager) => manager,
  },
);

/** What main server and virtual hosts have in common. */
const SCOPE = {
  serverName: { doc: "ServerName.", shape: text() },
  serverAliases: { doc: "ServerAlias.", shape: listOf(text()) },
  settings: { table: SERVER_SETTINGS },
  mounts: { doc: "Mounts by path.", shape: MOUNTS, orEmpty: true },
  mountOrder: {
    doc: "given: the order of mounts is that of an httpd.conf. Default: an order in which none hides another.",
    shape: words(["given"]),
  },
  tls: { doc: "Certificate shown to clients.", shape: FRONT_TLS },
  backendTls: { doc: "How backends with TLS are verified.", shape: BACKEND_TLS },
  manager: { doc: "balancer-manager; closed to all but this host unless opened.", shape: MANAGER },
  extra: { doc: "Lines written as they are.", shape: listOf(text()) },
} as const;

const HOST_KEYS = record(
  { addresses: { doc: "Addresses and ports: '*:80'.", shape: listOf(text()), required: true }, ...SCOPE },
  { doc: "A <VirtualHost>." },
);

const HOST: Shape<ValueOf<typeof HOST_KEYS>> = defined("virtualHost", HOST_KEYS);

const HOSTS: Shape<readonly VirtualHostInput[]> = entriesOf(HOST, {
  noun: "virtual host",
  allowed: "a mapping of names to virtual hosts",
  join: (name, host): VirtualHostInput => ({ name, ...host }),
  split: ({ name, settings = {}, ...host }) => [name, { settings, ...host }],
});

/** `80`, `127.0.0.1:80`, `[::1]:80`. */
const LISTEN: Shape<Listen> = {
  schema: { type: ["integer", "string"], pattern: "^(.+:)?[0-9]+$" },
  read: (json) => {
    if (typeof json === "number") return { port: json };
    const text = json as string;
    const colon = text.lastIndexOf(":");
    const port = Number(text.slice(colon + 1));
    return colon === -1 ? { port } : { address: text.slice(0, colon), port };
  },
  write: ({ address, port }) => (address === undefined ? port : `${address}:${port}`),
  complaint: (json) => ({
    found: shown(json),
    allowed: "a port, or an address and a port: 80, '127.0.0.1:80', '[::1]:80'",
    fix: "correct the value",
  }),
};

const KEYS = record(
  {
    layout: {
      doc: "How it is installed. Default: debian.",
      shape: words(Object.keys(LAYOUTS) as readonly LayoutName[]),
    },
    listen: { doc: "Ports, or addresses with ports.", shape: listOf(LISTEN), orEmpty: true },
    ...SCOPE,
    virtualHosts: { doc: "Virtual hosts by name.", shape: HOSTS, orEmpty: true },
    hardening: HARDENING_CHOICES,
    fronts: { doc: "How many httpd run this configuration, in which zones, and what one can serve.", shape: FRONTS },
    acknowledged: ACKNOWLEDGED,
  },
  { doc: "One httpd." },
);

/** A server, by the keys it has. */
export const SERVER: Shape<ValueOf<typeof KEYS>> = defined("server", KEYS);

/** Servers by name. */
export const SERVERS: Shape<readonly ServerInput[]> = entriesOf(SERVER, {
  noun: "server",
  allowed: "a mapping of names to servers",
  join: (name, server): ServerInput => ({ name, ...server }),
  split: ({ name, settings = {}, ...server }) => [name, { settings, ...server }],
});
