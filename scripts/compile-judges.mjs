// Second half of the build: each module of dist/ that judges by a JSON Schema becomes what ajv makes of that schema, so
// that no program compiles one when it starts (a sixth of a second for specs) or needs ajv's compiler at all.
import { createRequire } from "node:module";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const DIST = fileURLToPath(new URL("../dist/", import.meta.url));
const require = createRequire(import.meta.url);

/** Modules of dist/ with what they export and the schema they judge by, as their TypeScript says. */
const JUDGES = {
  "core/spec/judge.js": {
    name: "judgeSpec",
    schema: () => require(`${DIST}core/spec/spec.js`).specSchema(),
  },
  "core/scenario/judge.js": {
    name: "judgeScenario",
    schema: () => require(`${DIST}core/scenario/scenario.js`).scenarioSchema(),
  },
};

const { Ajv2020 } = require("ajv/dist/2020.js");
const standaloneCode = require("ajv/dist/standalone/index.js").default;
const { AJV_OPTIONS } = require(`${DIST}core/shape/compile.js`);

for (const [path, { name, schema }] of Object.entries(JUDGES)) {
  const ajv = new Ajv2020({ ...AJV_OPTIONS, code: { source: true, lines: true } });
  const text = standaloneCode(ajv, ajv.compile(schema()));
  writeFileSync(
    `${DIST}${path}`,
    `${text.trim()}\n\nconst validate = module.exports;\n` +
      `module.exports = { ${name}: (json) => (validate(json) ? [] : validate.errors) };\n`,
  );
}
