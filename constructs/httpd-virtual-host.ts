import type { Construct } from "constructs";
import type { VirtualHost } from "../core/topology/topology.js";
import { HttpdScope } from "./httpd-scope.js";
import type { HttpdScopeProps } from "./httpd-scope.js";
import { refuseServer } from "./refuse.js";

/** Properties of a {@link HttpdVirtualHost}. */
export interface HttpdVirtualHostProps extends HttpdScopeProps {
  /** `*:80`, `[::1]:443`: what stands in `<VirtualHost ...>`. */
  readonly addresses: readonly string[];
}

/** One `<VirtualHost>` of a server; made by `HttpdServer.addVirtualHost`. */
export class HttpdVirtualHost extends HttpdScope {
  readonly addresses: readonly string[];

  /**
   * Throws a ProblemError when a value is wrong.
   *
   * @param server - the server the virtual host belongs to
   * @param name - short name in messages
   */
  constructor(server: Construct, name: string, props: HttpdVirtualHostProps) {
    const { addresses, ...scope } = props;
    super(server, name, scope);
    this.addresses = addresses;
    refuseServer(this, { name: "server", virtualHosts: [this.describe()] });
  }

  /** The immutable description of the virtual host. */
  describe(): VirtualHost {
    return { name: this.node.id, addresses: this.addresses, ...this.describeScope() };
  }

  protected override get host(): VirtualHost {
    return this.describe();
  }
}
