import { shortName } from "../../topology/short-name.js";
import type { Pick, Trace } from "../../model/trace.js";
import { htmlPage, htmlText } from "../../report/html-page.js";
import { scenarioToJson } from "../../scenario/scenario.js";
import type { Scenario } from "../../scenario/scenario.js";

/** Requests that are drawn. */
export const MOST_SHOWN = 600;

const CELL = 10;
const LANE = 26;
const NAMES = 170;

/**
 * Who answered each request of a scenario: a lane a member, marks for errors, retries and what happened between.
 *
 * @param of - the httpd that is meant, as a phrase
 */
export function tracePage(scenario: Scenario, { picks, steps }: Trace, of: string): string {
  const shown = picks.slice(0, MOST_SHOWN);
  const lanes = [...new Set(shown.map(laneOf))];
  const marks = marksOf(scenario, steps).filter(({ at }) => at <= shown.length);
  const height = lanes.length * LANE + 24;
  const title = "Who answers each request";
  const total = steps.reduce((sum, { requests }) => sum + requests, 0);
  const rest = total > shown.length ? ` The first ${shown.length} of ${total} requests are drawn.` : "";
  const width = NAMES + shown.length * CELL + 10;
  const body = [
    `<h1>${title}</h1>`,
    `<p>A bar is an answer, a cross an error, a ring above a bar a request that others were tried for first.${rest}</p>`,
    `<div class="scroll" tabindex="0" role="region" aria-label="requests from left to right"><svg class="lane" style="width:${width}px;max-width:none" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}">`,
    ...lanes.map((name, lane) => `<text x="0" y="${lane * LANE + 34}">${htmlText(cut(name))}</text>`),
    ...[...new Set(marks.map(({ at }) => at))].map((at) => {
      const numbers = marks.filter((mark) => mark.at === at).map(({ number }) => number);
      return markAt(NAMES + at * CELL, numbers.join(", "), height);
    }),
    ...shown.flatMap((pick, at) => drawn(pick, NAMES + at * CELL, lanes.indexOf(laneOf(pick)) * LANE + 22)),
    "</svg></div>",
    "<ol>",
    ...marks.map(({ number, text }) => `<li value="${number}"><code>${htmlText(text)}</code></li>`),
    "</ol>",
    `<p class="soft">${htmlText(of)}</p>`,
  ];
  return htmlPage({ title, body });
}

function laneOf({ member, name }: Pick): string {
  return member === null ? "httpd itself" : shortName(name ?? member);
}

function drawn({ status, attempts }: Pick, x: number, y: number): readonly string[] {
  const tried = attempts > 1 ? [`<circle class="was" cx="${x + 4}" cy="${y - 3}" r="2.5"/>`] : [];
  if (status >= 400) return [...tried, `<path class="error" d="M${x} ${y}l8 14m0 -14l-8 14"/>`];
  return [...tried, `<rect class="bar" x="${x}" y="${y}" width="8" height="14"/>`];
}

interface Mark {
  /** Requests before it. */
  readonly at: number;
  /** The step, from 1. */
  readonly number: number;
  readonly text: string;
}

/** What happens between requests. */
function marksOf(scenario: Scenario, counts: Trace["steps"]): readonly Mark[] {
  const written = scenarioToJson(scenario) as { readonly steps: readonly unknown[] };
  let at = 0;
  return scenario.steps.flatMap((step, index): readonly Mark[] => {
    const number = index + 1;
    if ("request" in step) {
      at += counts.find((count) => count.step === number)?.requests ?? 0;
      return [];
    }
    return [{ at, number, text: JSON.stringify(written.steps[index]) }];
  });
}

function markAt(x: number, number: string, height: number): string {
  return `<path class="was" d="M${x - 1} 14V${height}"/><text class="role" x="${x - 4}" y="11">${number}</text>`;
}

function cut(name: string): string {
  return name.length > 22 ? `${name.slice(0, 21)}…` : name;
}
