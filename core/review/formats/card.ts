import { htmlText } from "../../report/html-page.js";
import type { ClusterReview, ReviewReport } from "../report.js";
import { valueOf } from "../traffic.js";
import { trafficPercent } from "../traffic-words.js";
import { drawLanes } from "./pictures.js";
import { memberRows } from "./sentences.js";

const WIDTH = 760;
const MARGIN = 20;
const LINE = 22;
const ROW = 40;

/** Characters of a line of the summary. */
const CHARACTERS = 76;

/** Members with a bar. */
const MOST_ROWS = 8;

/** A review as one picture: its first sentence, and the shares and failover order of the cluster it is most about. */
export function cardOf(report: ReviewReport): string {
  const lines = wrapped(report.summary);
  const [cluster] = report.clusters.toSorted((one, other) => Number(other.affectsTraffic) - Number(one.affectsTraffic));
  const top = MARGIN + lines.length * LINE + 12;
  const { parts, height } = cluster === undefined ? { parts: [], height: 0 } : clusterPart(cluster, top);
  const total = top + height + MARGIN;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${total}" width="${WIDTH}" height="${total}" role="img" aria-label="${htmlText(report.summary)}">`,
    `<style>${STYLE}</style>`,
    `<rect class="page" x="0.5" y="0.5" width="${WIDTH - 1}" height="${total - 1}" rx="8"/>`,
    ...lines.map((line, index) =>
      text(MARGIN, MARGIN + 16 + index * LINE, line, report.risk === "perhaps" ? "some" : report.risk),
    ),
    ...parts,
    "</svg>",
    "",
  ].join("\n");
}

function clusterPart(
  cluster: ClusterReview,
  top: number,
): { readonly parts: readonly string[]; readonly height: number } {
  const { name, members, shares, failover } = cluster;
  const rows = memberRows(cluster).slice(0, MOST_ROWS);
  const left = 400;
  const bars = rows.flatMap(({ member, before, after }, index) => {
    const y = top + 34 + index * ROW;
    const pair = members[index] ?? {};
    const was = shares.before[pair.before ?? ""];
    const is = shares.after[pair.after ?? ""];
    const width = (share: typeof was): number =>
      share === undefined ? 0 : Math.round(valueOf(share) * (left - MARGIN));
    return [
      text(MARGIN, y, `${member}: ${before} → ${after}`, "ink"),
      `<rect class="is" x="${MARGIN}" y="${y + 8}" width="${width(is)}" height="8"/>`,
      `<rect class="was" x="${MARGIN + 0.5}" y="${y + 5.5}" width="${width(was)}" height="13"/>`,
    ];
  });
  const label = (side: "before" | "after") => (member: string) => {
    const share = shares[side][member];
    return share === undefined ? "" : trafficPercent(valueOf(share));
  };
  const [before, after] = [drawLanes(failover.before, label("before")), drawLanes(failover.after, label("after"))];
  const right = left + 40;
  const below = top + 30 + before.height;
  const height = Math.max(34 + rows.length * ROW, 60 + before.height + after.height);
  return {
    parts: [
      text(MARGIN, top + 8, `balancer://${name}: outline before, bar after`, "soft"),
      ...bars,
      text(right, top + 8, "before", "soft"),
      `<g class="lane" transform="translate(${right} ${top + 16}) scale(0.9)">`,
      ...before.parts,
      "</g>",
      text(right, below + 8, "after", "soft"),
      `<g class="lane" transform="translate(${right} ${below + 16}) scale(0.9)">`,
      ...after.parts,
      "</g>",
    ],
    height,
  };
}

function text(x: number, y: number, words: string, look: string): string {
  return `<text class="${look}" x="${x}" y="${y}">${htmlText(words)}</text>`;
}

function wrapped(sentence: string): readonly string[] {
  const lines: string[] = [];
  for (const word of sentence.split(/\s+/)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > CHARACTERS) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

/** The colours of the page, which a picture has to bring itself. */
const STYLE = [
  "text{font:14px system-ui,'DejaVu Sans',sans-serif;fill:#1b1f24}.high,.some,.none{font-weight:600;font-size:15px}",
  ".high{fill:#a33b00}.some{fill:#0072b2}.none{fill:#00664a}.soft,.role{fill:#57606a;font-size:12px}",
  ".page{fill:#fff;stroke:#8c959f}.is{fill:#0072b2}.was{fill:none;stroke:#57606a;stroke-dasharray:3 2}",
  ".lane .is{fill:none;stroke:#0072b2;stroke-width:2}",
  "@media (prefers-color-scheme:dark){text{fill:#e6edf3}.high{fill:#ffa657}.some{fill:#56b4e9}.none{fill:#4fd1a5}",
  ".soft,.role{fill:#9da7b3}.page{fill:#0d1117;stroke:#6e7681}.is{fill:#56b4e9}.was{stroke:#9da7b3}.lane .is{stroke:#56b4e9}}",
].join("");
