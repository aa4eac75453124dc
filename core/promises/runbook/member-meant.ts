import { shortName } from "../../topology/short-name.js";
import { urlText } from "../../scenario/nodes.js";
import type { Cluster, Member, Topology } from "../../topology/topology.js";
import { pointerStep, ProblemError } from "../../vocabulary/problem.js";
import { nearestName } from "../../vocabulary/suggest.js";

/**
 * The member of a cluster that a word means: its URL, its name, or its name as reports shorten it (`host:port`).
 *
 * @throws ProblemError when it means none, or several
 */
export function memberMeant(topology: Topology, cluster: Cluster, word: string): Member {
  const ways: readonly ((member: Member) => string)[] = [
    (member) => urlText(member.url),
    (member) => member.name,
    (member) => shortName(member.name),
    (member) => shortName(urlText(member.url)),
  ];
  for (const way of ways) {
    const [found, ...others] = cluster.members.filter((member) => way(member) === word);
    if (found !== undefined && others.length === 0) return found;
  }
  const known = [...new Set(ways.flatMap((way) => cluster.members.map(way)))];
  const meant = cluster.members.filter((member) => ways.some((way) => way(member) === word));
  const near = nearestName(word, known);
  const shown = cluster.members.slice(0, 12).map(({ name }) => name);
  throw new ProblemError([
    {
      at: `/clusters${pointerStep(topology.clusters.indexOf(cluster))}/members`,
      subject: `member of cluster '${cluster.name}'`,
      found: meant.length > 1 ? `'${word}', which means ${meant.length} members` : `'${word}'`,
      allowed: shown.join(", "),
      fix: near === undefined || meant.length > 1 ? `use one of ${shown.join(", ")}` : `did you mean '${near}'?`,
    },
  ]);
}
