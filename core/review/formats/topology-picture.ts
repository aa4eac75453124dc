import { shortName } from "../../topology/short-name.js";
import { htmlText } from "../../report/html-page.js";
import { roleOf } from "../../topology/roles.js";
import { mountsLeadingTo } from "../../model/explain.js";
import type { Cluster, Topology } from "../../topology/topology.js";

const COLUMN = 200;
const BOX = 28;
const GAP = 8;

/** Members and paths of a cluster that are drawn before the rest is counted. */
const MOST_BOXES = 12;

/** Clusters that are drawn. */
const MOST_CLUSTERS = 40;

/** Which paths lead to which balancer, and who its members are: roles by the line and by word. */
export function topologyPicture(topology: Topology): string {
  const parts: string[] = [];
  let top = 0;
  for (const cluster of topology.clusters.slice(0, MOST_CLUSTERS)) {
    const paths = listed([...new Set(mountsLeadingTo(topology, cluster).map(({ path }) => path))], "no path");
    const members = listed(cluster.members.map(memberText), "no member");
    const rows = Math.max(paths.length, members.length);
    const middle = top + (rows * (BOX + GAP)) / 2 - GAP / 2;
    parts.push(
      ...paths.flatMap((text, row) => boxAt(0, top + row * (BOX + GAP), text)),
      ...paths.map((_, row) => lineTo(COLUMN - 40, centre(top, row), COLUMN + 20, middle, "is")),
      ...boxAt(COLUMN + 20, middle - BOX / 2, cluster.name),
      ...members.map((_, row) =>
        lineTo(2 * COLUMN - 20, middle, 2 * COLUMN + 40, centre(top, row), lookOf(cluster, row)),
      ),
      ...members.flatMap((text, row) => boxAt(2 * COLUMN + 40, top + row * (BOX + GAP), text)),
    );
    top += rows * (BOX + GAP) + 2 * GAP;
  }
  const title = `${topology.clusters.length} balancers, the paths that lead to them and their members`;
  return [
    `<svg class="lane wide" viewBox="0 0 ${3 * COLUMN} ${top}" role="img" aria-label="${htmlText(title)}">`,
    ...parts,
    "</svg>",
  ].join("");
}

/**
 * The same as a flowchart of Mermaid.
 *
 * @param of - the httpd that is meant, as a phrase
 */
export function topologyMermaid(topology: Topology, of: string): readonly string[] {
  const label = (text: string): string => text.replace(/[^\p{L}\p{N} .,:/()%_-]/gu, "?");
  return [
    "flowchart LR",
    ...topology.clusters.slice(0, MOST_CLUSTERS).flatMap((cluster, at) => [
      ...[...new Set(mountsLeadingTo(topology, cluster).map(({ path }) => path))].map(
        (path, index) => `  p${at}x${index}["${label(path)}"] --> c${at}["${label(`balancer ${cluster.name}`)}"]`,
      ),
      ...cluster.members.map((member, index) => {
        const arrow = roleOf(member) === "active" ? "-->" : "-.->";
        return `  c${at} ${arrow} m${at}x${index}["${label(memberText(member))}"]`;
      }),
    ]),
    `  %% ${of}`,
  ];
}

function memberText(member: Cluster["members"][number]): string {
  const role = roleOf(member);
  return role === "active" ? shortName(member.name) : `${shortName(member.name)} (${role})`;
}

function listed(texts: readonly string[], none: string): readonly string[] {
  if (texts.length === 0) return [none];
  return texts.length <= MOST_BOXES ? texts : [...texts.slice(0, MOST_BOXES), `and ${texts.length - MOST_BOXES} more`];
}

function centre(top: number, row: number): number {
  return top + row * (BOX + GAP) + BOX / 2;
}

function lookOf({ members }: Cluster, row: number): "is" | "was" {
  const member = members[row];
  return member !== undefined && roleOf(member) === "active" ? "is" : "was";
}

const MOST_CHARACTERS = 21;

function boxAt(x: number, y: number, text: string): readonly string[] {
  const cut = text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text;
  return [
    `<rect class="is" x="${x + 1}" y="${y + 1}" width="${COLUMN - 42}" height="${BOX - 2}" rx="4"/>`,
    `<text x="${x + 8}" y="${y + 19}">${htmlText(cut)}</text>`,
  ];
}

function lineTo(x: number, y: number, x2: number, y2: number, look: "is" | "was"): string {
  return `<path class="${look}" d="M${x} ${y}L${x2} ${y2}"/>`;
}
