import type { LiveView } from "./live-view.js";
import type { Text } from "../topology/topology.js";
import type { Packages } from "../vocabulary/layouts.js";
import type { HttpdVersion } from "../vocabulary/versions.js";

/**
 * Everything that one machine or container must have to do its part: the second waist of this project. A target is one
 * way to bring such a value to a place; it asks for nothing else.
 */
export interface HostPlan {
  /** Name of the server it is for. */
  readonly name: string;
  /** A front runs httpd; a node runs an application. */
  readonly kind: "front" | "node";
  /** The httpd that the files are written for, `2.4.57`. */
  readonly httpd: HttpdVersion;
  readonly packages: Packages;
  readonly files: readonly HostFile[];
  readonly service: Service;
  readonly ports: readonly Port[];
  /** What it has to reach. */
  readonly egress: readonly Egress[];
  readonly health: Health;
  /** How it looks at its own balancer-manager. @default - it has none */
  readonly live?: LiveView;
  /** Values that stand in no file: the service finds them in its environment. @default - none */
  readonly variables?: readonly HostVariable[];
  /** @default - it may be ended at any time */
  readonly drain?: Drain;
}

/** A value that whoever runs the service brings into its environment, such as a secret. */
export interface HostVariable {
  /** Such as `SHOP_NODE1_SECRET`. */
  readonly name: string;
  /** What it is, in words. */
  readonly what: string;
}

/** How a service leaves without losing a request. */
export interface Drain {
  /** Seconds in which those who send requests hear of it, before the service is told. */
  readonly notice: number;
  /** What makes the service end once its requests are answered. */
  readonly signal: "SIGWINCH" | "SIGTERM";
  /** Seconds after which it is ended all the same. */
  readonly limit: number;
}

/** A file of a host. */
export interface HostFile {
  /** Absolute. */
  readonly path: string;
  readonly text: Text;
  readonly owner: string;
  readonly group: string;
  /** Octal, such as `0644`. */
  readonly mode: string;
  /** True when it must appear in no plan, log or report. */
  readonly secret: boolean;
}

/** The program that serves. */
export interface Service {
  /** Name of its unit. */
  readonly name: string;
  /** The program, as it is found in the path. */
  readonly program: string;
  readonly user: string;
  readonly group: string;
  /** Its main file; it is one of the host's files. */
  readonly configFile: string;
  readonly pidFile: string;
  /** A file of shell variables that its unit gives it; undefined where it has none. */
  readonly environmentFile: string | undefined;
  /** Folders it needs before it starts. */
  readonly folders: readonly string[];
}

/** A port that is listened on. */
export interface Port {
  readonly number: number;
  /** The one address; undefined for all. */
  readonly address: string | undefined;
  /** Who may connect. */
  readonly from: "clients" | "fronts" | "nodes" | "operators";
}

/** A backend that has to be reachable. */
export interface Egress {
  readonly member: string;
  readonly host: string;
  readonly port: number;
}

/** What means that it serves, and not only that a port is open. */
export interface Health {
  /** The one address that is listened on; undefined for all. */
  readonly address: string | undefined;
  readonly port: number;
  readonly path: string;
  /** Host header. @default - the address that is asked */
  readonly host?: string;
  /** Statuses from this one on mean that it does not serve. */
  readonly failsFrom: number;
}
