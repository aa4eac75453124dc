import { jsonText } from "../json-text.js";
import { messageOf, shownOf } from "../report.js";
import type { Report, ReportedFinding, RuleText } from "../report.js";
import type { SourcePlace } from "../../vocabulary/place.js";
import { meantText } from "../../vocabulary/meant-httpd.js";
import type { Format } from "./format.js";
import { relativeUri } from "./uri.js";

/** SARIF 2.1.0. */
export const sarif: Format = (reports, { version, rules, meant = [] }) => {
  const index = new Map(rules.map(({ id }, at) => [id, at]));
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "httpd-balancer", version, rules: rules.map(descriptorOf) } },
        columnKind: "utf16CodeUnits",
        ...(meant.length > 0 && { properties: { httpd: meant.map(meantText) } }),
        results: reports.flatMap((report) => [
          ...shownOf(report).map((found) => result(report, found, index)),
          ...report.suppressed.map((found) => ({
            ...result(report, found, index),
            suppressions: [{ kind: "inSource", justification: found.reason }],
          })),
        ]),
      },
    ],
  };
  return jsonText(log, 2);
};

function relatedLocation({ file, line, column }: SourcePlace): object {
  const region = { startLine: line, startColumn: column };
  return { physicalLocation: { artifactLocation: { uri: relativeUri(file) }, region } };
}

function descriptorOf({ id, wanted, why, severity, group }: RuleText): object {
  return {
    id,
    shortDescription: { text: wanted },
    fullDescription: { text: why },
    defaultConfiguration: { level: severity },
    properties: { tags: [group] },
  };
}

function result({ input }: Report, found: ReportedFinding, index: ReadonlyMap<string, number>): object {
  const { place, pointer, length, related = [] } = found;
  return {
    ruleId: found.rule,
    ruleIndex: index.get(found.rule) ?? -1,
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
    ...(related.length > 0 && { relatedLocations: related.map(relatedLocation) }),
    partialFingerprints: { "httpdBalancer/v1": found.fingerprint },
  };
}
