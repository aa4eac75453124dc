import { splitBalancerUrl } from "../httpd/balancer-name.js";
import type { BehaviourName } from "../vocabulary/behaviours.js";
import { childLimitOf } from "../model/child-limit.js";
import { hostOf, lineSpot, wordSpot } from "./conf-view.js";
import type { WrittenDirective } from "./conf-view.js";
import type { Finding } from "./rule.js";
import { parameterOf } from "./view.js";
import type { ClusterView, MemberView, View } from "./view.js";

/** What an older httpd does, or does not do yet, to those who use it. */
export interface VersionTrap {
  readonly behaviour: BehaviourName;
  /** True where doing it is the trap; false where not doing it yet is. */
  readonly done: boolean;
  /** What comes of it, behind `httpd 2.4.52: `. */
  readonly found: string;
  readonly fix: string;
  /** What of a file is caught. */
  readonly caught: (view: View) => Iterable<Pick<Finding, "at" | "subject">>;
}

/** All traps: a new one is an entry here, and a behaviour of `core/vocabulary/behaviours.ts`. */
export const VERSION_TRAPS: readonly VersionTrap[] = [
  {
    behaviour: "query-sessions-unseen",
    done: true,
    found: "a session in the query string is not seen, and its requests go to any member",
    fix: "run 2.4.64 or newer, or keep sessions in the cookie or the path",
    caught: (view) =>
      clustersWith(
        view,
        "stickysession",
        ({ balancer, inService }) => balancer.sticky !== undefined && inService.length > 1,
      ),
  },
  {
    behaviour: "children-reset-balancers",
    done: true,
    found: "every new child process sets lbstatus, busy and bytes of all balancers back, and shares leave the weights",
    fix: "run 2.4.62 or newer, or set MaxConnectionsPerChild 0",
    caught: (view) => (view.clusters.some(({ inService }) => inService.length > 1) ? mortalChildren(view) : []),
  },
  {
    behaviour: "checks-stop-with-their-child",
    done: true,
    found: "health checks stop for ever when a child process ends during one",
    fix: "run 2.4.68 or newer, or set MaxConnectionsPerChild 0",
    caught: (view) => (members(view).some(isChecked) ? mortalChildren(view) : []),
  },
  {
    behaviour: "checks-end-request-errors",
    done: false,
    found: "a passed health check does not end an error that a request caused, which lasts for all of retry",
    fix: "run 2.4.55 or newer, or set retry as short as checks are to bring the member back",
    *caught(view) {
      for (const member of members(view)) {
        const { healthCheck, retry } = member.effective;
        if (healthCheck === undefined || healthCheck.interval * BigInt(healthCheck.passes) >= retry) continue;
        yield { at: member.at, subject: `retry of ${member.label}` };
      }
    },
  },
  {
    behaviour: "weights-have-decimals",
    done: false,
    found: "the decimals of a load factor are cut off",
    fix: "write whole numbers in the wanted ratio, or run 2.4.28 or newer",
    // What is cut off is not in the description any more.
    *caught({ conf }) {
      for (const { key, value, word, owner } of conf?.oddNumbers ?? []) {
        if (key === "loadfactor" && value.includes("."))
          yield { at: wordSpot(word), subject: `loadfactor of ${owner}` };
      }
    },
  },
  {
    behaviour: "ignored-errors-count",
    done: true,
    found: "the letter I does not keep the member from being in error",
    fix: "run 2.4.21 or newer, or leave the letter away",
    caught: (view) => membersWith(view, "status", ({ effective }) => effective.status.has("I")),
  },
  {
    behaviour: "redirect-rings-end",
    done: false,
    found: "a redirect to its own route ends the connection of the client without an answer",
    fix: "name the route of another member, or run 2.4.24 or newer",
    caught: (view) =>
      membersWith(
        view,
        "redirect",
        ({ effective }) => effective.redirect !== "" && effective.redirect === effective.route,
      ),
  },
  {
    behaviour: "hosts-change-inherited-balancers",
    done: false,
    found: "parameters in a virtual host do not change the balancer that it has from the main server",
    fix: "set them where the members stand, or run 2.4.30 or newer",
    // What has no effect is not in the description.
    *caught({ clusters, conf }) {
      const shared = new Set(clusters.filter(({ cluster }) => cluster.scope === undefined).map(nameOf));
      for (const written of ["proxypass", "proxyset"].flatMap((name) => conf?.named(name) ?? [])) {
        const [first] = written.parameters;
        const name = splitBalancerUrl(first?.owner ?? "")?.name ?? "";
        if (first === undefined || hostOf(written) === undefined || !shared.has(name.toLowerCase())) continue;
        yield { at: wordSpot(first.word), subject: `${first.key} of ${first.owner}` };
      }
    },
  },
  {
    behaviour: "graceful-with-one-child-hangs",
    done: true,
    found: "after a graceful restart requests are left without an answer for more than 30 s",
    fix: "allow more than one child, or run 2.4.57 or newer",
    *caught({ conf }) {
      const limit = conf?.named("serverlimit").at(-1);
      if (limit?.words[0]?.text === "1") yield { at: lineSpot(limit), subject: "ServerLimit" };
    },
  },
  {
    behaviour: "failover-empties-bodies",
    done: true,
    found: "a request with a body that fails over reaches the next member without its body",
    fix: "run 2.4.42 or newer",
    *caught({ clusters }) {
      for (const { at, label, inService } of clusters) if (inService.length > 1) yield { at, subject: label };
    },
  },
  {
    behaviour: "manager-asks-referer",
    done: false,
    found:
      "with a nonce that everybody can read in the file, a page of any site can send changes in an operator's name",
    fix: "leave nonce away, or run 2.4.41 or newer",
    caught: (view) =>
      clustersWith(view, "nonce", ({ cluster }) => !/^(?:none)?$/i.test(cluster.parameters.nonce ?? "")),
  },
];

function members({ clusters }: View): readonly MemberView[] {
  return clusters.flatMap((cluster) => cluster.members);
}

function isChecked({ effective }: MemberView): boolean {
  return effective.healthCheck !== undefined;
}

function nameOf({ cluster }: ClusterView): string {
  return cluster.name.toLowerCase();
}

function* clustersWith(
  { clusters }: View,
  parameter: string,
  caught: (cluster: ClusterView) => boolean,
): Iterable<Pick<Finding, "at" | "subject">> {
  for (const cluster of clusters) {
    if (caught(cluster)) yield { at: parameterOf(cluster, parameter), subject: `${parameter} of ${cluster.label}` };
  }
}

function* membersWith(
  view: View,
  parameter: string,
  caught: (member: MemberView) => boolean,
): Iterable<Pick<Finding, "at" | "subject">> {
  for (const member of members(view)) {
    if (caught(member)) yield { at: parameterOf(member, parameter), subject: `${parameter} of ${member.label}` };
  }
}

/** Child processes that end after a number of connections; both names of the directive are one. */
function* mortalChildren({ conf, topology }: View): Iterable<Pick<Finding, "at" | "subject">> {
  const limit = conf === undefined ? childLimitOf(topology) : undefined;
  if (limit !== undefined) yield { at: limit.at, subject: "MaxConnectionsPerChild" };
  const lines = ["maxconnectionsperchild", "maxrequestsperchild"].flatMap((name) => conf?.named(name) ?? []);
  const last = lines.reduce<WrittenDirective | undefined>(
    (one, next) => ((one?.order ?? -1) > next.order ? one : next),
    undefined,
  );
  if (last !== undefined && Number(last.words[0]?.text) > 0) {
    yield { at: lineSpot(last), subject: "MaxConnectionsPerChild" };
  }
}
