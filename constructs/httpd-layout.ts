import { LAYOUTS } from "../core/vocabulary/layouts.js";
import type { Layout, LayoutName } from "../core/vocabulary/layouts.js";

/** How the installation of httpd is laid out that a configuration is written for. */
export class HttpdLayout {
  /** Name in spec files and on the command line. */
  readonly name: LayoutName;

  private constructor(name: LayoutName) {
    this.name = name;
  }

  /** Debian and Ubuntu package `apache2`. */
  static debian(): HttpdLayout {
    return new HttpdLayout("debian");
  }

  /** Red Hat, Rocky, Alma and Fedora package `httpd`. */
  static rhel(): HttpdLayout {
    return new HttpdLayout("rhel");
  }

  /** Container image `httpd:2.4`. */
  static docker(): HttpdLayout {
    return new HttpdLayout("docker");
  }

  /** Built from source with the default prefix. */
  static source(): HttpdLayout {
    return new HttpdLayout("source");
  }

  /** The layout of a name of the vocabulary. */
  static named(name: LayoutName): HttpdLayout {
    return new HttpdLayout(name);
  }

  /** Paths, built-in modules and commands of the layout. */
  get facts(): Layout {
    return LAYOUTS[this.name];
  }
}
