import { SharedWorkers, workerName } from "../httpd/shared-workers.js";
import type { Member } from "../topology/topology.js";
import type { Pointer, Problem } from "../vocabulary/problem.js";
import { shown } from "../vocabulary/shown.js";
import { WORKER_PARAMETERS } from "../vocabulary/worker.js";
import { checkCapacity } from "./capacity.js";
import { checkParameters } from "./parameters.js";
import type { CheckPlace, Subject } from "./place.js";
import { checkText } from "./text.js";
import { checkUrl } from "./url.js";

/** What is wrong with one member on its own. */
export function checkMember(member: Member, { at, httpd }: CheckPlace): readonly Problem[] {
  const owner = `member ${shown(member.name)}`;
  return [
    ...checkText(member.name, { at: `${at}/name`, subject: "name of a member" }),
    ...checkUrl(member.url, { at: `${at}/url`, subject: `url of ${owner}` }, httpd),
    ...checkParameters(WORKER_PARAMETERS, member.parameters, { at: `${at}/parameters`, owner, httpd }),
    ...(["zone", "replicationGroup"] as const).flatMap((word) =>
      member[word] === undefined
        ? []
        : checkText(member[word], { at: `${at}/${word}`, subject: `${word} of ${owner}` }),
    ),
    ...checkCapacity(member.capacity, { at: `${at}/capacity`, subject: `capacity of ${owner}` }),
  ];
}

/** The members a cluster has so far, by what two of them must not share. */
export class Membership {
  readonly #cluster: string;
  readonly #names = new Map<string, string>();
  readonly #routes = new Map<string, string>();
  readonly #workers = new SharedWorkers<string>();

  /** @param cluster - its name in messages */
  constructor(cluster: string) {
    this.#cluster = cluster;
  }

  /** What keeps a member from being added: a name, route or URL that an earlier one has. */
  check({ name, url, parameters: { route } }: Member, at: Pointer): readonly Problem[] {
    const twice = (what: string, first: string, pointer: Pointer, fix: string): Problem => ({
      at: `${at}${pointer}`,
      subject: `${what} of member ${shown(name)} in cluster ${shown(this.#cluster)}`,
      found: `the same ${what} as member ${shown(first)}`,
      allowed: `a ${what} of its own`,
      fix,
    });
    const namesake = this.#names.get(name);
    const sameRoute = route === undefined ? undefined : this.#routes.get(route);
    const sameRouteFix = "give each member the route its server puts into sessions";
    return [
      ...(namesake === undefined ? [] : [twice("name", namesake, "/name", "rename one of the two")]),
      ...(sameRoute === undefined ? [] : [twice("route", sameRoute, "/parameters/route", sameRouteFix)]),
      ...(typeof url === "string"
        ? this.#checkUrl(url, { at: `${at}/url`, subject: `url of member ${shown(name)}` })
        : []),
    ];
  }

  /**
   * httpd silently merges a member into an earlier one whose name its URL begins with (`ap_proxy_get_worker_ex`), and
   * two of one name share their state.
   */
  #checkUrl(url: string, place: Subject): readonly Problem[] {
    const first = this.#workers.shared(url) ?? this.#workers.named(workerName(url));
    if (first === undefined) return [];
    return [
      {
        ...place,
        found: `${shown(url)}, which httpd takes for member ${shown(first)}`,
        allowed: "a URL that does not begin with the one of an earlier member",
        fix: "remove one of the two, put the longer URL first, or give them different host names",
      },
    ];
  }

  /** Adds a member, whatever is wrong with it. */
  add({ name, url, parameters: { route } }: Member): void {
    if (!this.#names.has(name)) this.#names.set(name, name);
    if (route !== undefined && !this.#routes.has(route)) this.#routes.set(route, name);
    if (typeof url === "string") this.#workers.add(workerName(url), name);
  }
}
