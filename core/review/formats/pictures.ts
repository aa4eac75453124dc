import { htmlText } from "../../report/html-page.js";
import { shortName } from "../../topology/short-name.js";

/** Width of a picture in its own units; pages scale it to the room there is. */
const WIDTH = 320;

/** Two parts of one whole, before as an outline and after as a bar. */
export function barPicture(before: number, after: number): string {
  const width = (part: number): string => String(Math.round(part * WIDTH * 100) / 100);
  return [
    `<svg class="bars" viewBox="0 0 ${WIDTH} 16" preserveAspectRatio="none" aria-hidden="true">`,
    `<rect class="is" x="0" y="3" width="${width(after)}" height="10"/>`,
    `<rect class="was" x="0.5" y="0.5" width="${width(before)}" height="15"/>`,
    "</svg>",
  ].join("");
}

/** Boxes in a row of a lane. */
const ACROSS = 2;
const BOX = 28;
const GAP = 8;
const HEAD = 18;

/** Members drawn in one level before the rest is counted. */
const MOST_BOXES = 12;

/** A drawing in units of its own, without the element around it. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly parts: readonly string[];
}

/**
 * Who serves, who when these have failed, and so on, from top to bottom.
 *
 * @param labelOf - what stands in a box beside the member's name
 */
export function drawLanes(levels: readonly (readonly string[])[], labelOf: (member: string) => string): Drawing {
  const parts: string[] = [];
  let top = 0;
  for (const [index, level] of levels.entries()) {
    const shown = level.slice(0, MOST_BOXES);
    const boxes = [...shown.map((member) => boxText(shortName(member), labelOf(member))), ...restOf(level.length)];
    parts.push(roleText(top, index === 0 ? "serve" : "then, when these have failed"));
    parts.push(...boxes.flatMap((text, at) => drawBox(text, at, top + HEAD, index === 0)));
    top += HEAD + Math.ceil(boxes.length / ACROSS) * (BOX + GAP) + GAP;
  }
  parts.push(roleText(top, levels.length === 0 ? "nobody serves: 503" : "then nobody: 503"));
  return { width: WIDTH, height: top + HEAD, parts };
}

/** The same as a picture of its own; the title says what it shows to who cannot see it. */
export function lanePicture(title: string, { width, height, parts }: Drawing): string {
  const opening = `<svg class="lane" viewBox="0 0 ${width} ${height}" role="img" aria-label="${htmlText(title)}">`;
  return [opening, ...parts, "</svg>"].join("");
}

function roleText(top: number, text: string): string {
  return `<text class="role" x="0" y="${top + 12}">${text}</text>`;
}

function drawBox(text: string, at: number, top: number, serves: boolean): readonly string[] {
  const width = (WIDTH - GAP * (ACROSS - 1)) / ACROSS;
  const x = (at % ACROSS) * (width + GAP);
  const y = top + Math.floor(at / ACROSS) * (BOX + GAP);
  const shape = serves ? "is" : "was";
  return [
    `<rect class="${shape}" x="${x + 1}" y="${y + 1}" width="${width - 2}" height="${BOX - 2}" rx="4"/>`,
    `<text x="${x + 8}" y="${y + 19}">${htmlText(text)}</text>`,
  ];
}

function restOf(count: number): readonly string[] {
  return count > MOST_BOXES ? [`and ${count - MOST_BOXES} more`] : [];
}

const MOST_CHARACTERS = 22;

function boxText(name: string, label: string): string {
  const room = MOST_CHARACTERS - (label === "" ? 0 : label.length + 1);
  const cut = name.length > room ? `${name.slice(0, Math.max(1, room - 1))}…` : name;
  return label === "" ? cut : `${cut} ${label}`;
}
