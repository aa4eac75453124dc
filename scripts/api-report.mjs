// `npm run check:api`: compares what the package exports with docs/api/*.api.md; `npm run gen:api` writes these anew.
import { mkdirSync } from "node:fs";
import { Extractor, ExtractorConfig, ExtractorLogLevel } from "@microsoft/api-extractor";
import { ROOT } from "./setup.mjs";

/** Entries of the package, by the name of their report. */
const ENTRIES = {
  index: "dist/index.d.ts",
  core: "dist/core/index.d.ts",
  targets: "dist/constructs/targets/index.d.ts",
  aws: "dist/constructs/targets/aws-target.d.ts",
  docker: "dist/constructs/targets/docker-target.d.ts",
  kubernetes: "dist/constructs/targets/kubernetes-target.d.ts",
  testing: "dist/constructs/testing/index.d.ts",
  matchers: "dist/matchers/index.d.ts",
};

const update = process.argv.includes("--update");
mkdirSync(`${ROOT}test-results`, { recursive: true });
const stale = Object.entries(ENTRIES).filter(([name, entry]) => !isCurrent(name, entry));
if (stale.length > 0) {
  const names = stale.map(([name]) => `docs/api/${name}.api.md`).join(", ");
  process.stdout.write(`the public API is not what ${names} says: run \`npm run gen:api\` and review the change\n`);
  process.exitCode = 1;
}

/** Whether a report is up to date. Types that exports mention and nobody exports are warnings in the report itself. */
function isCurrent(name, entry) {
  const result = Extractor.invoke(ExtractorConfig.prepare(configOf(name, entry)), {
    localBuild: update,
    messageCallback(message) {
      message.handled = message.logLevel !== ExtractorLogLevel.Error && message.logLevel !== ExtractorLogLevel.Warning;
    },
  });
  return result.succeeded;
}

function configOf(name, entry) {
  const error = { logLevel: ExtractorLogLevel.Error, addToApiReportFile: false };
  const none = { logLevel: ExtractorLogLevel.None, addToApiReportFile: false };
  return {
    configObjectFullPath: `${ROOT}api-extractor.json`,
    packageJsonFullPath: `${ROOT}package.json`,
    configObject: {
      projectFolder: ROOT,
      mainEntryPointFilePath: `${ROOT}${entry}`,
      compiler: { tsconfigFilePath: `${ROOT}tsconfig.build.json`, skipLibCheck: true },
      apiReport: {
        enabled: true,
        reportFileName: `${name}.api.md`,
        reportFolder: `${ROOT}docs/api/`,
        reportTempFolder: `${ROOT}test-results/`,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: "lf",
      messages: {
        compilerMessageReporting: { default: error },
        extractorMessageReporting: {
          default: error,
          "ae-forgotten-export": { logLevel: ExtractorLogLevel.Warning, addToApiReportFile: true },
          "ae-missing-release-tag": none,
          "ae-undocumented": none,
          "ae-unresolved-link": none,
        },
        tsdocMessageReporting: { default: none },
      },
    },
  };
}
