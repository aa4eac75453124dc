import { htmlText } from "../../report/html-page.js";
import { shortName } from "../../model/short-name.js";

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

/**
 * Who serves, who when these have failed, and so on, from top to bottom.
 *
 * @param title - what the picture shows, for who cannot see it
 * @param labelOf - what stands in a box beside the member's name
 */
export function lanePicture(
  title: string,
  levels: readonly (readonly string[])[],
  labelOf: (member: string) => string,
): string {
  const parts: string[] = [];
  let top = 0;
  for (const [index, level] of levels.entries()) {
    const shown = level.slice(0, MOST_BOXES);
    const boxes = [...shown.map((member) => boxText(shortName(member), labelOf(member))), ...restOf(level.length)];
    parts.push(
      `<text class="role" x="0" y="${top + 12}">${index === 0 ? "serve" : "then, when these have failed"}</text>`,
    );
    boxes.forEach((text, at) => {
      const width = (WIDTH - GAP * (ACROSS - 1)) / ACROSS;
      const x = (at % ACROSS) * (width + GAP);
      const y = top + HEAD + Math.floor(at / ACROSS) * (BOX + GAP);
      const shape = index === 0 ? "is" : "was";
      parts.push(
        `<rect class="${shape}" x="${x + 1}" y="${y + 1}" width="${width - 2}" height="${BOX - 2}" rx="4"/>`,
        `<text x="${x + 8}" y="${y + 19}">${htmlText(text)}</text>`,
      );
    });
    top += HEAD + Math.ceil(boxes.length / ACROSS) * (BOX + GAP) + GAP;
  }
  parts.push(
    `<text class="role" x="0" y="${top + 12}">${levels.length === 0 ? "nobody serves: 503" : "then nobody: 503"}</text>`,
  );
  return [
    `<svg class="lane" viewBox="0 0 ${WIDTH} ${top + HEAD}" role="img" aria-label="${htmlText(title)}">`,
    ...parts,
    "</svg>",
  ].join("");
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
