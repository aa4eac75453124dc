import type { ModuleName } from "./modules.js";
import type { HttpdVersion } from "./versions.js";

/** Where httpd and its modules come from. */
export type Packages =
  | {
      readonly from: "packages";
      /** The program that installs them. */
      readonly manager: "apt-get" | "dnf";
      readonly names: readonly string[];
    }
  /** A container image that holds them. */
  | {
      readonly from: "image";
      readonly image: string;
      /** Number of the user that the service runs as in it. */
      readonly uid: number;
      /** What starts the service in it. */
      readonly command: readonly string[];
    }
  /** Put there by hand before. */
  | { readonly from: "given" };

/** How an installation of httpd is laid out. */
export interface Layout {
  /** The release of httpd that it installs today: the one that is meant where nobody says which. */
  readonly httpd: HttpdVersion;
  /** Program name, which httpd puts in front of parse errors. */
  readonly program: string;
  readonly serverRoot: string;
  /** Where a complete configuration goes, below the root of the host. */
  readonly configFile: string;
  /** Folder in LoadModule lines, absolute or below ServerRoot. */
  readonly moduleFolder: string;
  /** Modules compiled in: a LoadModule line for one of them is an error. */
  readonly builtIn: readonly ModuleName[];
  readonly user: string;
  readonly group: string;
  readonly pidFile: string;
  readonly errorLog: string;
  readonly accessLog: string;
  /** DefaultRuntimeDir: shared memory and sockets. */
  readonly runtimeFolder: string;
  /** The system's trusted certificate authorities, against which backends are verified. */
  readonly caFile?: string;
  /** DocumentRoot as it is compiled in, where it was measured. */
  readonly documentRoot?: string;
  /** What its start script reads; where there is one, its own configuration cannot be tested without it. */
  readonly environmentFile?: string;
  /** Where it comes from. */
  readonly packages: Packages;
  /** Packages of modules that do not come with httpd's own. */
  readonly modulePackages?: Readonly<Record<string, string>>;
  readonly doc: string;
}

/** The layouts configurations are written for; a new one is one entry. */
export const LAYOUTS = {
  debian: {
    httpd: "2.4.71",
    program: "apache2",
    serverRoot: "/etc/apache2",
    configFile: "/etc/apache2/apache2.conf",
    moduleFolder: "/usr/lib/apache2/modules",
    builtIn: ["watchdog", "log_config", "logio", "version", "unixd"],
    user: "www-data",
    group: "www-data",
    pidFile: "/run/apache2/apache2.pid",
    errorLog: "/var/log/apache2/error.log",
    accessLog: "/var/log/apache2/access.log",
    runtimeFolder: "/run/apache2",
    caFile: "/etc/ssl/certs/ca-certificates.crt",
    documentRoot: "/var/www/html",
    environmentFile: "/etc/apache2/envvars",
    packages: { from: "packages", manager: "apt-get", names: ["apache2", "curl"] },
    doc: "Debian and Ubuntu package apache2.",
  },
  rhel: {
    httpd: "2.4.62",
    program: "httpd",
    serverRoot: "/etc/httpd",
    configFile: "/etc/httpd/conf/httpd.conf",
    moduleFolder: "modules",
    builtIn: [],
    user: "apache",
    group: "apache",
    pidFile: "/run/httpd/httpd.pid",
    errorLog: "/var/log/httpd/error_log",
    accessLog: "/var/log/httpd/access_log",
    runtimeFolder: "/run/httpd",
    caFile: "/etc/pki/tls/certs/ca-bundle.crt",
    packages: { from: "packages", manager: "dnf", names: ["httpd", "curl"] },
    modulePackages: { ssl: "mod_ssl" },
    doc: "Red Hat, Rocky, Alma and Fedora package httpd.",
  },
  docker: {
    httpd: "2.4.71",
    program: "httpd",
    serverRoot: "/usr/local/apache2",
    configFile: "/usr/local/apache2/conf/httpd.conf",
    moduleFolder: "modules",
    builtIn: [],
    user: "www-data",
    group: "www-data",
    pidFile: "/usr/local/apache2/logs/httpd.pid",
    errorLog: "/proc/self/fd/2",
    accessLog: "/proc/self/fd/1",
    runtimeFolder: "/usr/local/apache2/logs",
    caFile: "/etc/ssl/certs/ca-certificates.crt",
    // The image is made of Debian, where www-data has this number.
    packages: { from: "image", image: "httpd:2.4", uid: 33, command: ["httpd-foreground"] },
    doc: "Container image httpd:2.4.",
  },
  source: {
    httpd: "2.4.71",
    program: "httpd",
    serverRoot: "/usr/local/apache2",
    configFile: "/usr/local/apache2/conf/httpd.conf",
    moduleFolder: "modules",
    builtIn: [],
    user: "daemon",
    group: "daemon",
    pidFile: "/usr/local/apache2/logs/httpd.pid",
    errorLog: "/usr/local/apache2/logs/error_log",
    accessLog: "/usr/local/apache2/logs/access_log",
    runtimeFolder: "/usr/local/apache2/logs",
    packages: { from: "given" },
    doc: "Built from source with the default prefix.",
  },
} as const satisfies Record<string, Layout>;

/** Name of a layout. */
export type LayoutName = keyof typeof LAYOUTS;
