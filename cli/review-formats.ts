import { jsonText } from "../core/report/json-text.js";
import { htmlReview } from "../core/review/formats/html.js";
import { markdownReview } from "../core/review/formats/markdown.js";
import { textReview } from "../core/review/formats/text.js";
import type { ReviewReport } from "../core/review/report.js";
import type { Found } from "./format.js";

/**
 * What a report prints in formats of its own.
 *
 * @param json - what its JSON document is
 */
export function reviewFormats(report: ReviewReport, json: object = report): NonNullable<Found["own"]> {
  return {
    text: () => textReview(report),
    json: () => jsonText(json, 2),
    markdown: () => markdownReview(report),
    html: () => htmlReview(report),
  };
}
