import { forReleases } from "../../vocabulary/meant-httpd.js";
import { harmless } from "../harmless.js";
import { messageOf, shownOf } from "../report.js";
import type { Format } from "./format.js";

const LEVELS = { error: "error", warning: "warning", note: "notice" } as const;

/** Annotations of GitHub Actions: one workflow command a line. */
export const github: Format = (reports, { meant = [] }) => {
  const lines = reports.flatMap((report) =>
    shownOf(report).map((found) => {
      const { place, length, rule, severity } = found;
      const at =
        place === undefined
          ? [`file=${property(report.input)}`]
          : [
              `file=${property(place.file)}`,
              `line=${place.line}`,
              `col=${place.column}`,
              `endColumn=${place.column + length}`,
            ];
      return `::${LEVELS[severity]} ${[...at, `title=${property(rule)}`].join(",")}::${data(messageOf(found) + forReleases(meant))}\n`;
    }),
  );
  return lines.join("");
};

/** Text of a workflow command: percent and line breaks are escaped, and nothing steers the terminal of the log. */
function data(text: string): string {
  return text
    .split(/\r\n?|\n/)
    .map(harmless)
    .join("\n")
    .replaceAll("%", "%25")
    .replaceAll("\n", "%0A");
}

/** A property's value: its separators are escaped as well. */
function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
