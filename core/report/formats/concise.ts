import { harmless } from "../harmless.js";
import { SEVERITIES } from "../severity.js";
import { meantText } from "../../vocabulary/meant-httpd.js";
import type { Format } from "./format.js";
import { nothingRead, withoutFindings } from "./summary.js";

/** One line a finding, errors first: place, severity, rule, what is wrong, what to do; then what it is about. */
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
  const none = lines.length === 0 ? [withoutFindings(reports)] : [];
  return [...lines, ...nothingRead(reports), ...none, ...meant.map(meantText)].map((line) => `${line}\n`).join("");
};
