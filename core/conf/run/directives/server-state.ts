import { balancerKey } from "../../../httpd/balancer-name.js";
import { behaves } from "../../../vocabulary/behaviours.js";
import type { HttpdVersion } from "../../../vocabulary/versions.js";
import type { Executed } from "../executed.js";
import { refused } from "../refusal.js";
import type { Refusal } from "../refusal.js";
import type { SetValue, Worker } from "../effects.js";
import { SharedWorkers } from "../../../httpd/shared-workers.js";

/** A setting that was read, wherever it stands. */
export type ReadValue = Omit<SetValue, "at">;

/** A balancer as far as the reading of a configuration knows it. */
export interface Balancer {
  /** Lower case, without a path: what complaints call it. */
  readonly name: string;
  readonly workers: SharedWorkers<Worker>;
  /** False once `lbmethod` has been given. */
  defaultMethod: boolean;
  /** The directive that gave it `failonstatus` first. */
  failsOn?: Executed;
  /** True once `failonstatus` has been given, if only as an empty list. */
  listsStatuses?: true;
}

/** Longest name of a balancer, `balancer://` included: `PROXY_BALANCER_MAX_NAME_SIZE` of modules/proxy/mod_proxy.h. */
const LONGEST_BALANCER = 95;

/** What the main server, or one virtual host, has defined so far. Virtual hosts start empty. */
export class ServerState {
  /** True for virtual hosts. */
  readonly virtual: boolean;
  readonly balancers = new Map<string, Balancer>();
  /** Workers of ProxyPass, `<Proxy url>` and ProxySet. */
  readonly workers = new SharedWorkers<Worker>();
  /** Names of health-check templates, lower case. */
  readonly healthCheckTemplates = new Set<string>();
  /** Worker settings that have been read and found good, by their words; what they refer to is never taken back. */
  readonly goodSettings = new Map<string, ReadValue>();
  /** Addresses of Listen lines. */
  readonly listening = new Map<string, Executed>();
  /** Names of health-check expressions, lower case. */
  readonly healthCheckExpressions = new Set<string>();

  readonly #httpd: HttpdVersion;

  /** @param httpd - the httpd that reads */
  constructor(virtual: boolean, httpd: HttpdVersion) {
    this.virtual = virtual;
    this.#httpd = httpd;
  }

  /** The balancer of a URL; undefined when there is none. */
  findBalancer(url: string): Balancer | undefined {
    const key = balancerKey(url);
    return key === undefined ? undefined : this.balancers.get(key);
  }

  /** The balancer of a URL, defined if it is not there; or httpd's complaint. */
  balancer(url: string): Balancer | Refusal {
    const key = balancerKey(url);
    if (key === undefined) {
      const mend = "write balancer:// and a name of letters, digits and hyphens: balancer://mycluster";
      const shown = behaves(this.#httpd, "bad-balancer-name-shown") ? ` (${url})` : "";
      return refused(`Bad syntax for a balancer name${shown}`, mend, url);
    }
    const known = this.balancers.get(key);
    if (known !== undefined) return known;
    if (key.length > LONGEST_BALANCER) {
      const mend = `shorten the name to ${LONGEST_BALANCER} characters with balancer://, here and where it is mounted`;
      return refused(`balancer name (${key}) too long`, mend, url);
    }
    const balancer: Balancer = { name: key, workers: new SharedWorkers<Worker>(), defaultMethod: true };
    this.balancers.set(key, balancer);
    return balancer;
  }
}
