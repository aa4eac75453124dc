import { forReleases } from "../../vocabulary/meant-httpd.js";
import { jsonText } from "../json-text.js";
import { messageOf, shownOf } from "../report.js";
import type { Format } from "./format.js";
import { relativeUri } from "./uri.js";

const SEVERITIES = { error: "critical", warning: "major", note: "info" } as const;

/** A code quality report of GitLab: a list of Code Climate issues. */
export const gitlab: Format = (reports, { meant = [] }) => {
  const issues = reports.flatMap((report) =>
    shownOf(report).map((found) => ({
      type: "issue",
      check_name: found.rule,
      description: messageOf(found) + forReleases(meant),
      categories: ["Bug Risk"],
      severity: SEVERITIES[found.severity],
      fingerprint: found.fingerprint,
      location: {
        path: relativeUri(found.place?.file ?? report.input),
        lines: { begin: found.place?.line ?? 1, end: found.place?.line ?? 1 },
      },
    })),
  );
  return jsonText(issues, 2);
};
