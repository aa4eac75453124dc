import type { AppNode, ReplicationGroup } from "./app-node.js";
import type { Front } from "./front.js";
import type { BalancerParameters } from "../vocabulary/balancer.js";
import type { HardeningChoices } from "../vocabulary/hardening.js";
import type { HealthCheckParameters } from "../vocabulary/health-check.js";
import type { LayoutName } from "../vocabulary/layouts.js";
import type { ServerSettings } from "../vocabulary/settings.js";
import type { HttpdVersion } from "../vocabulary/versions.js";
import type { WorkerParameters } from "../vocabulary/worker.js";
import type { JsonValue } from "../vocabulary/json.js";

export type { AppNode, AppServer, NodeProtocol, ReplicationGroup } from "./app-node.js";

/** A piece of text that is known only when Terraform applies; named by where it comes from. */
export interface Deferred {
  readonly deferred: string;
}

/** Literal text, or literal pieces with holes. */
export type Text = string | readonly (string | Deferred)[];

/**
 * The immutable description everything meets at: constructs, spec files and the httpd.conf reader produce it; model,
 * promises, lint, render and review consume it.
 *
 * It is sparse (only what was set; defaults are looked up, see `effective.ts`) and ordered (httpd breaks ties by the
 * order of members). Parts are pointed at with JSON pointers into this value.
 */
export interface Topology {
  /** The httpd version the configuration is for. */
  readonly httpd: HttpdVersion;
  readonly clusters: readonly Cluster[];
  readonly servers: readonly Server[];
  readonly healthCheckTemplates: readonly HealthCheckTemplate[];
  readonly healthCheckExpressions: readonly HealthCheckExpression[];
  /** Application servers that are described, too; a member of a node's name is that node. @default - none */
  readonly nodes?: readonly AppNode[];
  /** @default - none */
  readonly replicationGroups?: readonly ReplicationGroup[];
}

/** One `<Proxy balancer://name>` and its members. */
export interface Cluster {
  /** What stands behind `balancer://`. */
  readonly name: string;
  readonly parameters: BalancerParameters;
  readonly members: readonly Member[];
  /** Virtual host the balancer is defined in, by its `name`; absent for the main server, where all hosts share it. */
  readonly scope?: string;
  /** Cookie httpd itself sets when the application has no route in its sessions. */
  readonly routeCookie?: RouteCookie;
  /** What must hold; the words and their parameters are read by `core/promises`. */
  readonly promises?: readonly PromiseDeclaration[];
  /** Findings and broken promises that are accepted, with the reason. */
  readonly acknowledged?: readonly Acknowledgement[];
  /** Lines written inside `<Proxy>` as they are. */
  readonly extra?: readonly string[];
}

/** One backend of a cluster: a BalancerMember line. */
export interface Member {
  /** Short name in messages, scenarios and reports; the URL where nothing else is known. */
  readonly name: string;
  readonly url: Text;
  /** Role and route are worker parameters (`status`, `route`); see `roles.ts`. */
  readonly parameters: WorkerParameters;
  /** Most requests per second the backend can serve. */
  readonly capacity?: number;
  /** Failure zone: members of one zone may fail together. */
  readonly zone?: string;
  /** Members of the same group hold copies of each other's sessions. */
  readonly replicationGroup?: string;
}

/** A cookie that carries the route, set by httpd: the recipe of mod_proxy_balancer's manual. */
export interface RouteCookie {
  readonly name: string;
  /** @default "/" */
  readonly path?: string;
  /** @default true */
  readonly secure?: boolean;
}

/** A promise by its id, with parameters as JSON. */
export interface PromiseDeclaration {
  readonly id: string;
  readonly parameters?: Readonly<Record<string, JsonValue>>;
}

/** A finding or broken promise that is accepted. */
export interface Acknowledgement {
  /** Id of a lint rule or promise. */
  readonly id: string;
  /** Why it is accepted; shown in every report. */
  readonly reason: string;
}

/** `ProxyHCTemplate name key=value ...` */
export interface HealthCheckTemplate {
  readonly name: string;
  readonly parameters: HealthCheckParameters;
}

/** `ProxyHCExpr name {expression}` */
export interface HealthCheckExpression {
  readonly name: string;
  readonly expression: string;
}

/** What main server and virtual hosts have in common. */
export interface ServerScope {
  readonly serverName?: string;
  readonly serverAliases?: readonly string[];
  readonly mounts: readonly Mount[];
  /**
   * `given` when the order of mounts is that of an httpd.conf, where an earlier one may hide a later one.
   *
   * @default - mounts are written in an order in which none hides another, see `mount-order.ts`
   */
  readonly mountOrder?: "given";
  readonly settings: ServerSettings;
  /** Certificate for clients. */
  readonly tls?: FrontTls;
  /** How backends with TLS are verified. */
  readonly backendTls?: BackendTls;
  readonly manager?: Manager;
  /** Lines written into the scope as they are. */
  readonly extra?: readonly string[];
  /**
   * All that stands in front of the balancers, as an httpd.conf says it; `core/route` reads it.
   *
   * @default - what mounts, access, manager and extra lines come to
   */
  readonly front?: Front;
}

/** The httpd of one configuration, each on a machine or in a container of its own. */
export interface Fronts {
  /** How many. @default - as many as {@link Fronts.zones}, else not known */
  readonly count?: number;
  /** The failure zone of each. @default - not known */
  readonly zones?: readonly string[];
  /** Most requests per second that one of them can serve, as measured. @default - not known: no load is too much for it */
  readonly capacity?: number;
}

/** One httpd. */
export interface Server extends ServerScope {
  readonly name: string;
  readonly layout: LayoutName;
  /**
   * The modules that are loaded, without `_module`, as an httpd.conf says it.
   *
   * @default - those that are written for it; all of a fragment, which has a front and says nothing about modules
   */
  readonly modules?: readonly string[];
  readonly listen: readonly Listen[];
  readonly virtualHosts: readonly VirtualHost[];
  /**
   * What is left as httpd has it of the directives that close what httpd leaves open.
   *
   * @default - nothing: all of them are written
   */
  readonly hardening?: HardeningChoices;
  /** How many httpd run this configuration, where, and what one of them can serve. @default - not known */
  readonly fronts?: Fronts;
  readonly acknowledged?: readonly Acknowledgement[];
}

/** `<VirtualHost addresses>` */
export interface VirtualHost extends ServerScope {
  /** Short name in messages; unique in its server. */
  readonly name: string;
  /** `*:80`, `[::1]:443`, ... */
  readonly addresses: readonly string[];
}

/** `Listen address:port` */
export interface Listen {
  /** @default - all addresses */
  readonly address?: string;
  readonly port: number;
}

/** Where requests of a path go: ProxyPass, ProxyPassMatch, or a Location. */
export interface Mount {
  /** URL path; a regular expression when `match` is true. */
  readonly path: string;
  readonly match?: boolean;
  readonly to: MountTarget;
  /** Written as `<Location path>`; such mounts are tried before all others. */
  readonly inLocation?: boolean;
  /**
   * What makes the mount where it is not a ProxyPass: lines of `extra` (RewriteRule with [P], SetHandler
   * "proxy:balancer://..."), which are written instead of it; it is there so that model and lint know the way.
   */
  readonly via?: "rewrite" | "handler";
  /** Words after the target: nocanon, interpolate, noquery. */
  readonly keywords?: readonly MountKeyword[];
  /**
   * ProxyPassReverse lines.
   *
   * @default - one for the path, through the balancer
   */
  readonly reverse?: readonly ReverseMapping[];
  /** `Domain` of cookies: internal name and public name. */
  readonly cookieDomains?: readonly CookieMapping[];
  /** `Path` of cookies: internal path and public path. */
  readonly cookiePaths?: readonly CookieMapping[];
  /** Who may use the path. @default - everybody */
  readonly access?: Access;
}

/** A word after the target of a ProxyPass. */
export type MountKeyword = "nocanon" | "interpolate" | "noquery";

/** Where a mount leads. */
export type MountTarget =
  | { readonly kind: "cluster"; readonly cluster: string; readonly path: string }
  | { readonly kind: "url"; readonly url: Text; readonly parameters: WorkerParameters }
  | { readonly kind: "exclude" };

/** `ProxyPassReverse path url` */
export interface ReverseMapping {
  readonly path: string;
  readonly url: string;
}

/** `ProxyPassReverseCookieDomain|Path internal public` */
export interface CookieMapping {
  readonly internal: string;
  readonly public: string;
}

/** Who may use something. */
export type Access =
  | { readonly kind: "local" }
  | { readonly kind: "all"; readonly reason: string }
  | { readonly kind: "addresses"; readonly addresses: readonly string[] }
  | { readonly kind: "denied" };

/** TLS towards clients. */
export interface FrontTls {
  readonly certificateFile: string;
  readonly certificateKeyFile: string;
  readonly chainFile?: string;
  readonly protocols?: readonly string[];
}

/** TLS towards backends. */
export interface BackendTls {
  /** Verified unless a reason says why not. */
  readonly verify: { readonly kind: "required" } | { readonly kind: "off"; readonly reason: string };
  readonly caFile?: string;
  readonly clientCertificateFile?: string;
  readonly protocols?: readonly string[];
}

/** A balancer-manager. */
export interface Manager {
  /** @default "/balancer-manager" */
  readonly path?: string;
  readonly access: Access;
}
