import { reportSchema } from "../../core/review/schema.js";
import { scenarioSchema } from "../../core/scenario/scenario.js";
import { specSchema } from "../../core/spec/spec.js";
import type { JsonSchema } from "../../core/vocabulary/json.js";
import { suggestion } from "../../core/vocabulary/suggest.js";
import type { Command } from "../command.js";
import { EXIT, UnusableError } from "../io.js";

const SCHEMAS: Readonly<Record<string, () => JsonSchema>> = {
  spec: specSchema,
  scenario: scenarioSchema,
  report: reportSchema,
};

/** `httpd-balancer schema`: prints the JSON Schema of one of the file formats. */
export const command: Command = {
  configure: (command) =>
    command
      .argument("<format>", Object.keys(SCHEMAS).join(", "))
      .option("--json", "the output is JSON with and without it"),
  run([format], _options, io) {
    const name = String(format);
    const schema = Object.hasOwn(SCHEMAS, name) ? SCHEMAS[name] : undefined;
    if (schema === undefined) {
      throw new UnusableError(`schema: found '${name}'; ${suggestion(name, Object.keys(SCHEMAS))}`);
    }
    io.deliver(`${JSON.stringify(schema(), undefined, 2)}\n`);
    return EXIT.clean;
  },
};
