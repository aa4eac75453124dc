import { harmless } from "../harmless.js";
import { SEVERITIES } from "../severity.js";
import { meantText } from "../../vocabulary/meant-httpd.js";
import type { Format } from "./format.js";

/** One line a finding, errors first: place, severity, rule, what is wrong, what to do; then the httpd that is meant. */
export const concise: Format = (reports, { meant = [] }) => {
  const lines = SEVERITIES.flatMap((severity) =>
    reports.flatMap(({ input, diagnostics }) =>
      diagnostics
        .filter((found) => found.severity === severity)
        .map(({ place, pointer, rule, subject, found, fix }) => {
          const at = place === undefined ? `${input}${pointer ?? ""}` : `${place.file}:${place.line}:${place.column}`;
          return harmless(`${at}: ${severity} ${rule} ${subject}: ${found}; ${fix}`);
        }),
    ),
  );
  return `${[...(lines.length === 0 ? ["no findings"] : lines), ...meant.map(meantText)].join("\n")}\n`;
};
