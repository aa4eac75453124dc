import type { SourcePlace } from "../vocabulary/place.js";
import type { FileValue } from "./file-value.js";
import type { ReadWorkers } from "./read-workers.js";

/** A file that stands beside an httpd.conf and says something that both ends have to agree on. */
export type ServerFile = AppServerFile | ApplicationFile | WorkersFile;

/** The configuration of an application server: Tomcat's server.xml, WildFly's standalone.xml or a script for it. */
export interface AppServerFile extends NamedFile {
  readonly kind: "tomcat" | "wildfly";
  /** Where the server as a whole is spoken of. */
  readonly at: SourcePlace;
  /** What its sessions end with: jvmRoute, instance-id. Undefined where they end with nothing. */
  readonly route: FileValue<string> | undefined;
  /** Set where routes are hashed, so that none is what httpd knows. */
  readonly hashed?: SourcePlace | undefined;
  readonly listeners: readonly AppListener[];
  /** How sessions get to other servers; undefined where they do not. */
  readonly copying: SessionCopying | undefined;
}

/** The web.xml of an application. */
export interface ApplicationFile extends NamedFile {
  readonly kind: "application";
  readonly at: SourcePlace;
  /** True for an application whose sessions may be copied: `<distributable/>`. */
  readonly distributable: boolean;
}

/** mod_jk's workers.properties. */
export interface WorkersFile extends NamedFile {
  readonly kind: "workers";
  readonly read: ReadWorkers;
}

interface NamedFile {
  readonly file: string;
  readonly text: string;
  /** The node that it was said to be of. */
  readonly node: string | undefined;
}

/** A port that a server takes requests at. */
export interface AppListener {
  readonly protocol: "http" | "https" | "ajp";
  readonly port: FileValue<number>;
  /** The address it is bound to; undefined for every address. */
  readonly address: FileValue<string> | undefined;
  /** What is asked of whoever speaks AJP; undefined where nothing can be asked, as with WildFly. */
  readonly secret?: AjpSecret | undefined;
}

/** What a connector of Tomcat asks of whoever speaks AJP to it. */
export interface AjpSecret {
  readonly required: FileValue<boolean>;
  readonly secret: FileValue<string> | undefined;
}

/** How sessions of a server get to others. */
export interface SessionCopying {
  readonly at: SourcePlace;
  /** Where others reach it. */
  readonly port: FileValue<number>;
  readonly address: FileValue<string> | undefined;
  /** The others, where they are listed; undefined where they are found by multicast or a database. */
  readonly peers: readonly ListedPeer[] | undefined;
  /** Where the list stands. */
  readonly listAt: SourcePlace;
  /** Servers that hold a session; undefined for all. */
  readonly copies: FileValue<number> | undefined;
}

/** A server in the list of another one. */
export interface ListedPeer {
  readonly host: FileValue<string>;
  readonly port: FileValue<number>;
}
