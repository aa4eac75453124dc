import type { Construct } from "constructs";
import type { VirtualHost } from "../core/topology/topology.js";
import type { BalancerCluster } from "./balancer-cluster.js";
import { HttpdScope } from "./httpd-scope.js";
import type { HttpdScopeProps } from "./httpd-scope.js";
import { refuseVirtualHost } from "./refuse.js";

/** Properties of a {@link HttpdVirtualHost}. */
export interface HttpdVirtualHostProps extends HttpdScopeProps {
  /** `*:80`, `[::1]:443`: what stands in `<VirtualHost ...>`. */
  readonly addresses: readonly string[];
}

/**
 * Is told that a virtual host changed, and which cluster is mounted there from now on.
 *
 * @internal
 */
export type VirtualHostListener = (cluster?: BalancerCluster) => void;

/** One `<VirtualHost>` of a server; made by `HttpdServer.addVirtualHost`. */
export class HttpdVirtualHost extends HttpdScope {
  readonly addresses: readonly string[];
  readonly #changed: VirtualHostListener;

  /**
   * @internal
   * @param server - the server the virtual host belongs to
   * @param name - short name in messages
   * @param changed - is told what is mounted
   * @throws ProblemError when a value is wrong
   */
  constructor(server: Construct, name: string, props: HttpdVirtualHostProps, changed: VirtualHostListener) {
    const { addresses, ...scope } = props;
    super(server, name, scope);
    this.addresses = addresses;
    this.#changed = changed;
    refuseVirtualHost(this, this.describe());
  }

  /** The immutable description of the virtual host. */
  describe(): VirtualHost {
    return { name: this.node.id, addresses: this.addresses, ...this.describeScope() };
  }

  protected override get host(): VirtualHost {
    return this.describe();
  }

  protected override changed(cluster?: BalancerCluster): void {
    this.#changed(cluster);
  }
}
