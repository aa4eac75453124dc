import { messageOf } from "../diagnostic.js";
import type { Diagnostic, LintReport } from "../diagnostic.js";
import { RULES } from "../rule-list.generated.js";
import type { Format } from "./format.js";
import { relativeUri } from "./uri.js";

/** Rules that are not in the list of rules: what httpd or the reader refuses, and what is wrong about suppressions. */
const OTHERS = {
  configtest: "httpd accepts the configuration.",
  spec: "The spec is read without a problem.",
  "suppression-rule": "A suppression names a rule that exists.",
  "suppression-reason": "A suppression says why the finding is accepted.",
  "suppression-unused": "A suppression stands only where its rule finds something.",
} as const;

/** SARIF 2.1.0. */
export const sarif: Format = (reports, { version }) => {
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "httpd-balancer", version, rules: ruleDescriptors() } },
        columnKind: "utf16CodeUnits",
        results: reports.flatMap((report) => [
          ...report.diagnostics.map((found) => result(report, found)),
          ...report.suppressed.map((found) => ({
            ...result(report, found),
            suppressions: [{ kind: "inSource", justification: found.reason }],
          })),
        ]),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
};

function ruleDescriptors(): readonly object[] {
  const own = RULES.map(({ id, wanted, why, severity, group }) => ({
    id,
    shortDescription: { text: wanted },
    fullDescription: { text: why },
    defaultConfiguration: { level: severity },
    properties: { tags: [group] },
  }));
  const others = Object.entries(OTHERS).map(([id, wanted]) => ({
    id,
    shortDescription: { text: wanted },
    fullDescription: { text: wanted },
    defaultConfiguration: { level: "error" },
    properties: { tags: ["input"] },
  }));
  return [...own, ...others];
}

const INDEX: ReadonlyMap<string, number> = new Map(
  [...RULES.map(({ id }) => id), ...Object.keys(OTHERS)].map((id, index) => [id, index]),
);

function result({ input }: LintReport, found: Diagnostic): object {
  const { place, pointer, length } = found;
  return {
    ruleId: found.rule,
    ruleIndex: INDEX.get(found.rule) ?? -1,
    level: found.severity,
    message: { text: messageOf(found) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: relativeUri(place?.file ?? input) },
          ...(place === undefined
            ? {}
            : { region: { startLine: place.line, startColumn: place.column, endColumn: place.column + length } }),
        },
        ...(pointer === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: pointer }] }),
      },
    ],
    partialFingerprints: { "httpdBalancer/v1": found.fingerprint },
  };
}
